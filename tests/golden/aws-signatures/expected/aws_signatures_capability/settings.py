"""The settings of Tables and files, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    tables: Transport
    files: Transport
    aws_access_key_id: Secret
    aws_secret_access_key: Secret
    aws_session_token: Secret | None
    backup_key_id: Secret
    backup_secret: Secret
    files_session_token: Secret | None
    region: Secret
    tables_queue_limit: int
    files_queue_limit: int
    body_limit: int
    allow_unknown_fields: bool
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    drain_timeout: float
    docs: bool
    safeguards: Safeguards

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> Settings:
        """The settings in `values`; SettingsError names every problem at once."""
        environment = Environment(values)
        settings = cls(
            tables=read_transport(
                environment,
                "TABLES",
                "https://dynamodb.eu-west-1.amazonaws.com",
                "aws-signatures-capability/0.1.0",
            ),
            files=read_transport(
                environment,
                "FILES",
                environment.address(
                    "FILES_BASE_URI",
                    "https://backups.s3.{}.amazonaws.com",
                    ("REGION",),
                ),
                "aws-signatures-capability/0.1.0",
            ),
            aws_access_key_id=environment.secret("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environment.secret("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environment.optional_secret("AWS_SESSION_TOKEN"),
            backup_key_id=environment.secret("BACKUP_KEY_ID"),
            backup_secret=environment.secret("BACKUP_SECRET"),
            files_session_token=environment.optional_secret("FILES_SESSION_TOKEN"),
            region=environment.secret("REGION"),
            tables_queue_limit=environment.integer(
                "TABLES_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            files_queue_limit=environment.integer("FILES_QUEUE_LIMIT", 256, minimum=0),
            body_limit=environment.integer(
                "AWS_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "AWS_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "AWS_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "AWS_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "AWS_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("AWS_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "AWS_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
