"""The settings of Orders and receipts, from the environment."""

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

    orders: Transport
    receipts: Transport
    orders_key_id: Secret
    orders_private_key: Secret
    oauth_consumer_key: Secret
    oauth_private_key: Secret
    oauth_token: Secret | None
    orders_queue_limit: int
    receipts_queue_limit: int
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
            orders=read_transport(
                environment,
                "ORDERS",
                "https://orders.example/api",
                "message-signatures-capability/0.1.0",
            ),
            receipts=read_transport(
                environment,
                "RECEIPTS",
                "https://receipts.example",
                "message-signatures-capability/0.1.0",
            ),
            orders_key_id=environment.secret("ORDERS_KEY_ID"),
            orders_private_key=read_key(
                environment,
                "ORDERS_PRIVATE_KEY",
                ("ed25519",),
                password="HTTP_SIGNATURE_PRIVATE_KEY_PASSWORD",
            ),
            oauth_consumer_key=environment.secret("OAUTH_CONSUMER_KEY"),
            oauth_private_key=read_key(
                environment,
                "OAUTH_PRIVATE_KEY",
                ("rsa",),
                password="OAUTH_PRIVATE_KEY_PASSWORD",
            ),
            oauth_token=environment.optional_secret("OAUTH_TOKEN"),
            orders_queue_limit=environment.integer(
                "ORDERS_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            receipts_queue_limit=environment.integer(
                "RECEIPTS_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "MESSAGE_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "MESSAGE_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "MESSAGE_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "MESSAGE_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "MESSAGE_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("MESSAGE_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "MESSAGE_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
