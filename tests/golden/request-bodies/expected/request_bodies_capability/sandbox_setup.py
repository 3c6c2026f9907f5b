"""A stand-in for the upstreams of Notes."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    notes_team = throwaway_token()
    verifier = PlainVerifier(environment={"NOTES_TEAM": notes_team})
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("NOTES_BASE_URI",),
        variables={"REQUEST_BODIES_CAPABILITY_DOCS": "true"},
    )
