"""A stand-in for the upstreams of Fleet."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = PlainVerifier()
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("REGISTRY_BASE_URI",),
        variables={"ORCHESTRATED_CAPABILITY_DOCS": "true"},
    )
