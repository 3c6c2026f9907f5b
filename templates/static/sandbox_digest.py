"""What a sandbox checks in a digest (RFC 7616), written from the RFC alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from urllib.request import parse_http_list, parse_keqv_list

from .reply import JsonValue
from .sandbox_gate import Held
from .sandbox_verifier import PlainVerifier

_REALM = "sandbox"


class DigestVerifier(PlainVerifier):
    """Challenges with SHA-256 and quality "auth", and checks what comes back.

    A request without a digest, or with a nonce that is not ours any more, is answered
    by a challenge. Each nonce is good for `uses` requests, each with another count.
    """

    def __init__(
        self,
        user: str,
        password: str,
        environment: Mapping[str, str] | None = None,
        uses: int = 1000,
    ) -> None:
        super().__init__(environment=environment)
        self._user = user
        self._secret = _digest(user, _REALM, password)
        self._uses = uses
        self._counts: dict[str, set[str]] = {}

    def answer_early(self, headers: Mapping[str, str]) -> Held | None:
        """A challenge, unless there is a digest for one of our nonces."""
        fields = _fields(headers)
        if fields is None:
            return self._challenge(stale=False)
        counts = self._counts.get(fields.get("nonce", ""))
        if counts is None or len(counts) >= self._uses:
            return self._challenge(stale=True)
        return None

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`."""
        fields = _fields(headers)
        if fields is None:
            return self.MISSING
        count, nonce = fields.get("nc", ""), fields.get("nonce", "")
        expected = _digest(
            self._secret,
            nonce,
            count,
            fields.get("cnonce", ""),
            "auth",
            _digest(method, target),
        )
        good = (
            fields.get("username") == self._user
            and fields.get("realm") == _REALM
            and fields.get("uri") == target
            and fields.get("qop") == "auth"
            and fields.get("algorithm") == "SHA-256"
            and len(count) == 8
            and nonce in self._counts
            and count not in self._counts[nonce]
            and secrets.compare_digest(fields.get("response", ""), expected)
        )
        if not good:
            return self.WRONG
        self._counts[nonce].add(count)
        return None

    def _challenge(self, *, stale: bool) -> Held:
        nonce = secrets.token_urlsafe(18)
        self._counts[nonce] = set()
        words = (
            f'Digest realm="{_REALM}", qop="auth", algorithm=SHA-256, nonce="{nonce}"'
        )
        words += ", stale=true" if stale else ""
        document: JsonValue = {"error": self.MISSING}
        return Held(401, document, {"WWW-Authenticate": words})


class DigestGate:
    """The challenges of a verifier."""

    def __init__(self, verifier: DigestVerifier) -> None:
        self._verifier = verifier
        self.paths: Mapping[str, str] = {}

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Held | None:
        """See `Gate.answer`."""
        return self._verifier.answer_early(headers)


def _fields(headers: Mapping[str, str]) -> Mapping[str, str] | None:
    scheme, _, rest = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "digest":
        return None
    try:
        return parse_keqv_list(parse_http_list(rest))
    except ValueError:
        return {}


def _digest(*parts: str) -> str:
    return sha256(":".join(parts).encode()).hexdigest()
