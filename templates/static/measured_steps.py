"""How long the steps of flows take, told to whoever has asked for it.

The functions are those of `observed_steps`, for packages that make no spans.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Final

from .reply import JsonValue, Reply

#: Who is told of each step: its kind, the namespace that it calls, its seconds.
TOLD: Final[list[Callable[[str, str, float], None]]] = []


async def observed_call(
    number: int, called: str, namespace: str, call: Awaitable[Reply]
) -> Reply:
    """The answer of an upstream to a step."""
    with _timed("call", namespace):
        return await call


@contextmanager
def observed_lookup(number: int, match: str) -> Iterator[None]:
    """Measure a lookup."""
    with _timed("lookup", "unknown"):
        yield


async def observed_script(
    number: int, file: str, language: str, work: Awaitable[JsonValue]
) -> JsonValue:
    """What the script of a step gives."""
    with _timed("script", "unknown"):
        return await work


@contextmanager
def _timed(kind: str, namespace: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        for tell in TOLD:
            tell(kind, namespace, time.perf_counter() - started)
