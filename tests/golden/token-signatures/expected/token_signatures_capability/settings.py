"""The settings of Apps and statements, from the environment."""

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

    apps: Transport
    ledger: Transport
    app_store_connect_key_id: Secret
    app_store_connect_issuer_id: Secret
    app_store_connect_private_key: Secret
    ledger_key: Secret
    ledger_secret: Secret
    apps_queue_limit: int
    ledger_queue_limit: int
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
            apps=read_transport(
                environment,
                "APPS",
                "https://api.appstoreconnect.apple.com",
                "token-signatures-capability/0.1.0",
            ),
            ledger=read_transport(
                environment,
                "LEDGER",
                "https://ledger.example",
                "token-signatures-capability/0.1.0",
            ),
            app_store_connect_key_id=environment.secret("APP_STORE_CONNECT_KEY_ID"),
            app_store_connect_issuer_id=environment.secret(
                "APP_STORE_CONNECT_ISSUER_ID",
            ),
            app_store_connect_private_key=read_key(
                environment,
                "APP_STORE_CONNECT_PRIVATE_KEY",
                ("p256",),
            ),
            ledger_key=environment.secret("LEDGER_KEY"),
            ledger_secret=environment.secret("LEDGER_SECRET"),
            apps_queue_limit=environment.integer("APPS_QUEUE_LIMIT", 256, minimum=0),
            ledger_queue_limit=environment.integer(
                "LEDGER_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "TOKEN_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "TOKEN_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "TOKEN_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "TOKEN_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "TOKEN_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("TOKEN_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "TOKEN_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
