"""A stand-in for the upstreams of Archive."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    archive_user = throwaway_token()
    archive_key = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={
            "Authorization": "Token id=" + archive_user + ", key=" + archive_key,
        },
        environment={"ARCHIVE_USER": archive_user, "ARCHIVE_KEY": archive_key},
    )
    return Sandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("ARCHIVE_BASE_URI",),
        variables={"COMPOSED_CREDENTIALS_CAPABILITY_DOCS": "true"},
    )
