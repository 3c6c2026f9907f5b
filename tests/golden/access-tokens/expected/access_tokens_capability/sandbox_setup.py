"""A stand-in for the upstreams of Ship register."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_issuer import Issued, IssuingSandbox
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandbox:
    """A sandbox that checks every request as the provider would."""
    opaque_client_id = throwaway_token()
    opaque_client_secret = throwaway_token()
    verifier = PlainVerifier(
        environment={
            "OPAQUE_CLIENT_ID": opaque_client_id,
            "OPAQUE_CLIENT_SECRET": opaque_client_secret,
            "SHIPS_RESOURCE": "http://127.0.0.1:8121",
            "OPAQUE_RESOURCE": "http://127.0.0.1:8122",
            "REGISTER_PLACE": "http://127.0.0.1:9121/mcp",
        },
    )
    return IssuingSandbox(
        read_samples(),
        verifier,
        options,
        base_uri_variables=("REGISTER_BASE_URI",),
        issuers=(
            Issued("SHIPS_ISSUER", ("ship-register",), ("ships.read", "ships.list")),
            Issued(
                "LOGIN_SERVER",
                ("http://127.0.0.1:8122", "http://127.0.0.1:9121/mcp"),
                ("ships.read",),
                ((opaque_client_id, opaque_client_secret),),
            ),
        ),
        variables={"ACCESS_TOKENS_CAPABILITY_DOCS": "true"},
    )
