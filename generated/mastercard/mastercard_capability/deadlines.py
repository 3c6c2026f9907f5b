"""A time limit for whole calls that costs next to nothing for each call.

A timer for each call would have to be set and cancelled although it hardly ever fires.
Here one timer looks at all running calls now and then, so that a call may take up to a
quarter longer than its limit, but never more than a second longer.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, TypeAlias

Running: TypeAlias = asyncio.Task[Any]


class Deadlines:
    """Ends calls that take longer than `seconds`; 0 for no limit."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._tick = min(1.0, seconds / 4)
        self._started: dict[Running, float] = {}
        self._ended: set[Running] = set()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> Running | None:
        """Count from now for the task that is running; pass the result to `end`."""
        if not self._seconds:
            return None
        task = asyncio.current_task()
        if task is not None:
            self._started[task] = time.monotonic()
            if self._timer is None:
                self._timer = task.get_loop().call_later(self._tick, self._look)
        return task

    def end(self, task: Running | None) -> None:
        """The call is over, however it ended."""
        if task is not None:
            self._started.pop(task, None)

    def exceeded(self, task: Running | None) -> bool:
        """Whether a cancellation that was just caught came from here, and from here alone.

        It is then taken back, so that the task can go on with an error of its own.
        """
        if task is None or task not in self._ended:
            return False
        self._ended.discard(task)
        return task.uncancel() == 0

    def _look(self) -> None:
        self._timer = None
        if not self._started:
            return
        now = time.monotonic()
        for task, started in list(self._started.items()):
            if now - started >= self._seconds:
                del self._started[task]
                self._ended.add(task)
                task.cancel()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._tick, self._look)
