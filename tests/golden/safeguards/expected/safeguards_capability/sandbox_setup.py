"""A stand-in for the upstreams of Vault."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    vault_key = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + vault_key},
        environment={"VAULT_KEY": vault_key},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("VAULT_BASE_URI",),
        variables={"SAFEGUARDS_CAPABILITY_DOCS": "true"},
    )
