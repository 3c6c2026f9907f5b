"""Who may call the adapters of Ship register."""

from __future__ import annotations

from collections.abc import Callable

from .access import Guard, needed, stated
from .access_introspection import IntrospectionVerifier
from .access_issuer import Issuer
from .access_jwt import JwtVerifier
from .access_keys import Keys
from .access_tokens import TokenGuard
from .settings import Settings


def guard_ships(settings: Settings) -> Guard:
    """Callers of ships present an access token (OAuth 2)."""
    issuer = Issuer(settings.ships_issuer, "SHIPS_ISSUER")
    resource = settings.ships_resource
    return TokenGuard(
        JwtVerifier(Keys(issuer)),
        issuer=issuer,
        resource=resource,
        audience="ship-register",
        scopes=("ships.read", "ships.list"),
    )


def guard_opaque(settings: Settings) -> Guard:
    """Callers of opaque present an access token (OAuth 2)."""
    secrets = needed(
        ("OPAQUE_CLIENT_ID", settings.opaque_client_id),
        ("OPAQUE_CLIENT_SECRET", settings.opaque_client_secret),
    )
    issuer = Issuer(settings.login_server, "LOGIN_SERVER")
    resource = settings.opaque_resource
    return TokenGuard(
        IntrospectionVerifier(issuer, *secrets),
        issuer=issuer,
        resource=resource,
        audience=resource,
    )


def guard_ship_tools(settings: Settings) -> Guard:
    """Callers of ship-tools present an access token (OAuth 2)."""
    issuer = Issuer(settings.login_server, "LOGIN_SERVER")
    resource = stated("REGISTER_PLACE", settings.register_place)
    return TokenGuard(
        JwtVerifier(Keys(issuer)),
        issuer=issuer,
        resource=resource,
        audience=resource,
        scopes=("ships.read",),
    )


# Adapters that do not stand here are open to all who reach them.
GUARDS: dict[str, Callable[[Settings], Guard]] = {
    "ships": guard_ships,
    "opaque": guard_opaque,
    "ship-tools": guard_ship_tools,
}


def guard_of(namespace: str, settings: Settings) -> Guard | None:
    """What checks the callers of an adapter; SettingsError when it is not complete."""
    make = GUARDS.get(namespace)
    return None if make is None else make(settings)
