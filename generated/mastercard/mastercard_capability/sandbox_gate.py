"""What a sandbox answers before a request counts as a call: challenges and tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from .reply import JsonValue


class Held(NamedTuple):
    """An answer in the place of a call."""

    status: int
    document: JsonValue
    headers: Mapping[str, str]


class Gate(Protocol):
    """What stands before the operations of a provider."""

    @property
    def paths(self) -> Mapping[str, str]:
        """Settings that must point at a path of this server."""

    def answer(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> Held | None:
        """The answer to a request that is no call yet, else None."""
