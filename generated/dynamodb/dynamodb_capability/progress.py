"""How far a call of several steps has come, for whoever wants to know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias

#: Is told how much is done, of how much in all, and what was done last.
Report: TypeAlias = Callable[[float, float, str], Awaitable[None]]

_REPORT: Final[ContextVar[Report | None]] = ContextVar("report", default=None)


async def progress(done: float, total: float, message: str) -> None:
    """Report progress of the current call; nothing happens when nobody wants to know."""
    report = _REPORT.get()
    if report is not None:
        await report(done, total, message)


@contextmanager
def reporting(report: Report) -> Iterator[None]:
    """While it is open, `report` is told of the progress of calls that are made in it."""
    token = _REPORT.set(report)
    try:
        yield
    finally:
        _REPORT.reset(token)
