"""Calls to an upstream with an access token that client credentials are exchanged for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from multidict import istr
from yarl import URL

from .environment import Secret
from .oauth import Grant, TokenSource
from .reply import Reply
from .transport import Transport
from .upstream import FindFailure, Upstream

_AUTHORIZATION = istr("Authorization")
_SAFE = ("GET", "HEAD", "OPTIONS")


class OAuthUpstream(Upstream):
    """An upstream whose calls carry a bearer token (RFC 6750).

    A token that was kept and is refused is forgotten; a call by a safe method is then
    made again, once, with a new one. Any other call is the caller's to repeat.
    """

    def __init__(
        self,
        transport: Transport,
        grant: Grant,
        client: Secret,
        secret: Secret,
        *,
        find_failure: FindFailure | None = None,
    ) -> None:
        super().__init__(transport, find_failure=find_failure)
        # Connections of its own: waiting for a token must not take the calls' ones.
        address = grant.endpoint or grant.issuer
        self._issuer = Upstream(replace(transport, base_uri=address))
        self._tokens = TokenSource(grant, client, secret, self._ask)

    async def exchange(
        self, method: str, url: URL, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        token, kept = await self._tokens.get()
        reply = await self._exchange(method, url, headers, data, token)
        if reply.status != 401:
            return reply
        self._tokens.drop(token)
        if not kept or method not in _SAFE:
            return reply
        token, _ = await self._tokens.get()
        return await self._exchange(method, url, headers, data, token)

    async def close(self) -> None:
        await self._tokens.close()
        await self._issuer.close()
        await super().close()

    async def _exchange(
        self,
        method: str,
        url: URL,
        headers: Mapping[str, str],
        data: bytes | None,
        token: str,
    ) -> Reply:
        sent = {**headers, _AUTHORIZATION: f"Bearer {token}"}
        return await super().exchange(method, url, sent, data)

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        return await self._issuer.exchange(method, URL(url), headers, data)
