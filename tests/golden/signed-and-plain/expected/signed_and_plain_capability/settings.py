"""The settings of Prices and orders, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .numbered_keys import Key, Sharing, read_keys, read_sharing
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    kraken: Transport
    news: Transport
    clock: Transport
    news_token: Secret
    kraken_keys: tuple[Key, ...]
    kraken_window: int
    kraken_queue_limit: int
    kraken_tier: str | None
    nonce_sharing: Sharing
    body_limit: int
    allow_unknown_fields: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    drain_timeout: float
    docs: bool
    safeguards: Safeguards

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> Settings:
        """The settings in `values`; SettingsError names every problem at once."""
        environment = Environment(values)
        settings = cls(
            kraken=read_transport(
                environment,
                "KRAKEN",
                "https://api.kraken.com",
                "signed-and-plain-capability/0.1.0",
            ),
            news=read_transport(
                environment,
                "NEWS",
                "https://news.example",
                "signed-and-plain-capability/0.1.0",
            ),
            clock=read_transport(
                environment,
                "CLOCK",
                "https://clock.example",
                "signed-and-plain-capability/0.1.0",
            ),
            news_token=environment.secret("NEWS_TOKEN"),
            kraken_keys=read_keys(
                environment,
                {"KRAKEN_API_KEY": "none", "KRAKEN_API_SECRET": "base64"},
                {"KRAKEN_OTP": "none"},
            ),
            kraken_window=environment.integer("KRAKEN_NONCE_WINDOW", 0, minimum=0),
            kraken_queue_limit=environment.integer(
                "KRAKEN_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            kraken_tier=environment.choice(
                "KRAKEN_TIER",
                ("starter", "intermediate", "pro"),
            ),
            nonce_sharing=read_sharing(environment, ("KRAKEN_TIER",)),
            body_limit=environment.integer(
                "SIGNED_AND_PLAIN_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "SIGNED_AND_PLAIN_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "SIGNED_AND_PLAIN_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "SIGNED_AND_PLAIN_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "SIGNED_AND_PLAIN_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("SIGNED_AND_PLAIN_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "SIGNED_AND_PLAIN_CAPABILITY"),
        )
        environment.finish()
        return settings
