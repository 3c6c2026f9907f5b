"""Runs one Python script in a process of its own; `scripts` starts it as a program.

It reads one JSON document from standard input: `files` ([path, name] pairs, in order), `context`,
`statements` (a limit of executed lines), `memory` (bytes) and `seconds`. It writes one: `result`
(absent when the script assigns none) or `error`.
"""

from __future__ import annotations

import json
import math
import os
import sys
from types import CodeType, FrameType
from typing import Any

_LARGEST = 2**63
_DEEPEST = 100


class _TooMany(BaseException):
    """Not an Exception, so that no `except Exception` of a script keeps it."""


class _Counter:
    """Counts the lines that are executed in the files of the script."""

    def __init__(self, limit: int, names: frozenset[str]) -> None:
        self._left = limit
        self._limit = limit
        self._names = names

    def __call__(self, frame: FrameType, event: str, argument: object) -> Any:
        return self._line if frame.f_code.co_filename in self._names else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:
        if event == "line":
            self._left -= 1
            if self._left < 0:
                raise _TooMany(f"exceeded the statement limit ({self._limit})")
        return self._line


def as_json(value: object, depth: int = 0) -> Any:
    """A result as JSON. Raises TypeError or ValueError for what JSON has no value for."""
    if depth > _DEEPEST:
        raise ValueError(f"the result is nested more than {_DEEPEST} deep")
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | float):
        number = float(value) if abs(value) >= _LARGEST else value
        if not math.isfinite(number):
            raise ValueError(f"the result holds {number}, which JSON has no value for")
        return number
    if isinstance(value, list | tuple):
        return [as_json(item, depth + 1) for item in value]
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                kind = type(key).__name__
                raise TypeError(f"the result has a key of type {kind}, not a text")
        return {key: as_json(item, depth + 1) for key, item in value.items()}
    raise TypeError(
        f"the result holds a {type(value).__name__}, which is no JSON value"
    )


def run(job: dict[str, Any]) -> dict[str, Any]:
    """The answer to one job."""
    names = frozenset(name for _, name in job["files"])
    scope: dict[str, Any] = {"__name__": "script", "context": job["context"]}
    try:
        programs: list[CodeType] = []
        for path, name in job["files"]:
            with open(path, encoding="utf-8") as stream:
                programs.append(compile(stream.read(), name, "exec", dont_inherit=True))
        _limit(job["memory"], job["seconds"])
        sys.settrace(_Counter(job["statements"], names))
        try:
            for program in programs:
                exec(program, scope)  # noqa: S102 - what this program is for
        finally:
            sys.settrace(None)
        return {"result": as_json(scope["result"])} if "result" in scope else {}
    except _TooMany as error:
        return {"limit": str(error)}
    except MemoryError:
        return {"limit": "exceeded the memory limit"}
    except BaseException as error:  # noqa: BLE001 - a script may raise anything
        return {"error": f"{type(error).__name__}: {error}{_line_of(error, names)}"}


def _line_of(error: BaseException, names: frozenset[str]) -> str:
    place = ""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in names:
            place = f" ({trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno})"
        trace = trace.tb_next
    return place


def _limit(memory: int, seconds: float) -> None:
    try:
        import resource
    except (
        ImportError
    ):  # Not on Windows, where the parent's time limit is the only one.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    cpu = math.ceil(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))


def main() -> None:
    """Do the one job on standard input."""
    job = json.load(sys.stdin)
    # What a script prints is not the answer.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    json.dump(run(job), answer)
    answer.close()
    os._exit(0)


if __name__ == "__main__":
    main()
