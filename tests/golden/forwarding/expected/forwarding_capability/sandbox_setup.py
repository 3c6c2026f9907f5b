"""A stand-in for the upstreams of Depot."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    depot_key = throwaway_token()
    depot_tenant = throwaway_token()
    verifier = PlainVerifier(
        environment={"DEPOT_KEY": depot_key, "DEPOT_TENANT": depot_tenant},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("DEPOT_BASE_URI", "ARCHIVE_BASE_URI"),
    )
