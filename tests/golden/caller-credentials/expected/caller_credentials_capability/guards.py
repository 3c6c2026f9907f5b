"""Who may call the adapters of Guarded harbour."""

from __future__ import annotations

from collections.abc import Callable

from .access import Guard, needed
from .access_digest import DigestGuard
from .access_static import BasicGuard, BearerGuard, KeyGuard
from .settings import Settings


def guard_office(settings: Settings) -> Guard:
    """Callers of office present user and password (HTTP basic)."""
    secrets = needed(
        ("OFFICE_USER", settings.office_user),
        ("OFFICE_PASSWORD", settings.office_password),
    )
    return BasicGuard(*secrets)


def guard_vault(settings: Settings) -> Guard:
    """Callers of vault present user and password (HTTP digest)."""
    secrets = needed(
        ("OFFICE_USER", settings.office_user),
        ("OFFICE_PASSWORD", settings.office_password),
    )
    return DigestGuard(*secrets)


def guard_partners(settings: Settings) -> Guard:
    """Callers of partners present an API key in the header X-Partner-Key."""
    secrets = needed(("PARTNER_KEY", settings.partner_key))
    return KeyGuard("header", "X-Partner-Key", *secrets)


def guard_boards(settings: Settings) -> Guard:
    """Callers of boards present an API key in the query field board key."""
    secrets = needed(("PARTNER_KEY", settings.partner_key))
    return KeyGuard("query", "board key", *secrets)


def guard_agents(settings: Settings) -> Guard:
    """Callers of agents present a bearer token."""
    secrets = needed(("AGENT_TOKEN", settings.agent_token))
    return BearerGuard(*secrets)


def guard_keyed_agents(settings: Settings) -> Guard:
    """Callers of keyed-agents present an API key in the header X-Agent-Key."""
    secrets = needed(("AGENT_TOKEN", settings.agent_token))
    return KeyGuard("header", "X-Agent-Key", *secrets)


def guard_manuals(settings: Settings) -> Guard:
    """Callers of manuals present a bearer token."""
    secrets = needed(("AGENT_TOKEN", settings.agent_token))
    return BearerGuard(*secrets)


def guard_control(settings: Settings) -> Guard:
    """Callers of control present user and password (HTTP basic)."""
    secrets = needed(
        ("OFFICE_USER", settings.office_user),
        ("OFFICE_PASSWORD", settings.office_password),
    )
    return BasicGuard(*secrets)


# Adapters that do not stand here are open to all who reach them.
GUARDS: dict[str, Callable[[Settings], Guard]] = {
    "office": guard_office,
    "vault": guard_vault,
    "partners": guard_partners,
    "boards": guard_boards,
    "agents": guard_agents,
    "keyed-agents": guard_keyed_agents,
    "manuals": guard_manuals,
    "control": guard_control,
}


def guard_of(namespace: str, settings: Settings) -> Guard | None:
    """What checks the callers of an adapter; SettingsError when it is not complete."""
    make = GUARDS.get(namespace)
    return None if make is None else make(settings)
