"""A stand-in for the upstreams of Names that Python, the emitted modules or readers
use for something else.
"""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    body_limit_ = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"X-Key": body_limit_},
        environment={"BODY_LIMIT": body_limit_},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("SETTINGS_BASE_URI",),
        variables={"NAMES_CAPABILITY_DOCS": "true"},
    )
