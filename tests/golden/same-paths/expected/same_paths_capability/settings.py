"""The settings of Two shops, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .oauth import Grant, read_grant
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    north: Transport
    south: Transport
    east: Transport
    east_grant: Grant
    north_password: Secret
    south_key: Secret
    east_client_id: Secret
    east_client_secret: Secret
    shop_tenant: Secret
    shops_issuer: str
    shops_resource: str
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
            north=read_transport(
                environment,
                "NORTH",
                "https://north.example/v1",
                "same-paths-capability/0.1.0",
            ),
            south=read_transport(
                environment,
                "SOUTH",
                "https://south.example",
                "same-paths-capability/0.1.0",
            ),
            east=read_transport(
                environment,
                "EAST",
                "https://east.example",
                "same-paths-capability/0.1.0",
            ),
            east_grant=read_grant(
                environment,
                "EAST",
                issuer="https://login.east.example",
                endpoint="https://login.east.example/token",
                resource="https://east.example",
            ),
            north_password=environment.secret("NORTH_PASSWORD"),
            south_key=environment.secret("SOUTH_KEY"),
            east_client_id=environment.secret("EAST_CLIENT_ID"),
            east_client_secret=environment.secret("EAST_CLIENT_SECRET"),
            shop_tenant=environment.secret("SHOP_TENANT"),
            shops_issuer=environment.url("SHOPS_ISSUER", "https://login.example"),
            shops_resource=environment.text("SHOPS_RESOURCE", "https://shops.example"),
            body_limit=environment.integer(
                "SAME_PATHS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "SAME_PATHS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("SAME_PATHS_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "SAME_PATHS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "SAME_PATHS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("SAME_PATHS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("SAME_PATHS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "SAME_PATHS_CAPABILITY"),
        )
        environment.finish()
        return settings
