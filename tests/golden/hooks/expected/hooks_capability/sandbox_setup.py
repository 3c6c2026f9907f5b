"""A stand-in for the upstreams of Trading desk."""

from __future__ import annotations

from .sandbox import PlainVerifier, Sandbox, SandboxOptions, throwaway_token
from .sandbox_group import Sandboxes
from .sandbox_samples import read_samples
from .sandbox_signature import Credential, SignatureVerifier, read_scheme


def create_sandbox(options: SandboxOptions) -> Sandboxes:
    """Sandboxes that check every request as the provider of each upstream would."""
    news_token = throwaway_token()
    news_team = throwaway_token()
    binance_verifier_ = SignatureVerifier(
        read_scheme("binance"),
        (
            Credential("key", "BINANCE_API_KEY"),
            Credential("secret", "BINANCE_API_SECRET"),
        ),
    )
    news_verifier_ = PlainVerifier(
        expected_headers={"X-News-Key": news_token},
        environment={"NEWS_TOKEN": news_token},
    )
    return Sandboxes(
        {
            "binance": Sandbox(
                read_samples("binance"),
                binance_verifier_,
                options,
                base_uri_variables=("BINANCE_BASE_URI",),
            ),
            "news": Sandbox(
                read_samples("news"),
                news_verifier_,
                options,
                base_uri_variables=("NEWS_BASE_URI",),
            ),
        },
        variables={"NEWS_TEAM": news_team, "HOOKS_CAPABILITY_DOCS": "true"},
    )
