"""Requests of all kinds, from a seed: what is reserved, what is not ASCII, what is empty."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple
from urllib.parse import quote, urlencode

_CHARACTERS = "aZ09-._~ !#$%&'()*+,/:;=?@[]\\\"<>^`{|}éßЖ日本\u0301🙂\x7f"
_NAMES = ("a", "b", "limit", "prefix", "x-y", "comp")
_METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")


class Request(NamedTuple):
    """One request; ``note`` is the value of a header field."""

    method: str
    segments: list[str]
    pairs: list[tuple[str, str]]
    body: bytes
    note: str

    @property
    def path(self) -> str:
        return "/" + "/".join(quote(text, safe="") for text in self.segments)

    @property
    def query(self) -> str:
        return urlencode(self.pairs, quote_via=quote, safe="")

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.pairs else self.path

    @property
    def plain(self) -> bool:
        """Whether the names of its parameters come once, and need no encoding."""
        names = [name for name, _ in self.pairs]
        return len(set(names)) == len(names) and set(names) <= set(_NAMES)


def requests(count: int, seed: int = 4) -> Iterator[Request]:
    """``count`` requests, the same for each seed."""
    random = Random(seed)

    def text(least: int = 0) -> str:
        size = random.randint(least, 10)
        return "".join(random.choice(_CHARACTERS) for _ in range(size))

    for _ in range(count):
        named = random.random() < 0.5
        names = random.sample(_NAMES, random.randint(0, 4))
        if not named:
            names = [text(1) for _ in names]
            # Some parameters come again.
            names += names[:1]
        method = random.choice(_METHODS)
        body = random.randbytes(random.choice((0, 1, 30))) if method != "GET" else b""
        segments = [text(1) for _ in range(random.randint(0, 3))]
        yield Request(
            method,
            [s for s in segments if s not in (".", "..")],
            [(name, text()) for name in names],
            body,
            text().replace("\x7f", "").strip(),
        )
