"""The settings of Quay, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    fleet: Transport
    cranes: Transport
    tides: Transport
    ships_token: Secret
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
            fleet=read_transport(
                environment,
                "FLEET",
                "https://ships.example/v2",
                "imports-capability/0.1.0",
            ),
            cranes=read_transport(
                environment,
                "CRANES",
                "https://cranes.example",
                "imports-capability/0.1.0",
            ),
            tides=read_transport(
                environment,
                "TIDES",
                "https://tides.example",
                "imports-capability/0.1.0",
            ),
            ships_token=environment.secret("SHIPS_TOKEN"),
            body_limit=environment.integer(
                "IMPORTS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "IMPORTS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("IMPORTS_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("IMPORTS_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "IMPORTS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("IMPORTS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "IMPORTS_CAPABILITY"),
        )
        environment.finish()
        return settings
