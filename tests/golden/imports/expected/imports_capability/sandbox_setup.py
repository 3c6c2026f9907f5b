"""A stand-in for the upstreams of Quay."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    ships_token = throwaway_token()
    fleet_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + ships_token},
        environment={"SHIPS_TOKEN": ships_token},
    )
    cranes_verifier_ = PlainVerifier()
    tides_verifier_ = PlainVerifier()
    return Sandboxes(
        {
            "fleet": Sandbox(
                read_samples("fleet"),
                fleet_verifier_,
                options,
                base_uri_variables=("FLEET_BASE_URI",),
            ),
            "cranes": Sandbox(
                read_samples("cranes"),
                cranes_verifier_,
                options,
                base_uri_variables=("CRANES_BASE_URI",),
            ),
            "tides": Sandbox(
                read_samples("tides"),
                tides_verifier_,
                options,
                base_uri_variables=("TIDES_BASE_URI",),
            ),
        },
        variables={"IMPORTS_CAPABILITY_DOCS": "true"},
    )
