"""A stand-in for the upstreams of Maps."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    maps_key = throwaway_token()
    verifier = PlainVerifier(
        expected_query={"api_key": maps_key},
        environment={"MAPS_KEY": maps_key},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("MAPS_BASE_URI",),
    )
