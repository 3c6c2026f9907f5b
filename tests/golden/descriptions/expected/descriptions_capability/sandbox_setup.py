"""A stand-in for the upstreams of Harbour office."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    registry_token = throwaway_token()
    water_verifier_ = PlainVerifier()
    registry_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + registry_token},
        environment={"REGISTRY_TOKEN": registry_token},
    )
    return Sandboxes(
        {
            "water": Sandbox(
                read_samples("water"),
                water_verifier_,
                options,
                base_uri_variables=("WATER_BASE_URI",),
            ),
            "registry": Sandbox(
                read_samples("registry"),
                registry_verifier_,
                options,
                base_uri_variables=("REGISTRY_BASE_URI",),
            ),
        },
        variables={"DESCRIPTIONS_CAPABILITY_DOCS": "true"},
    )
