"""Callers whom the operator asks who they are, where the capability asks nobody."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from .access import AccessDenied, Credentials, Guard, needed
from .access_static import BasicGuard, BearerGuard
from .safeguards import Safeguards


def required_guard(safeguards: Safeguards) -> Guard:
    """What checks callers: a bearer token, user and password, or either.

    Raises SettingsError for credentials that are asked for and not set.
    """
    prefix = safeguards.prefix
    pair = safeguards.caller_user or safeguards.caller_password
    guards: list[Guard] = []
    if safeguards.require_bearer or safeguards.caller_token:
        name = f"{prefix}_CALLER_TOKEN"
        guards.append(BearerGuard(*needed((name, safeguards.caller_token))))
    if safeguards.require_basic or pair:
        secrets = needed(
            (f"{prefix}_CALLER_USER", safeguards.caller_user),
            (f"{prefix}_CALLER_PASSWORD", safeguards.caller_password),
        )
        guards.append(BasicGuard(*secrets))
    return guards[0] if len(guards) == 1 else EitherGuard(guards)


class EitherGuard(Credentials):
    """One of several schemes is enough."""

    def __init__(self, guards: Sequence[Guard]) -> None:
        self._guards = tuple(guards)

    @property
    def hint(self) -> str:
        return ", or ".join(guard.hint for guard in self._guards)

    async def check(self, request: web.Request) -> str:
        denied: list[AccessDenied] = []
        for guard in self._guards:
            try:
                return await guard.check(request)
            except AccessDenied as refusal:
                denied.append(refusal)
        challenges = [text for refusal in denied for text in refusal.challenges]
        first = denied[0]
        raise AccessDenied(first.status, first.code, first.message, challenges)
