"""Callers with a fixed credential: an API key, a bearer token, a user and a password."""

from __future__ import annotations

import base64
import binascii
from typing import Literal

from aiohttp import web

from .access import REALM, Credentials, authorization, denied, quoted, same
from .environment import Secret


class KeyGuard(Credentials):
    """An API key in a header or a query field, given once."""

    def __init__(
        self, placement: Literal["header", "query"], name: str, key: Secret
    ) -> None:
        self._placement, self._name, self._key = placement, name, key
        # There is no registered scheme for it, and a 401 must name one.
        place = f"in={quoted(placement)}, name={quoted(name)}"
        self._challenge = (f"ApiKey realm={quoted(REALM)}, {place}",)

    @property
    def hint(self) -> str:
        sign = ": " if self._placement == "header" else "="
        return f"{self._placement} {self._name}{sign}{self._key.reveal()}"

    async def check(self, request: web.Request) -> str:
        held = request.headers if self._placement == "header" else request.query
        given = held.getall(self._name, [])
        if len(given) != 1 or not same(given[0], self._key):
            raise denied(self._challenge, given=bool(given))
        return "API key"


class BearerGuard(Credentials):
    """A fixed bearer token (RFC 6750, section 2.1)."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    @property
    def hint(self) -> str:
        return f"header Authorization: Bearer {self._token.reveal()}"

    async def check(self, request: web.Request) -> str:
        given = authorization(request, "bearer")
        if given is None:
            raise denied((f"Bearer realm={quoted(REALM)}",), given=False)
        if not same(given, self._token):
            challenge = f'Bearer realm={quoted(REALM)}, error="invalid_token"'
            raise denied((challenge,), given=True)
        return "bearer token"


class BasicGuard(Credentials):
    """User and password (RFC 7617)."""

    _challenge = (f'Basic realm={quoted(REALM)}, charset="UTF-8"',)

    def __init__(self, username: Secret, password: Secret) -> None:
        self._username, self._password = username, password

    @property
    def hint(self) -> str:
        return f"user {self._username.reveal()}, password {self._password.reveal()}"

    async def check(self, request: web.Request) -> str:
        given = authorization(request, "basic")
        if given is None:
            raise denied(self._challenge, given=False)
        username, password = _pair(given)
        # Both are compared whatever the first one says.
        good = same(username, self._username) & same(password, self._password)
        if not good:
            raise denied(self._challenge, given=True)
        return username


def _pair(text: str) -> tuple[str, str]:
    try:
        pair = base64.b64decode(text, validate=True).decode("utf-8", "surrogateescape")
    except (binascii.Error, ValueError):
        return "", ""
    username, _, password = pair.partition(":")
    return username, password
