"""The last lines of the log in memory, and who follows them.

Lines hold no secrets by the rules of those who write them. What a library writes is
not bound by these rules, so known secrets are blotted out, and tracebacks left out.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

from .hidden import hidden
from .reply import JsonObject

LINES: Final = 500
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_LENGTH: Final = 2000
# Shorter ones would blot out what is none.
_SECRET: Final = 6
_WAITING: Final = 200


class RecentLogs(logging.Handler):
    """Keeps the last lines; `secrets` are texts that never stand in one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = [text for text in secrets if len(text) >= _SECRET]
        self._lines: deque[JsonObject] = deque(maxlen=LINES)
        self._followers: set[asyncio.Queue[JsonObject | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        # A line that cannot be written is the fault of who wrote it.
        except Exception:  # noqa: BLE001
            self.handleError(record)
            return
        message = hidden(message, self._secrets)
        time = datetime.fromtimestamp(record.created, UTC)
        line: JsonObject = {
            "timestamp": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": message[:_LENGTH],
        }
        self._lines.append(line)
        if self._followers and self._loop is not None:
            self._loop.call_soon_threadsafe(self._tell, line)

    def lines(self, level: str, limit: int) -> Sequence[JsonObject]:
        """The newest `limit` lines of that level and above, the oldest first."""
        least = LEVELS.index(level)
        # A copy, because other threads write lines as well.
        found = [line for line in self._lines.copy() if _rank(line) >= least]
        return found[-limit:] if limit else []

    @property
    def followers(self) -> int:
        return len(self._followers)

    def follow(self) -> asyncio.Queue[JsonObject | None]:
        """New lines as they come, until `leave`; None at the end of all. Who is slow misses some."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[JsonObject | None] = asyncio.Queue(_WAITING)
        self._followers.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[JsonObject | None]) -> None:
        """Give a queue back."""
        self._followers.discard(queue)

    def end(self) -> None:
        """Tell all who follow that nothing comes any more."""
        for queue in self._followers:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    def _tell(self, line: JsonObject) -> None:
        for queue in self._followers:
            if not queue.full():
                queue.put_nowait(line)


def _rank(line: JsonObject) -> int:
    level = line["level"]
    return LEVELS.index(level) if isinstance(level, str) and level in LEVELS else 0
