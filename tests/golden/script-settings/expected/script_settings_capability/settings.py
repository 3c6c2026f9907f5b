"""The settings of Depot, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment
from .otlp import read_endpoint
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    depot: Transport
    otlp_endpoint: str
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
            depot=read_transport(
                environment,
                "DEPOT",
                "https://depot.example",
                "script-settings-capability/0.1.0",
            ),
            otlp_endpoint=read_endpoint(environment, ""),
            body_limit=environment.integer(
                "SCRIPT_SETTINGS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "SCRIPT_SETTINGS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "SCRIPT_SETTINGS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "SCRIPT_SETTINGS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "SCRIPT_SETTINGS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("SCRIPT_SETTINGS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "SCRIPT_SETTINGS_CAPABILITY"),
        )
        environment.finish()
        return settings
