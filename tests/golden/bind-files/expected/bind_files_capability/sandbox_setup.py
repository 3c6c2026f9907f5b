"""A stand-in for the upstreams of Library."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples
from .sandbox_verifier import basic_header


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    vault_api_key = throwaway_token()
    mounted_user = throwaway_token()
    mounted_password = throwaway_token()
    library_agent = throwaway_token()
    more_tenant = throwaway_token()
    vault_partner = throwaway_token()
    library_verifier_ = PlainVerifier(
        expected_headers={"X-Key": vault_api_key},
        environment={"VAULT_API_KEY": vault_api_key},
    )
    archive_verifier_ = PlainVerifier(
        expected_headers={
            "Authorization": basic_header(mounted_user, mounted_password),
        },
        environment={
            "MOUNTED_USER": mounted_user,
            "MOUNTED_PASSWORD": mounted_password,
        },
    )
    return Sandboxes(
        {
            "library": Sandbox(
                read_samples("library"),
                library_verifier_,
                options,
                base_uri_variables=("LIBRARY_BASE_URI",),
            ),
            "archive": Sandbox(
                read_samples("archive"),
                archive_verifier_,
                options,
                base_uri_variables=("ARCHIVE_BASE_URI",),
            ),
        },
        variables={
            "LIBRARY_AGENT": library_agent,
            "MORE_TENANT": more_tenant,
            "VAULT_PARTNER": vault_partner,
            "BIND_FILES_CAPABILITY_DOCS": "true",
        },
    )
