"""Callers with an access token of OAuth 2 (RFC 6750), for exactly this resource.

What a token must say: who issued it, that it is meant for us, that it is still good,
and all scopes. How it proves that is the verifier's part. The token ends here: nothing
of it goes to an upstream.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from aiohttp import web

from .access import REALM, AccessDenied, authorization, quoted
from .access_issuer import Issuer, IssuerUnreachable
from .reply import JsonValue

WELL_KNOWN = "/.well-known/oauth-protected-resource"


class BadToken(Exception):
    """A token that proves nothing; the message is for its owner."""


class Verifier(Protocol):
    """How a token is checked."""

    async def claims(self, token: str) -> Mapping[str, JsonValue]:
        """What a good token says. BadToken, or IssuerUnreachable."""
        ...

    async def close(self) -> None: ...


class TokenGuard:
    """Tokens of `issuer` for `audience`, with all `scopes`.

    What is asked of a token can be read by anybody (RFC 9728), at the place that belongs
    to `resource`, and each challenge tells the place.
    """

    def __init__(
        self,
        verifier: Verifier,
        *,
        issuer: Issuer,
        resource: str,
        audience: str,
        scopes: Sequence[str] = (),
    ) -> None:
        self._verifier, self._issuer = verifier, issuer
        self._audience, self._scopes = audience, tuple(scopes)
        self._fields = [f"realm={quoted(REALM)}"]
        if scopes:
            self._fields.append(f"scope={quoted(' '.join(scopes))}")
        self.documents = self._published(resource)

    def _published(self, resource: str) -> Mapping[str, bytes]:
        document: dict[str, JsonValue] = {
            "resource": resource,
            "authorization_servers": [self._issuer.address],
            "bearer_methods_supported": ["header"],
        }
        if self._scopes:
            document["scopes_supported"] = list(self._scopes)
        body = json.dumps(document).encode()
        parts = urlsplit(resource)
        path = WELL_KNOWN + parts.path.rstrip("/")
        if parts.scheme in ("http", "https") and parts.netloc:
            url = f"{parts.scheme}://{parts.netloc}{path}"
            self._fields.append(f"resource_metadata={quoted(url)}")
        # Clients that get no challenge look at the root as well.
        return {path: body, WELL_KNOWN: body}

    @property
    def hint(self) -> str:
        address = self._issuer.address
        return f"header Authorization: Bearer TOKEN; tokens: POST {address}/token"

    async def check(self, request: web.Request) -> str:
        token = authorization(request, "bearer")
        if token is None:
            raise self._denied(401, "unauthorized", "this needs an access token")
        try:
            if not token.isascii():
                raise BadToken("the token is not valid")
            claims = await self._verifier.claims(token)
            self._check(claims)
        except IssuerUnreachable as failure:
            message = "tokens cannot be checked: the authorization server is away"
            raise AccessDenied(
                503, "issuer_unreachable", message, retry_after=failure.retry_after
            ) from None
        except BadToken as problem:
            text = str(problem)
            raise self._denied(401, "unauthorized", text, "invalid_token") from None
        missing = [scope for scope in self._scopes if scope not in granted(claims)]
        if missing:
            text = f"the token lacks the scope {' '.join(missing)}"
            raise self._denied(403, "insufficient_scope", text, "insufficient_scope")
        # The subject, or the client that calls for itself (RFC 9068, section 2.2).
        names = (claims.get(name) for name in ("sub", "client_id"))
        return next((name for name in names if isinstance(name, str)), "access token")

    def _check(self, claims: Mapping[str, JsonValue]) -> None:
        if not self._issuer.is_named(claims.get("iss")):
            raise BadToken("the token is of another issuer")
        audience = claims.get("aud")
        named = audience if isinstance(audience, list) else [audience]
        wanted = self._audience.rstrip("/")
        if all(not isinstance(a, str) or a.rstrip("/") != wanted for a in named):
            raise BadToken("the token is meant for another audience")

    def _denied(
        self, status: int, code: str, message: str, error: str = ""
    ) -> AccessDenied:
        fields = list(self._fields)
        if error:
            told = [f"error={quoted(error)}", f"error_description={quoted(message)}"]
            fields[1:1] = told
        return AccessDenied(status, code, message, (f"Bearer {', '.join(fields)}",))

    async def close(self) -> None:
        await self._verifier.close()


def granted(claims: Mapping[str, JsonValue]) -> frozenset[str]:
    """The scopes of a token: `scope` (RFC 9068), or `scp`, a list or a text."""
    found: set[str] = set()
    for name in ("scope", "scp"):
        value = claims.get(name)
        words = value.split() if isinstance(value, str) else value
        if isinstance(words, list):
            found |= {word for word in words if isinstance(word, str)}
    return frozenset(found)
