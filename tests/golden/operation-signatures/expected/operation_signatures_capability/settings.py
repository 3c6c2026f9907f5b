"""The settings of Depot, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    depot: Transport
    depot_hmac_body: Transport
    depot_aws_sigv4: Transport
    depot_token: Secret
    depot_order_secret: Secret
    aws_access_key_id: Secret
    aws_secret_access_key: Secret
    aws_session_token: Secret | None
    depot_hmac_body_queue_limit: int
    depot_aws_sigv4_queue_limit: int
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
            depot=read_transport(
                environment,
                "DEPOT",
                "https://depot.example/v1",
                "operation-signatures-capability/0.1.0",
            ),
            depot_hmac_body=read_transport(
                environment,
                "DEPOT_HMAC_BODY",
                "https://depot.example/v1",
                "operation-signatures-capability/0.1.0",
            ),
            depot_aws_sigv4=read_transport(
                environment,
                "DEPOT_AWS_SIGV4",
                "https://depot.example/v1",
                "operation-signatures-capability/0.1.0",
            ),
            depot_token=environment.secret("DEPOT_TOKEN"),
            depot_order_secret=environment.secret("DEPOT_ORDER_SECRET"),
            aws_access_key_id=environment.secret("AWS_ACCESS_KEY_ID"),
            aws_secret_access_key=environment.secret("AWS_SECRET_ACCESS_KEY"),
            aws_session_token=environment.optional_secret("AWS_SESSION_TOKEN"),
            depot_hmac_body_queue_limit=environment.integer(
                "DEPOT_HMAC_BODY_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            depot_aws_sigv4_queue_limit=environment.integer(
                "DEPOT_AWS_SIGV4_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "OPERATION_SIGNATURES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "OPERATION_SIGNATURES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "OPERATION_SIGNATURES_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "OPERATION_SIGNATURES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "OPERATION_SIGNATURES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("OPERATION_SIGNATURES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "OPERATION_SIGNATURES_CAPABILITY"),
        )
        environment.finish()
        return settings
