"""A stand-in for the upstreams of Parcel desk."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_issuer import Issued, IssuingSandbox
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    carrier_token = throwaway_token()
    desk_user = throwaway_token()
    desk_password = throwaway_token()
    verifier = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + carrier_token},
        environment={
            "CARRIER_TOKEN": carrier_token,
            "DESK_USER": desk_user,
            "DESK_PASSWORD": desk_password,
            "PARTNERS_RESOURCE": "http://127.0.0.1:8131",
            "AGENTS_RESOURCE": "http://127.0.0.1:9130/mcp",
        },
    )
    return IssuingSandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("CARRIER_BASE_URI",),
        issuers=(
            Issued("PARTNERS_ISSUER", ("parcel-desk",), ("parcels.read",)),
            Issued("AGENTS_ISSUER", ("http://127.0.0.1:9130/mcp",), ("parcels.read",)),
        ),
        variables={"PROTECTED_CAPABILITY_DOCS": "true"},
    )
