"""The settings of Names that Python, the emitted modules or readers use for
something else, from the environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    settings_: Transport
    body_limit_: Secret
    body_limit: int
    allow_unknown_fields: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    drain_timeout: float
    mcp_tools: tuple[str, ...]
    docs: bool
    safeguards: Safeguards

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> Settings:
        """The settings in `values`; SettingsError names every problem at once."""
        environment = Environment(values)
        settings = cls(
            settings_=read_transport(
                environment,
                "SETTINGS",
                "https://settings.example",
                "names-capability/0.1.0",
            ),
            body_limit_=environment.secret("BODY_LIMIT"),
            body_limit=environment.integer(
                "NAMES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "NAMES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("NAMES_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("NAMES_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "NAMES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("NAMES_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("NAMES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "NAMES_CAPABILITY"),
        )
        environment.finish()
        return settings
