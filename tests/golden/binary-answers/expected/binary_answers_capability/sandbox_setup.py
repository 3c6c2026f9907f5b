"""A stand-in for the upstreams of Scans."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions
from .sandbox_raw import read_raw
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    verifier = PlainVerifier()
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("SCANNER_BASE_URI",),
        variables={"BINARY_ANSWERS_CAPABILITY_DOCS": "true"},
        raw=read_raw(),
    )
