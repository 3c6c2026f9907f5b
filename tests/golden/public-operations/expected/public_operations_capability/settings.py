"""The settings of Clock and balance, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    kraken: Transport
    kraken_api_key: Secret
    kraken_api_secret: Secret
    kraken_otp: Secret | None
    kraken_window: int
    kraken_queue_limit: int
    kraken_tier: str | None
    body_limit: int
    allow_unknown_fields: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    drain_timeout: float

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
            kraken_api_key=environment.secret("KRAKEN_API_KEY"),
            kraken_api_secret=environment.secret("KRAKEN_API_SECRET", "base64"),
            kraken_otp=environment.optional_secret("KRAKEN_OTP"),
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
        )
        environment.finish()
        return settings
