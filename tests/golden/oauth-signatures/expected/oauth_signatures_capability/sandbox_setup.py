"""A stand-in for the upstreams of Cards and records."""

from __future__ import annotations

from .sandbox import Sandbox, SandboxOptions
from .sandbox_group import Sandboxes
from .sandbox_mastercard import MastercardVerifier
from .sandbox_oauth1 import Oauth1Verifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    cards_verifier_ = MastercardVerifier(
        consumer_key_variable="CONSUMER_KEY",
        signing_key_variable="SIGNING_KEY",
    )
    records_verifier_ = Oauth1Verifier(
        consumer_key_variable="OAUTH_CONSUMER_KEY",
        consumer_secret_variable="OAUTH_CONSUMER_SECRET",
        token_variable="OAUTH_TOKEN",
        token_secret_variable="OAUTH_TOKEN_SECRET",
        signature_method="HMAC-SHA256",
        body_hash="sha256",
        realm="1234567",
    )
    return Sandboxes(
        {
            "cards": Sandbox(
                read_samples("cards"),
                cards_verifier_,
                options,
                base_uri_variables=("CARDS_BASE_URI",),
            ),
            "records": Sandbox(
                read_samples("records"),
                records_verifier_,
                options,
                base_uri_variables=("RECORDS_BASE_URI",),
            ),
        },
        variables={"OAUTH_SIGNATURES_CAPABILITY_DOCS": "true"},
    )
