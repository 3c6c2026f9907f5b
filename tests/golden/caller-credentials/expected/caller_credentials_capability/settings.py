"""The settings of Guarded harbour, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .otlp import read_endpoint
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    harbour: Transport
    office_user: Secret | None
    office_password: Secret | None
    partner_key: Secret | None
    agent_token: Secret | None
    otlp_endpoint: str
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
            harbour=read_transport(
                environment,
                "HARBOUR",
                "https://harbour.example/v1",
                "caller-credentials-capability/0.1.0",
            ),
            office_user=environment.optional_secret("OFFICE_USER"),
            office_password=environment.optional_secret("OFFICE_PASSWORD"),
            partner_key=environment.optional_secret("PARTNER_KEY"),
            agent_token=environment.optional_secret("AGENT_TOKEN"),
            otlp_endpoint=read_endpoint(environment, ""),
            body_limit=environment.integer(
                "CALLER_CREDENTIALS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "CALLER_CREDENTIALS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "CALLER_CREDENTIALS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "CALLER_CREDENTIALS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "CALLER_CREDENTIALS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("CALLER_CREDENTIALS_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("CALLER_CREDENTIALS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "CALLER_CREDENTIALS_CAPABILITY"),
        )
        environment.finish()
        return settings
