"""A stand-in for the upstreams of Quay."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    ships_token = throwaway_token()
    verifier = PlainVerifier(environment={"SHIPS_TOKEN": ships_token})
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("FLEET_BASE_URI", "CRANES_BASE_URI", "TIDES_BASE_URI"),
    )
