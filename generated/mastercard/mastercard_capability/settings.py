"""The settings of Mastercard services, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .key_settings import read_key
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    mastercard: Transport
    mastercard_consumer_key: Secret
    mastercard_signing_key: Secret
    mastercard_queue_limit: int
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
            mastercard=read_transport(
                environment,
                "MASTERCARD",
                "https://sandbox.api.mastercard.com",
                "mastercard-capability/0.1.0",
            ),
            mastercard_consumer_key=environment.secret("MASTERCARD_CONSUMER_KEY"),
            mastercard_signing_key=read_key(
                environment,
                "MASTERCARD_SIGNING_KEY",
                ("rsa",),
                password="MASTERCARD_KEYSTORE_PASSWORD",
            ),
            mastercard_queue_limit=environment.integer(
                "MASTERCARD_QUEUE_LIMIT",
                256,
                minimum=0,
            ),
            body_limit=environment.integer(
                "MASTERCARD_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "MASTERCARD_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("MASTERCARD_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "MASTERCARD_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "MASTERCARD_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            mcp_tools=environment.words("MASTERCARD_CAPABILITY_MCP_TOOLS", ()),
            docs=environment.flag("MASTERCARD_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "MASTERCARD_CAPABILITY"),
        )
        environment.finish()
        return settings
