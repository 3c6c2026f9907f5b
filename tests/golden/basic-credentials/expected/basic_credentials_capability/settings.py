"""The settings of Ledger, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    ledger: Transport
    ledger_user: Secret
    ledger_password: Secret
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
            ledger=read_transport(
                environment,
                "LEDGER",
                "https://ledger.example",
                "basic-credentials-capability/0.1.0",
            ),
            ledger_user=environment.secret("LEDGER_USER"),
            ledger_password=environment.secret("LEDGER_PASSWORD"),
            body_limit=environment.integer(
                "BASIC_CREDENTIALS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "BASIC_CREDENTIALS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "BASIC_CREDENTIALS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "BASIC_CREDENTIALS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "BASIC_CREDENTIALS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("BASIC_CREDENTIALS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "BASIC_CREDENTIALS_CAPABILITY"),
        )
        environment.finish()
        return settings
