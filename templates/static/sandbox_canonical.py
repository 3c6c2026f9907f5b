"""Providers that sign canonical requests, as a sandbox plays them.

This is the check on the signing of the package, so it is written from the pages of the
providers alone and shares no code with the signers.
"""

from __future__ import annotations

import re
import secrets
import string
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from hmac import compare_digest
from hmac import new as keyed
from typing import TypedDict, Unpack

from .reply import JsonValue

INCOMPLETE = "a part of the signature is missing"
UNKNOWN_KEY = "the access key or its token is wrong"
WRONG = "the signature is wrong"
STALE = "the time is too far from now"
REPLAYED = "the nonce was used before"
_ERRORS = (INCOMPLETE, UNKNOWN_KEY, WRONG, STALE, REPLAYED)
_LETTERS = string.ascii_letters + string.digits
_UNRESERVED = frozenset((_LETTERS + "-._~").encode())


class Common(TypedDict, total=False):
    """What every verifier takes; see `Gate`."""

    signed_paths: tuple[str, ...]
    public: tuple[tuple[str, str], ...]
    others: Mapping[str, str] | None
    clock: Callable[[], float]


class Gate:
    """What verifiers of signatures have in common: which requests they check.

    Paths outside `signed_paths` and the operations in `public` are not checked;
    `others` are variables that the package needs besides those in `known`. `clock`
    gives seconds, and `tolerance` says how far other clocks may be from it.
    """

    tolerance = 300

    def __init__(
        self,
        known: Mapping[str, str],
        **common: Unpack[Common],
    ) -> None:
        self._paths = common.get("signed_paths", ())
        self._clock = common.get("clock", time.time)
        public = common.get("public", ())
        self._public = [(method, _shape(path)) for method, path in public]
        self.environment: Mapping[str, str] = {
            **(common.get("others") or {}),
            **known,
        }

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`."""
        path, _, query = target.partition("?")
        if self._paths and not path.startswith(self._paths):
            return None
        if any(
            verb == method and shape.fullmatch(path) for verb, shape in self._public
        ):
            return None
        sent = {name.lower(): value.strip(" \t") for name, value in headers.items()}
        return self.refusal(method, path, query, sent, body)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        """Why a request is refused; the names in `sent` are in lower case."""
        raise NotImplementedError

    def timely(self, text: str, form: str) -> bool:
        """Whether a time in UTC, written in this form of `strptime`, is about now."""
        try:
            then = datetime.strptime(text, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            return False
        return abs(self._clock() - then) <= self.tolerance

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """403 for a refused signature, 500 for any other (injected) error."""
        return (403 if error in _ERRORS else 500), {"error": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"error": "not found"}


class Keys:
    """A throw-away access key, and the variables that hold its parts."""

    def __init__(self, key_id: str, secret: str, token: str) -> None:
        self.id, self.secret, self.token = map(throwaway, (key_id, secret, token))
        self.known = {key_id: self.id, secret: self.secret, token: self.token}


def request_text(
    method: str,
    path: str,
    query: str,
    headers: Iterable[tuple[str, str]],
    listed: str,
    digest: str,
) -> bytes:
    """The canonical request, in its six parts."""
    lines = [method, path, query, *(f"{name}:{value}" for name, value in headers)]
    whole = "\n".join((*lines, "", listed, digest))
    return whole.encode("utf-8", "surrogateescape")


def segments_encoded(path: str) -> str:
    """Every segment of a path, encoded anew."""
    return "/".join(_encoded(_plain(segment)) for segment in path.split("/"))


def in_order(query: str) -> str:
    """The parameters of a query in order of name and value, and encoded anew."""
    pairs = []
    for item in filter(None, query.split("&")):
        name, _, value = item.partition("=")
        pairs.append((_plain(name), _plain(value)))
    return "&".join(
        f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(pairs)
    )


def complete(listed: str, sent: Mapping[str, str], needed: Iterable[str]) -> bool:
    """Whether the names of the signed headers are in order, sent, and all that are needed."""
    names = listed.split(";")
    return names == sorted(set(names)) and set(needed) <= set(names) <= set(sent)


def digest_of(data: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return sha256(data).hexdigest()


def chained(key: bytes, *texts: str) -> bytes:
    """HMAC-SHA256 of each text, with the result before it as the key."""
    for text in texts:
        key = keyed(key, text.encode(), "sha256").digest()
    return key


def same(sent: str, expected: str) -> bool:
    """Whether two texts are equal, in a time that tells nothing."""
    return compare_digest(sent.encode("utf-8", "surrogateescape"), expected.encode())


# Several upstreams may share a key, and then its variable.
@cache
def throwaway(variable: str) -> str:
    """The credential that a variable holds, which is worth nothing elsewhere."""
    return "".join(secrets.choice(_LETTERS) for _ in range(32))


def _plain(text: str) -> bytes:
    """The bytes behind percent-encoded text."""
    data = text.encode("utf-8", "surrogateescape")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data)


def _encoded(data: bytes) -> str:
    return "".join(
        chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data
    )


def _shape(path: str) -> re.Pattern[str]:
    """A path with a pattern for each of its placeholders."""
    places = re.split(r"\{[^{}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, places)))
