"""The settings of Clock and balance, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment
from .numbered_keys import Key, Sharing, read_keys, read_sharing
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    kraken: Transport
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
                "public-operations-capability/0.1.0",
            ),
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
                "PUBLIC_OPERATIONS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "PUBLIC_OPERATIONS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "PUBLIC_OPERATIONS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "PUBLIC_OPERATIONS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "PUBLIC_OPERATIONS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("PUBLIC_OPERATIONS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "PUBLIC_OPERATIONS_CAPABILITY"),
        )
        environment.finish()
        return settings
