"""Who may call the adapters of Parcel desk."""

from __future__ import annotations

from collections.abc import Callable

from .access import Guard, needed
from .access_issuer import Issuer
from .access_jwt import JwtVerifier
from .access_keys import Keys
from .access_static import BasicGuard
from .access_tokens import TokenGuard
from .settings import Settings


def guard_desk(settings: Settings) -> Guard:
    """Callers of desk present user and password (HTTP basic)."""
    secrets = needed(
        ("DESK_USER", settings.desk_user),
        ("DESK_PASSWORD", settings.desk_password),
    )
    return BasicGuard(*secrets)


def guard_partners(settings: Settings) -> Guard:
    """Callers of partners present an access token (OAuth 2)."""
    issuer = Issuer(settings.partners_issuer, "PARTNERS_ISSUER")
    resource = settings.partners_resource
    return TokenGuard(
        JwtVerifier(Keys(issuer)),
        issuer=issuer,
        resource=resource,
        audience="parcel-desk",
        scopes=("parcels.read",),
    )


def guard_agents(settings: Settings) -> Guard:
    """Callers of agents present an access token (OAuth 2)."""
    issuer = Issuer(settings.agents_issuer, "AGENTS_ISSUER")
    resource = settings.agents_resource
    return TokenGuard(
        JwtVerifier(Keys(issuer)),
        issuer=issuer,
        resource=resource,
        audience=resource,
        scopes=("parcels.read",),
    )


# Adapters that do not stand here are open to all who reach them.
GUARDS: dict[str, Callable[[Settings], Guard]] = {
    "desk": guard_desk,
    "partners": guard_partners,
    "agents": guard_agents,
}


def guard_of(namespace: str, settings: Settings) -> Guard | None:
    """What checks the callers of an adapter; SettingsError when it is not complete."""
    make = GUARDS.get(namespace)
    return None if make is None else make(settings)
