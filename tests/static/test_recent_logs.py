"""The last lines of the log: bounded, and without secrets."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

import pytest

from static import recent_logs
from static.environment import Secret
from static.recent_logs import LINES, RecentLogs, secrets_of
from static.running import duration


@dataclass
class Settings:
    name: str
    token: Secret
    other: Secret | None


def record(message: str, level: int = logging.INFO, *args: object) -> logging.LogRecord:
    return logging.LogRecord("test", level, "f.py", 1, message, args, None)


def test_secrets_are_blotted_out() -> None:
    found = secrets_of(Settings("plain", Secret("tok-12345"), None))
    assert found == ["tok-12345"]
    logs = RecentLogs(found)
    logs.emit(record("a %s b", logging.INFO, "tok-12345"))
    (line,) = logs.lines("DEBUG", 10)
    assert line["message"] == "a *** b"
    assert secrets_of("nothing") == []


def test_lines_are_bounded() -> None:
    logs = RecentLogs()
    for number in range(LINES + 10):
        logs.emit(record(f"{number} {'x' * 5000}"))
    lines = logs.lines("DEBUG", LINES)
    assert len(lines) == LINES
    assert str(lines[-1]["message"]).startswith(f"{LINES + 9} ")
    assert max(len(str(line["message"])) for line in lines) == 2000
    assert logs.lines("DEBUG", 0) == []


def test_lines_can_be_read_while_others_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    logs = RecentLogs()
    logs.emit(record("first"))

    def rank(line: object) -> int:
        logs.emit(record("of another thread"))
        return 0

    monkeypatch.setattr(recent_logs, "_rank", rank)
    assert [line["message"] for line in logs.lines("DEBUG", 10)] == ["first"]


def test_levels() -> None:
    logs = RecentLogs()
    logs.emit(record("low", logging.DEBUG))
    logs.emit(record("high", logging.ERROR))
    assert [line["message"] for line in logs.lines("WARNING", 10)] == ["high"]


def test_who_follows_gets_new_lines_and_the_end() -> None:
    async def main() -> list[object]:
        logs = RecentLogs()
        logs.emit(record("before"))
        queue = logs.follow()
        assert logs.followers == 1
        logs.emit(record("after"))
        first = await asyncio.wait_for(queue.get(), 5)
        for number in range(1000):
            logs.emit(record(str(number)))
        await asyncio.sleep(0)
        logs.end()
        rest = [queue.get_nowait() for _ in range(queue.qsize())]
        logs.leave(queue)
        assert logs.followers == 0
        assert first is not None
        return [first["message"], len(rest), rest[-1]]

    assert asyncio.run(main()) == ["after", 200, None]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "PT0S"),
        (62.345, "PT1M2.345S"),
        (3600, "PT1H"),
        (3601, "PT1H1S"),
        (0.5, "PT0.5S"),
    ],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text
