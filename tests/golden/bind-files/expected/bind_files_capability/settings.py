"""The settings of Library, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .bind_files import BindFile, BoundEnvironment
from .environment import Secret
from .safeguards import Safeguards, read_safeguards
from .transport import Transport, read_transport

VAULT_FILE = BindFile(
    "VAULT_LOCATION",
    "secrets/library.yaml",
    {"VAULT_API_KEY": "library-api-key", "VAULT_PARTNER": "partner"},
)

MOUNTED_FILE = BindFile(
    "MOUNTED_LOCATION",
    "/etc/library/",
    {"MOUNTED_USER": "username", "MOUNTED_PASSWORD": "password"},
)

LOCAL_FILE = BindFile(
    "LOCAL_LOCATION",
    "deploy/library.env",
    {"LOCAL_REGION": "LIBRARY_REGION"},
)

MORE_FILE = BindFile("MORE_LOCATION", "more.json", {"MORE_TENANT": "tenant"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an operator can set; the README says what each one means."""

    library: Transport
    archive: Transport
    vault_api_key: Secret
    mounted_user: Secret
    mounted_password: Secret
    library_agent: Secret
    more_tenant: Secret
    vault_partner: Secret
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
        environment = BoundEnvironment(
            values,
            VAULT_FILE,
            MOUNTED_FILE,
            LOCAL_FILE,
            MORE_FILE,
        )
        settings = cls(
            library=read_transport(
                environment,
                "LIBRARY",
                environment.address(
                    "LIBRARY_BASE_URI",
                    "https://{}.library.example/v1",
                    ("LOCAL_REGION",),
                ),
                "bind-files-capability/0.1.0",
            ),
            archive=read_transport(
                environment,
                "ARCHIVE",
                "https://archive.example",
                "bind-files-capability/0.1.0",
            ),
            vault_api_key=environment.secret("VAULT_API_KEY"),
            mounted_user=environment.secret("MOUNTED_USER"),
            mounted_password=environment.secret("MOUNTED_PASSWORD"),
            library_agent=environment.secret("LIBRARY_AGENT"),
            more_tenant=environment.secret("MORE_TENANT"),
            vault_partner=environment.secret("VAULT_PARTNER"),
            body_limit=environment.integer(
                "BIND_FILES_CAPABILITY_BODY_LIMIT",
                1048576,
                minimum=1,
            ),
            allow_unknown_fields=environment.flag(
                "BIND_FILES_CAPABILITY_ALLOW_UNKNOWN_FIELDS",
                False,
            ),
            allowed_hosts=environment.words("BIND_FILES_CAPABILITY_ALLOWED_HOSTS", ()),
            allowed_origins=environment.words(
                "BIND_FILES_CAPABILITY_ALLOWED_ORIGINS",
                (),
            ),
            drain_timeout=environment.number(
                "BIND_FILES_CAPABILITY_DRAIN_TIMEOUT",
                10.0,
                minimum=0,
            ),
            docs=environment.flag("BIND_FILES_CAPABILITY_DOCS", False),
            safeguards=read_safeguards(environment, "BIND_FILES_CAPABILITY"),
        )
        environment.finish()
        return settings
