"""A stand-in for the upstreams of Weather."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    weather_key = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"X-Api-Key": weather_key},
        environment={"WEATHER_KEY": weather_key},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("WEATHER_BASE_URI",),
        variables={"WEATHER_CAPABILITY_DOCS": "true"},
    )
