"""The settings of Amazon DynamoDB, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    dynamodb: Transport
    aws_access_key_id: Secret
    aws_secret_access_key: Secret
    aws_session_token: Secret | None
    region: Secret
    dynamodb_queue_limit: int
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
            dynamodb=read_transport(
                environment,
                "DYNAMODB",
                environment.address(
                    "DYNAMODB_BASE_URI",
                    "https://dynamodb.{}.amazonaws.com",
                    ("REGION",),
                ),
                "dynamodb-capability/0.1.0",
            ),
            aws_access_key_id=environment.secret("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environment.secret("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environment.optional_secret("AWS_SESSION_TOKEN"),
            region=environment.secret("REGION"),
            dynamodb_queue_limit=environment.integer(
                "DYNAMODB_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "DYNAMODB_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "DYNAMODB_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("DYNAMODB_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "DYNAMODB_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "DYNAMODB_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("DYNAMODB_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("DYNAMODB_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "DYNAMODB_CAPABILITY"),
        )
        environment.finish()
        return settings
