"""A stand-in for the upstreams of Library."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    vault_api_key = throwaway_token()
    mounted_user = throwaway_token()
    mounted_password = throwaway_token()
    library_agent = throwaway_token()
    more_tenant = throwaway_token()
    vault_partner = throwaway_token()
    verifier = PlainVerifier(
        environment={
            "VAULT_API_KEY": vault_api_key,
            "MOUNTED_USER": mounted_user,
            "MOUNTED_PASSWORD": mounted_password,
            "LIBRARY_AGENT": library_agent,
            "MORE_TENANT": more_tenant,
            "VAULT_PARTNER": vault_partner,
        },
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("LIBRARY_BASE_URI", "ARCHIVE_BASE_URI"),
    )
