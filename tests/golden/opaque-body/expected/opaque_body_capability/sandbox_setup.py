"""A stand-in for the upstreams of Orders."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    orders_token = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + orders_token},
        environment={"ORDERS_TOKEN": orders_token},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("ORDERS_BASE_URI",),
        variables={"OPAQUE_BODY_CAPABILITY_DOCS": "true"},
    )
