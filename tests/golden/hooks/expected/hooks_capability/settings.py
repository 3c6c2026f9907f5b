"""The settings of Trading desk, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    binance: Transport
    news: Transport
    binance_api_key: Secret
    binance_api_secret: Secret
    news_token: Secret
    news_team: Secret
    binance_queue_limit: int
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
            binance=read_transport(
                environment,
                "BINANCE",
                "https://api.binance.com",
                "hooks-capability/0.1.0",
            ),
            news=read_transport(
                environment,
                "NEWS",
                "https://news.example",
                "hooks-capability/0.1.0",
            ),
            binance_api_key=environment.secret("BINANCE_API_KEY"),
            binance_api_secret=environment.secret("BINANCE_API_SECRET"),
            news_token=environment.secret("NEWS_TOKEN"),
            news_team=environment.secret("NEWS_TEAM"),
            binance_queue_limit=environment.integer(
                "BINANCE_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "HOOKS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "HOOKS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("HOOKS_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("HOOKS_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "HOOKS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("HOOKS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("HOOKS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "HOOKS_CAPABILITY"),
        )
        environment.finish()
        return settings
