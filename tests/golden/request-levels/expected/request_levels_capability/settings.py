"""The settings of Depot stock, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    stock: Transport
    stock_api_version: Secret
    stock_tenant: Secret
    stock_hint: Secret | None
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
            stock=read_transport(
                environment,
                "STOCK",
                "https://stock.example",
                "request-levels-capability/0.1.0",
            ),
            stock_api_version=environment.secret("STOCK_API_VERSION"),
            stock_tenant=environment.secret("STOCK_TENANT"),
            stock_hint=environment.optional_secret("STOCK_HINT"),
            body_limit=environment.integer(
                "REQUEST_LEVELS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "REQUEST_LEVELS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "REQUEST_LEVELS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "REQUEST_LEVELS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "REQUEST_LEVELS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("REQUEST_LEVELS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("REQUEST_LEVELS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "REQUEST_LEVELS_CAPABILITY"),
        )
        environment.finish()
        return settings
