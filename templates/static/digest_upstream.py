"""Calls to an upstream that asks for digest authentication (RFC 7616)."""

from __future__ import annotations

from collections.abc import Mapping

from multidict import MultiMapping, istr
from yarl import URL

from .digest import Challenge, choose
from .environment import Secret
from .reply import Reply
from .transport import Transport
from .upstream import FindFailure, Upstream

_AUTHORIZATION = istr("Authorization")
_CHALLENGE = istr("WWW-Authenticate")
# A server may let a nonce go stale again while calls overtake one another.
_ATTEMPTS = 3


class DigestUpstream(Upstream):
    """An upstream whose calls carry a digest of user and password.

    The last nonce is used again, with a higher count, until the server refuses it. A
    challenge says that the request was not executed, so answering it by the same
    request is safe for every method; nothing else is ever sent twice. Credentials that
    the server refuses for a fresh nonce are wrong, and its 401 is the answer.
    """

    def __init__(
        self,
        transport: Transport,
        user: Secret,
        password: Secret,
        *,
        find_failure: FindFailure | None = None,
    ) -> None:
        super().__init__(transport, find_failure=find_failure)
        self._user = user
        self._password = password
        self._challenge: Challenge | None = None

    async def exchange(
        self, method: str, url: URL, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        target, body = url.raw_path_qs, data or b""
        used = self._challenge
        for attempt in range(_ATTEMPTS):
            sent = headers
            if used is not None:
                value = used.authorize(self._user, self._password, method, target, body)
                sent = {**headers, _AUTHORIZATION: value}
            reply = await super().exchange(method, url, sent, data)
            asked = choose(_challenges(reply)) if reply.status == 401 else None
            if asked is None:
                return reply
            if attempt and not asked.stale:
                # The nonce was fresh: it is the credentials that are wrong.
                self._challenge = None
                return reply
            self._challenge = used = asked
        return reply


def _challenges(reply: Reply) -> list[str]:
    headers = reply.headers
    if isinstance(headers, MultiMapping):
        return list(headers.getall(_CHALLENGE, []))
    return []
