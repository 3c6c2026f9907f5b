"""The settings of Tides, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    tides: Transport
    tides_key: Secret
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
            tides=read_transport(
                environment,
                "TIDES",
                "https://tides.example:8443/v1",
                "shipped-capability/0.1.0",
            ),
            tides_key=environment.secret("TIDES_KEY"),
            body_limit=environment.integer(
                "SHIPPED_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "SHIPPED_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("SHIPPED_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("SHIPPED_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "SHIPPED_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("SHIPPED_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("SHIPPED_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "SHIPPED_CAPABILITY"),
        )
        environment.finish()
        return settings
