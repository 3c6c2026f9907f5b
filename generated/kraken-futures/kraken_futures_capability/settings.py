"""The settings of Kraken Futures, from the environment."""

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

    futures: Transport
    futures_keys: tuple[Key, ...]
    futures_queue_limit: int
    nonce_sharing: Sharing
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
            futures=read_transport(
                environment,
                "FUTURES",
                "https://futures.kraken.com",
                "kraken-futures-capability/0.1.0",
            ),
            futures_keys=read_keys(
                environment,
                {
                    "KRAKEN_FUTURES_API_KEY": "none",
                    "KRAKEN_FUTURES_API_SECRET": "base64",
                },
                {},
            ),
            futures_queue_limit=environment.integer(
                "FUTURES_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            nonce_sharing=read_sharing(environment),
            body_limit=environment.integer(
                "KRAKEN_FUTURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "KRAKEN_FUTURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "KRAKEN_FUTURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "KRAKEN_FUTURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "KRAKEN_FUTURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("KRAKEN_FUTURES_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("KRAKEN_FUTURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "KRAKEN_FUTURES_CAPABILITY"),
        )
        environment.finish()
        return settings
