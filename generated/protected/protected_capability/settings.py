"""The settings of Parcel desk, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    carrier: Transport
    carrier_token: Secret
    desk_user: Secret | None
    desk_password: Secret | None
    partners_issuer: str
    partners_resource: str
    agents_issuer: str
    agents_resource: str
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
            carrier=read_transport(
                environment,
                "CARRIER",
                "https://api.carrier.example/v2",
                "protected-capability/0.1.0",
            ),
            carrier_token=environment.secret("CARRIER_TOKEN"),
            desk_user=environment.optional_secret("DESK_USER"),
            desk_password=environment.optional_secret("DESK_PASSWORD"),
            partners_issuer=environment.url(
                "PARTNERS_ISSUER",
                "https://login.carrier.example",
            ),
            partners_resource=environment.text(
                "PARTNERS_RESOURCE",
                "https://partners.carrier.example",
            ),
            agents_issuer=environment.url(
                "AGENTS_ISSUER",
                "https://login.carrier.example",
            ),
            agents_resource=environment.text(
                "AGENTS_RESOURCE",
                "https://agents.carrier.example/mcp",
            ),
            body_limit=environment.integer(
                "PROTECTED_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "PROTECTED_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("PROTECTED_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "PROTECTED_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "PROTECTED_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("PROTECTED_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("PROTECTED_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "PROTECTED_CAPABILITY"),
        )
        environment.finish()
        return settings
