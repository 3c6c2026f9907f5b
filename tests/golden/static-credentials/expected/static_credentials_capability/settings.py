"""The settings of Four upstreams, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .environment import Environment, Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    alpha: Transport
    beta: Transport
    gamma: Transport
    delta: Transport
    alpha_api_key: Secret
    beta_api_key: Secret
    gamma_token: Secret
    delta_user: Secret
    delta_password: Secret
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
            alpha=read_transport(
                environment,
                "ALPHA",
                "https://alpha.example",
                "static-credentials-capability/0.1.0",
            ),
            beta=read_transport(
                environment,
                "BETA",
                "https://beta.example",
                "static-credentials-capability/0.1.0",
            ),
            gamma=read_transport(
                environment,
                "GAMMA",
                "https://gamma.example",
                "static-credentials-capability/0.1.0",
            ),
            delta=read_transport(
                environment,
                "DELTA",
                "https://delta.example",
                "static-credentials-capability/0.1.0",
            ),
            alpha_api_key=environment.secret("ALPHA_API_KEY"),
            beta_api_key=environment.secret("BETA_API_KEY"),
            gamma_token=environment.secret("GAMMA_TOKEN"),
            delta_user=environment.secret("DELTA_USER"),
            delta_password=environment.secret("DELTA_PASSWORD"),
            body_limit=environment.integer(
                "STATIC_CREDENTIALS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "STATIC_CREDENTIALS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "STATIC_CREDENTIALS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "STATIC_CREDENTIALS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "STATIC_CREDENTIALS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("STATIC_CREDENTIALS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "STATIC_CREDENTIALS_CAPABILITY"),
        )
        environment.finish()
        return settings
