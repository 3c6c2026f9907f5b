"""Callers who prove a password without sending it (RFC 7616), with SHA-256 or MD5.

A nonce carries its time and a seal of this process, so that nothing is kept for callers
who never answer; of the others, the counts that they have used. Several workers do not
know each other's nonces: what one has given, another calls stale, and gives a new one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import unquote

from aiohttp import web

from .access import REALM, AccessDenied, Credentials, authorization, quoted
from .environment import Secret

LIFETIME: Final = 300.0
MAX_NONCES: Final = 65_536
#: How far behind the highest one a count may arrive: calls overtake each other.
WINDOW: Final = 1024

_HASHES: Final[Mapping[str, Callable[[bytes], Any]]] = {
    "SHA-256": hashlib.sha256,
    "MD5": hashlib.md5,
}
_PARAMETER = re.compile(
    r'\s*([A-Za-z0-9*_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]*))\s*(?:,|$)'
)


class DigestGuard(Credentials):
    """One user and password; `clock` gives seconds, for the age of nonces."""

    def __init__(
        self,
        username: Secret,
        password: Secret,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._username, self._password = username, password
        self._clock = clock
        self._key = secrets.token_bytes(32)
        # Of each nonce: the highest count, and a bit for each of those below it.
        self._used: OrderedDict[str, tuple[int, int]] = OrderedDict()
        # Nonces of this time and before are over, whatever their age.
        self._floor = 0.0

    @property
    def hint(self) -> str:
        user, password = self._username.reveal(), self._password.reveal()
        return f"digest of user {user}, password {password}"

    async def check(self, request: web.Request) -> str:
        text = authorization(request, "digest")
        if text is None:
            raise self._denied("this needs credentials")
        fields = parse(text)
        if fields is None:
            raise self._denied("the credentials are not valid")
        algorithm = fields.get("algorithm", "MD5").upper()
        count = fields.get("nc", "")
        well_formed = (
            algorithm in _HASHES
            and fields.get("qop") == "auth"
            and re.fullmatch(r"[0-9a-fA-F]{8}", count) is not None
            and bool(fields.get("cnonce"))
            and fields.get("realm") == REALM
        )
        if not well_formed:
            raise self._denied("the credentials are not valid")
        if fields.get("uri") != request.raw_path:
            message = "the digest is of another path than the request's"
            raise AccessDenied(400, "invalid_digest", message)
        good = self._answers(request.method, fields, algorithm)
        issued = self._issued(fields.get("nonce", ""))
        if not good:
            raise self._denied("the credentials are not valid")
        if issued is None or not self._fresh(fields["nonce"], issued, int(count, 16)):
            raise self._denied("the nonce is not valid any more", stale=True)
        return self._username.reveal()

    def _answers(self, method: str, fields: Mapping[str, str], algorithm: str) -> bool:
        def hashed(text: str) -> str:
            digest: str = _HASHES[algorithm](_bytes(text)).hexdigest()
            return digest

        # The real user and password are hashed whatever was sent, for the same time.
        user = self._username.reveal()
        secret = hashed(f"{user}:{REALM}:{self._password.reveal()}")
        request = hashed(f"{method}:{fields['uri']}")
        proof = [fields.get(name, "") for name in ("nonce", "nc", "cnonce", "qop")]
        expected = hashed(":".join((secret, *proof, request)))
        given = fields.get("response", "").lower()
        right = hmac.compare_digest(_bytes(given), expected.encode())
        return right & hmac.compare_digest(_bytes(_user(fields)), user.encode())

    def _fresh(self, nonce: str, issued: float, count: int) -> bool:
        """Note a count; False when the nonce is too old, or the count was used."""
        if self._clock() - issued > LIFETIME or issued <= self._floor or not count:
            return False
        highest, bits = self._used.get(nonce, (0, 0))
        if count > highest:
            bits = ((bits << min(count - highest, WINDOW)) | 1) & ((1 << WINDOW) - 1)
            highest = count
        else:
            bit = 1 << (highest - count)
            if highest - count >= WINDOW or bits & bit:
                return False
            bits |= bit
        self._used[nonce] = (highest, bits)
        self._forget()
        return True

    def _forget(self) -> None:
        """Drop what is over; the oldest ones too, when there are too many."""
        while self._used:
            oldest = next(iter(self._used))
            issued = self._issued(oldest) or 0.0
            over = self._clock() - issued > LIFETIME
            if not over and len(self._used) <= MAX_NONCES:
                return
            del self._used[oldest]
            if not over:
                self._floor = max(self._floor, issued)

    def _nonce(self) -> str:
        head = f"{self._clock():.3f}.{secrets.token_urlsafe(9)}"
        return f"{head}.{self._seal(head)}"

    def _issued(self, nonce: str) -> float | None:
        """When this process gave the nonce; None when it did not."""
        head, _, seal = nonce.rpartition(".")
        if not hmac.compare_digest(_bytes(seal), self._seal(head).encode()):
            return None
        return float(".".join(head.split(".")[:2]))

    def _seal(self, head: str) -> str:
        seal = hmac.digest(self._key, _bytes(head), "sha256")[:16]
        return base64.urlsafe_b64encode(seal).decode().rstrip("=")

    def _denied(self, message: str, *, stale: bool = False) -> AccessDenied:
        nonce = self._nonce()
        parts = f'realm={quoted(REALM)}, qop="auth", nonce={quoted(nonce)}'
        more = ", stale=true" if stale else ""
        # The strongest first: clients take the first one that they know.
        challenges = [
            f"Digest {parts}, algorithm={name}, charset=UTF-8{more}" for name in _HASHES
        ]
        return AccessDenied(401, "unauthorized", message, challenges)


def parse(text: str) -> dict[str, str] | None:
    """The fields of Digest credentials, names in lower case; None when malformed."""
    fields: dict[str, str] = {}
    end = 0
    while end < len(text):
        match = _PARAMETER.match(text, end)
        if match is None:
            return None
        name, string, token = match.groups()
        if name.lower() in fields:
            return None
        value = token if string is None else re.sub(r"\\(.)", r"\1", string)
        fields[name.lower()] = value
        end = match.end()
    return fields


def _user(fields: Mapping[str, str]) -> str:
    """The user, also in the notation for other characters (RFC 8187)."""
    if "username*" in fields:
        charset, _, rest = fields["username*"].partition("'")
        text = rest.partition("'")[2]
        return unquote(text) if charset.lower() == "utf-8" else ""
    return fields.get("username", "")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
