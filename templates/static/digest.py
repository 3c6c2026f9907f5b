"""Digest access authentication (RFC 7616, and RFC 2069 where no qop is offered): the client."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from .environment import Secret

# Strongest first; what a server offers besides is not answered.
_ALGORITHMS = {"SHA-512-256": "sha512_256", "SHA-256": "sha256", "MD5": "md5"}
_TOKEN = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"
_PIECE = re.compile(rf'({_TOKEN})(?:\s*=\s*("(?:[^"\\]|\\.)*"|{_TOKEN}))?')


@dataclass(slots=True)
class Challenge:
    """What a server asks for, and how often its nonce was used.

    `realm`, `nonce` and `opaque` are as they stand between their quotation marks.
    """

    realm: str
    nonce: str
    opaque: str | None
    algorithm: str | None
    qop: str | None
    userhash: bool
    stale: bool
    cnonce: str = field(default_factory=lambda: secrets.token_hex(16))
    count: int = 0

    def authorize(
        self, user: Secret, password: Secret, method: str, target: str, body: bytes
    ) -> str:
        """The Authorization header of the next request with this nonce.

        `target` is path and query exactly as they are sent.
        """
        self.count += 1
        name, account = self.algorithm or "MD5", user.reveal()
        session = name.lower().endswith("-sess")
        first = _hash(name, f"{account}:{self.realm}:{password.reveal()}")
        if session:
            first = _hash(name, f"{first}:{self.nonce}:{self.cnonce}")
        second = f"{method}:{target}"
        if self.qop == "auth-int":
            second += f":{_hash(name, body)}"
        count = f"{self.count:08x}"
        middle = f"{self.nonce}"
        if self.qop is not None:
            middle += f":{count}:{self.cnonce}:{self.qop}"
        response = _hash(name, f"{first}:{middle}:{_hash(name, second)}")
        parts = [
            *self._account(name, account),
            f'realm="{self.realm}"',
            f'nonce="{self.nonce}"',
            f'uri="{target}"',
            f'response="{response}"',
        ]
        if self.algorithm is not None:
            parts.append(f"algorithm={self.algorithm}")
        if self.opaque is not None:
            parts.append(f'opaque="{self.opaque}"')
        if self.qop is not None:
            parts.append(f"qop={self.qop}, nc={count}")
        if self.qop is not None or session:
            parts.append(f'cnonce="{self.cnonce}"')
        if self.userhash:
            parts.append("userhash=true")
        return "Digest " + ", ".join(parts)

    def _account(self, name: str, account: str) -> Iterator[str]:
        if self.userhash:
            yield f'username="{_hash(name, f"{account}:{self.realm}")}"'
        elif account.isascii():
            escaped = account.replace("\\", "\\\\").replace('"', '\\"')
            yield f'username="{escaped}"'
        else:
            yield f"username*=UTF-8''{quote(account, safe='')}"


def choose(headers: Iterable[str]) -> Challenge | None:
    """The strongest challenge of the WWW-Authenticate headers that can be answered."""
    found = [challenge for header in headers for challenge in _read(header)]
    return min(found, key=_rank, default=None)


def _rank(challenge: Challenge) -> int:
    return list(_ALGORITHMS).index(_plain(challenge.algorithm or "MD5"))


def _plain(algorithm: str) -> str:
    upper = algorithm.upper()
    return upper.removesuffix("-SESS")


def _read(header: str) -> Iterator[Challenge]:
    for scheme, values in _schemes(header):
        if scheme != "digest" or "nonce" not in values or "realm" not in values:
            continue
        if not all(map(_writable, values.values())):
            continue
        algorithm = values.get("algorithm")
        if not _usable(algorithm or "MD5"):
            continue
        offered = values.get("qop")
        qop = None
        if offered is not None:
            words = [word.strip().lower() for word in offered.split(",")]
            qop = next((q for q in ("auth", "auth-int") if q in words), None)
            if qop is None:
                continue
        yield Challenge(
            values["realm"],
            values["nonce"],
            values.get("opaque"),
            algorithm,
            qop,
            values.get("userhash", "").lower() == "true",
            values.get("stale", "").lower() == "true",
        )


def _schemes(header: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each scheme in lower case with its parameters: a word without a value begins one."""
    scheme, values = "", dict[str, str]()
    for name, value in _PIECE.findall(header):
        if value:
            quoted = value[0] == '"'
            values.setdefault(name.lower(), value[1:-1] if quoted else value)
            continue
        yield scheme, values
        scheme, values = name.lower(), {}
    yield scheme, values


def _writable(value: str) -> bool:
    """Whether a value can be sent back: bytes that are no UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _usable(algorithm: str) -> bool:
    name = _ALGORITHMS.get(_plain(algorithm))
    return name is not None and name in hashlib.algorithms_available


def _hash(algorithm: str, data: str | bytes) -> str:
    name = _ALGORITHMS[_plain(algorithm)]
    content = data if isinstance(data, bytes) else data.encode()
    return hashlib.new(name, content, usedforsecurity=False).hexdigest()
