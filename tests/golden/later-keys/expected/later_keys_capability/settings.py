"""The settings of Archive, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    labels: Transport
    archive: Transport
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
            labels=read_transport(
                environment,
                "LABELS",
                "https://labels.example",
                "later-keys-capability/2.1.0",
            ),
            archive=read_transport(
                environment,
                "ARCHIVE",
                "https://archive.example",
                "later-keys-capability/2.1.0",
            ),
            body_limit=environment.integer(
                "LATER_KEYS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "LATER_KEYS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("LATER_KEYS_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "LATER_KEYS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "LATER_KEYS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("LATER_KEYS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("LATER_KEYS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "LATER_KEYS_CAPABILITY"),
        )
        environment.finish()
        return settings
