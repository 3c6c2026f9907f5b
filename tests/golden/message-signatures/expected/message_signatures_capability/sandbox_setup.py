"""A stand-in for the upstreams of Orders and receipts."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_group import Sandboxes
from .sandbox_oauth1_rsa import Oauth1RsaVerifier
from .sandbox_rfc9421 import Rfc9421Verifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    orders_verifier_ = Rfc9421Verifier(
        keyid_variable="ORDERS_KEY_ID",
        private_key_variable="ORDERS_PRIVATE_KEY",
        algorithm="ed25519",
        label="orders",
        tag="shop",
        digest="sha-512",
        components=(
            "@method",
            "@target-uri",
            '@query-param;name="page"',
            "x-shop",
            "content-type",
            "content-digest",
        ),
        expires=300,
        nonces=True,
    )
    receipts_verifier_ = Oauth1RsaVerifier(
        consumer_key_variable="OAUTH_CONSUMER_KEY",
        private_key_variable="OAUTH_PRIVATE_KEY",
        token_variable="OAUTH_TOKEN",
        signature_method="RSA-SHA256",
        body_hash="sha256",
    )
    return Sandboxes(
        {
            "orders": Sandbox(
                read_samples("orders"),
                orders_verifier_,
                options,
                base_uri_variables=("ORDERS_BASE_URI",),
            ),
            "receipts": Sandbox(
                read_samples("receipts"),
                receipts_verifier_,
                options,
                base_uri_variables=("RECEIPTS_BASE_URI",),
            ),
        },
        variables={"MESSAGE_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
