"""A stand-in for the upstreams of Harbour watch."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    harbour_agent = throwaway_token()
    verifier = PlainVerifier(environment={"HARBOUR_AGENT": harbour_agent})
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("SHIPS_BASE_URI",),
        variables={"TEMPLATES_CAPABILITY_DOCS": "true"},
    )
