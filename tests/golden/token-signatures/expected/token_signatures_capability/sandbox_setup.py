"""A stand-in for the upstreams of Apps and statements."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_group import Sandboxes
from .sandbox_jwt import JwtVerifier
from .sandbox_keys import throwaway_keys
from .sandbox_samples import read_samples
from .sandbox_signature import Credential, read_scheme


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    apps_verifier_ = JwtVerifier(
        read_scheme("app-store-connect"),
        (
            Credential("key", "APP_STORE_CONNECT_KEY_ID"),
            Credential("issuer", "APP_STORE_CONNECT_ISSUER_ID"),
            Credential("secret", "APP_STORE_CONNECT_PRIVATE_KEY", "pem"),
        ),
        keys=throwaway_keys("ecdsa-p256-sha256", "APP_STORE_CONNECT_PRIVATE_KEY"),
    )
    ledger_verifier_ = JwtVerifier(
        read_scheme("ledger-signature"),
        (Credential("key", "LEDGER_KEY"), Credential("secret", "LEDGER_SECRET")),
    )
    return Sandboxes(
        {
            "apps": Sandbox(
                read_samples("apps"),
                apps_verifier_,
                options,
                base_uri_variables=("APPS_BASE_URI",),
            ),
            "ledger": Sandbox(
                read_samples("ledger"),
                ledger_verifier_,
                options,
                base_uri_variables=("LEDGER_BASE_URI",),
            ),
        },
        variables={"TOKEN_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
