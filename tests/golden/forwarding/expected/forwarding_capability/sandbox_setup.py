"""A stand-in for the upstreams of Depot."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    depot_key = throwaway_token()
    depot_tenant = throwaway_token()
    depot_verifier_ = PlainVerifier(
        expected_query={"key": depot_key},
        environment={"DEPOT_KEY": depot_key},
    )
    archive_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + depot_key},
        environment={"DEPOT_KEY": depot_key},
    )
    return Sandboxes(
        {
            "depot": Sandbox(
                read_samples("depot"),
                depot_verifier_,
                options,
                base_uri_variables=("DEPOT_BASE_URI",),
            ),
            "archive": Sandbox(
                read_samples("archive"),
                archive_verifier_,
                options,
                base_uri_variables=("ARCHIVE_BASE_URI",),
            ),
        },
        variables={"DEPOT_TENANT": depot_tenant, "FORWARDING_CAPABILITY_DOCS": "true"},
    )
