"""The settings of Kraken Spot REST API — Account Data, from the environment."""

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

    spot_rest_account_data: Transport
    spot_rest_account_data_keys: tuple[Key, ...]
    spot_rest_account_data_window: int
    spot_rest_account_data_queue_limit: int
    spot_rest_account_data_tier: str | None
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
            spot_rest_account_data=read_transport(
                environment,
                "SPOT_REST_ACCOUNT_DATA",
                "https://api.kraken.com",
                "kraken-capability/0.1.0",
            ),
            spot_rest_account_data_keys=read_keys(
                environment,
                {"KRAKEN_API_KEY": "none", "KRAKEN_API_SECRET": "base64"},
                {"KRAKEN_OTP": "none"},
            ),
            spot_rest_account_data_window=environment.integer(
                "KRAKEN_NONCE_WINDOW",
                0,
                minimum=0,
            ),
            spot_rest_account_data_queue_limit=environment.integer(
                "SPOT_REST_ACCOUNT_DATA_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            spot_rest_account_data_tier=environment.choice(
                "KRAKEN_TIER",
                ("starter", "intermediate", "pro"),
            ),
            nonce_sharing=read_sharing(environment, ("KRAKEN_TIER",)),
            body_limit=environment.integer(
                "KRAKEN_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "KRAKEN_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("KRAKEN_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("KRAKEN_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "KRAKEN_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("KRAKEN_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("KRAKEN_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "KRAKEN_CAPABILITY"),
        )
        environment.finish()
        return settings
