"""A stand-in for the upstreams of Prices and orders."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_kraken_spot import KrakenSpotVerifier
from .sandbox_samples import read_samples


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    news_token = throwaway_token()
    kraken_verifier_ = KrakenSpotVerifier(
        key_variable="KRAKEN_API_KEY",
        secret_variable="KRAKEN_API_SECRET",
        otp_variable="KRAKEN_OTP",
        nonce_window=options.nonce_window,
        signed_paths=("/0/private/",),
    )
    news_verifier_ = PlainVerifier(
        expected_headers={"Authorization": "Bearer " + news_token},
        environment={"NEWS_TOKEN": news_token},
    )
    clock_verifier_ = PlainVerifier()
    return Sandboxes(
        {
            "kraken": Sandbox(
                read_samples("kraken"),
                kraken_verifier_,
                options,
                base_uri_variables=("KRAKEN_BASE_URI",),
            ),
            "news": Sandbox(
                read_samples("news"),
                news_verifier_,
                options,
                base_uri_variables=("NEWS_BASE_URI",),
            ),
            "clock": Sandbox(
                read_samples("clock"),
                clock_verifier_,
                options,
                base_uri_variables=("CLOCK_BASE_URI",),
            ),
        },
        variables={"SIGNED_AND_PLAIN_CAPABILITY_DOCS": "true"},
    )
