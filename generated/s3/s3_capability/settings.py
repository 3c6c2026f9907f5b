"""The settings of Amazon S3 bucket, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    bucket: Transport
    aws_access_key_id: Secret
    aws_secret_access_key: Secret
    aws_session_token: Secret | None
    region: Secret
    bucket_queue_limit: int
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
            bucket=read_transport(
                environment,
                "BUCKET",
                environment.address(
                    "BUCKET_BASE_URI",
                    "https://{}.s3.{}.amazonaws.com",
                    ("BUCKET", "REGION"),
                ),
                "s3-capability/0.1.0",
                max_response=67108864,
            ),
            aws_access_key_id=environment.secret("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environment.secret("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environment.optional_secret("AWS_SESSION_TOKEN"),
            region=environment.secret("REGION"),
            bucket_queue_limit=environment.integer(
                "BUCKET_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "S3_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "S3_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("S3_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words("S3_CAPABILITY_ALLOWED_ORIGINS", ()),
            drain_timeout=environment.number(
                "S3_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("S3_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("S3_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "S3_CAPABILITY"),
        )
        environment.finish()
        return settings
