"""A stand-in for the upstreams of Tickets."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    tickets_token = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + tickets_token},
        environment={"TICKETS_TOKEN": tickets_token},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("TICKETS_BASE_URI",),
        variables={"BODY_SCHEMAS_CAPABILITY_DOCS": "true"},
    )
