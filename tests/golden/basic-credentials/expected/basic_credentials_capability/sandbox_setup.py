"""A stand-in for the upstreams of Ledger."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples
from .sandbox_verifier import basic_header


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    ledger_user = throwaway_token()
    ledger_password = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": basic_header(ledger_user, ledger_password)},
        environment={"LEDGER_USER": ledger_user, "LEDGER_PASSWORD": ledger_password},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("LEDGER_BASE_URI",),
        variables={"BASIC_CREDENTIALS_CAPABILITY_DOCS": "true"},
    )
