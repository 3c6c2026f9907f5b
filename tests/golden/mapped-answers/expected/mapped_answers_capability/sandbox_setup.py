"""A stand-in for the upstreams of Orders."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    shop_token = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + shop_token},
        environment={"SHOP_TOKEN": shop_token},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("SHOP_BASE_URI",),
        variables={"MAPPED_ANSWERS_CAPABILITY_DOCS": "true"},
    )
