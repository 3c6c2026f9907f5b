"""The throw-away credentials of a sandbox, and the nonces that were used with them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

MAX_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Credential:
    """Where the package looks for a credential of the scheme, and how it is written."""

    role: str
    variable: str
    form: str = "none"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A private key in PEM form, the check of a signature over data, and its fingerprint."""

    private: str = field(repr=False)
    verify: Callable[[bytes, bytes], bool]
    fingerprint: str = ""


@dataclass(slots=True)
class Nonces:
    """The nonces of one key."""

    ordered: bool
    highest: int = -1
    seen: dict[str, None] = field(default_factory=dict)

    def take(self, nonce: str) -> bool:
        """Use a nonce up; False when it is spent or, in an ordered scheme, too low."""
        if self.ordered:
            if not nonce.isdecimal() or int(nonce) <= self.highest:
                return False
            self.highest = int(nonce)
            return True
        if nonce in self.seen:
            return False
        self.seen[nonce] = None
        if len(self.seen) > MAX_REMEMBERED:
            del self.seen[next(iter(self.seen))]
        return True


def decoded(text: str, form: str) -> bytes:
    """The bytes of a secret that is written in this form."""
    if form == "hex":
        return bytes.fromhex(text)
    if form == "base64":
        return base64.b64decode(text)
    if form == "base64url":
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return text.encode()
