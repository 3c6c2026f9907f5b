"""A stand-in for the upstreams of Tides."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    tides_key = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"X-Api-Key": tides_key},
        environment={"TIDES_KEY": tides_key},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("TIDES_BASE_URI",),
        variables={"SHIPPED_CAPABILITY_DOCS": "true"},
    )
