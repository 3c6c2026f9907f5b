"""Who may call the adapters of Two shops."""

from __future__ import annotations

from collections.abc import Callable

from .access import Guard
from .access_issuer import Issuer
from .access_jwt import JwtVerifier
from .access_keys import Keys
from .access_tokens import TokenGuard
from .settings import Settings


def guard_shops(settings: Settings) -> Guard:
    """Callers of shops present an access token (OAuth 2)."""
    issuer = Issuer(settings.shops_issuer, "SHOPS_ISSUER")
    resource = settings.shops_resource
    return TokenGuard(
        JwtVerifier(Keys(issuer)),
        issuer=issuer,
        resource=resource,
        audience=resource,
    )


# Adapters that do not stand here are open to all who reach them.
GUARDS: dict[str, Callable[[Settings], Guard]] = {"shops": guard_shops}


def guard_of(namespace: str, settings: Settings) -> Guard | None:
    """What checks the callers of an adapter; SettingsError when it is not complete."""
    make = GUARDS.get(namespace)
    return None if make is None else make(settings)
