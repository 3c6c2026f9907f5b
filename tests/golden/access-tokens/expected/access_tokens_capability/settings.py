"""The settings of Ship register, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    register: Transport
    opaque_client_id: Secret | None
    opaque_client_secret: Secret | None
    ships_issuer: str
    ships_resource: str
    login_server: str
    opaque_resource: str
    register_place: str
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
            register=read_transport(
                environment,
                "REGISTER",
                "https://register.example",
                "access-tokens-capability/0.1.0",
            ),
            opaque_client_id=environment.optional_secret("OPAQUE_CLIENT_ID"),
            opaque_client_secret=environment.optional_secret("OPAQUE_CLIENT_SECRET"),
            ships_issuer=environment.url(
                "SHIPS_ISSUER",
                "https://login.example/realms/harbour",
            ),
            ships_resource=environment.text(
                "SHIPS_RESOURCE",
                "https://ships.example/api",
            ),
            login_server=environment.url("LOGIN_SERVER", ""),
            opaque_resource=environment.text(
                "OPAQUE_RESOURCE",
                "https://opaque.example",
            ),
            register_place=environment.text("REGISTER_PLACE", ""),
            body_limit=environment.integer(
                "ACCESS_TOKENS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "ACCESS_TOKENS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "ACCESS_TOKENS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "ACCESS_TOKENS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "ACCESS_TOKENS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("ACCESS_TOKENS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("ACCESS_TOKENS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "ACCESS_TOKENS_CAPABILITY"),
        )
        environment.finish()
        return settings
