"""What signs a call: it makes the final target, the exact body and the headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from .encoding import Content
from .reply import JsonValue

#: Nanoseconds since the epoch.
Clock = Callable[[], int]


class Signed(NamedTuple):
    """A request as it is sent: not a byte of it may change any more.

    `target` is path and query, `data` None for no body; `headers` come in addition to
    those that were there before, and win over them.
    """

    target: str
    data: bytes | None
    headers: Mapping[str, str]


class Signer(Protocol):
    """Signs the calls to one upstream with one key."""

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """The request to send; `target` is path and query, percent-encoded.

        Raises CallError (400 invalid_input) for a body that cannot be written, or
        that holds a field which the scheme fills in.
        """
