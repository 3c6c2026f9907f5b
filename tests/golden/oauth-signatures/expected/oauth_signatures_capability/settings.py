"""The settings of Cards and records, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .key_settings import read_key
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    cards: Transport
    records: Transport
    consumer_key: Secret
    signing_key: Secret
    oauth_consumer_key: Secret
    oauth_consumer_secret: Secret
    oauth_token: Secret | None
    oauth_token_secret: Secret | None
    cards_queue_limit: int
    records_queue_limit: int
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
            cards=read_transport(
                environment,
                "CARDS",
                "https://sandbox.api.mastercard.com",
                "oauth-signatures-capability/0.1.0",
            ),
            records=read_transport(
                environment,
                "RECORDS",
                "https://records.example.com",
                "oauth-signatures-capability/0.1.0",
            ),
            consumer_key=environment.secret("CONSUMER_KEY"),
            signing_key=read_key(
                environment,
                "SIGNING_KEY",
                ("rsa",),
                password="MASTERCARD_KEYSTORE_PASSWORD",
            ),
            oauth_consumer_key=environment.secret("OAUTH_CONSUMER_KEY"),
            oauth_consumer_secret=environment.secret("OAUTH_CONSUMER_SECRET"),
            oauth_token=environment.optional_secret("OAUTH_TOKEN"),
            oauth_token_secret=environment.optional_secret("OAUTH_TOKEN_SECRET"),
            cards_queue_limit=environment.integer("CARDS_QUEUE_LIMIT", 256, minimum=0),
            records_queue_limit=environment.integer(
                "RECORDS_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "OAUTH_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "OAUTH_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "OAUTH_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "OAUTH_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "OAUTH_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("OAUTH_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "OAUTH_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
