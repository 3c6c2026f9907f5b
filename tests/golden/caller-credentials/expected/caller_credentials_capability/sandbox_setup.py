"""A stand-in for the upstreams of Guarded harbour."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    office_user = throwaway_token()
    office_password = throwaway_token()
    partner_key = throwaway_token()
    agent_token = throwaway_token()
    verifier = PlainVerifier(
        environment={
            "OFFICE_USER": office_user,
            "OFFICE_PASSWORD": office_password,
            "PARTNER_KEY": partner_key,
            "AGENT_TOKEN": agent_token,
        },
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("HARBOUR_BASE_URI",),
        variables={
            "CALLER_CREDENTIALS_CAPABILITY_DOCS": "true",
            "OTEL_TRACES_EXPORTER": "none",
        },
    )
