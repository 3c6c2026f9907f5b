"""The settings of Fleet, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .bind_files import BindFile, BoundEnvironment
from .environment import Secret
from .oauth import Grant, read_grant
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport

MOUNTED_FILE = BindFile(
    "MOUNTED_LOCATION",
    "/etc/fleet/",
    {"MOUNTED_FLEET_CLIENT_SECRET": "client-secret"},
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    fleet: Transport
    fleet_grant: Grant
    crew: Transport
    crew_grant: Grant
    fleet_app: Secret
    mounted_fleet_client_secret: Secret
    crew_client_id: Secret
    crew_client_secret: Secret
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
        environment = BoundEnvironment(values, MOUNTED_FILE)
        settings = cls(
            fleet=read_transport(
                environment,
                "FLEET",
                "https://fleet.example/v2",
                "client-credentials-capability/0.1.0",
            ),
            fleet_grant=read_grant(
                environment,
                "FLEET",
                issuer=environment.address(
                    "FLEET_TOKEN_ENDPOINT",
                    "https://login.example/{}",
                    ("FLEET_TENANT",),
                ),
                scopes=("ships:read", "ships:write"),
                resource="https://fleet.example",
                audience="fleet",
            ),
            crew=read_transport(
                environment,
                "CREW",
                "https://crew.example",
                "client-credentials-capability/0.1.0",
            ),
            crew_grant=read_grant(
                environment,
                "CREW",
                issuer="https://login.example",
                endpoint="https://login.example/o/token/",
                resource="https://crew.example",
            ),
            fleet_app=environment.secret("FLEET_APP"),
            mounted_fleet_client_secret=environment.secret(
                "MOUNTED_FLEET_CLIENT_SECRET",
            ),
            crew_client_id=environment.secret("CREW_CLIENT_ID"),
            crew_client_secret=environment.secret("CREW_CLIENT_SECRET"),
            body_limit=environment.integer(
                "CLIENT_CREDENTIALS_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "CLIENT_CREDENTIALS_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words(
                "CLIENT_CREDENTIALS_CAPABILITY_ALLOWED_HOSTS",
                (),
            ),
            allowed_origins=environment.words(
                "CLIENT_CREDENTIALS_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "CLIENT_CREDENTIALS_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("CLIENT_CREDENTIALS_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "CLIENT_CREDENTIALS_CAPABILITY"),
        )
        environment.finish()
        return settings
