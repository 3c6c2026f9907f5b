"""The audit log: one line of JSON for each call of an operation.

It holds the names of arguments that the contract has, never a value and nothing that a
caller has made up. Each line is one write to a file that is open for appending, so that
lines of several processes never mix; a file that was moved away is opened anew.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from .environment import SettingsError

STDERR: Final = 2
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Called:
    """A call; `target` is the route, the tool or what else was called, by its `kind`.

    `outcome` is the HTTP status, or a word, once it has ended.
    """

    adapter: str
    kind: str
    target: str
    operation: str
    caller: str = ""
    request_id: str = ""
    arguments: Sequence[str] = ()
    outcome: str | int = "error"


class AuditLog:
    """Writes lines to a file, or to stderr for `-`. Raises SettingsError, naming `setting`.

    After a line that could not be written, `failing` is true until one is written.
    """

    def __init__(self, path: str, setting: str) -> None:
        self._path = "" if path == "-" else path
        self._file = STDERR
        self.failing = False
        if self._path:
            try:
                self._file = self._opened()
            except OSError as error:
                reason = f"{setting}: the file cannot be opened ({error.strerror})"
                raise SettingsError((reason,)) from None

    def write(self, called: Called, seconds: float) -> None:
        """Add the line of a call that has ended."""
        key = "status" if isinstance(called.outcome, int) else "outcome"
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        document: dict[str, object] = {
            "time": now.replace("+00:00", "Z"),
            "request_id": called.request_id,
            "adapter": called.adapter,
            called.kind: called.target,
            "operation": called.operation,
            "arguments": list(called.arguments),
            key: called.outcome,
            "duration_ms": round(seconds * 1000, 1),
        }
        if called.caller:
            document["caller"] = called.caller
        line = json.dumps(document, ensure_ascii=True).encode() + b"\n"
        try:
            self._append(line)
        except OSError as error:
            if not self.failing:
                _log.error("the audit log cannot be written: %s", error.strerror)
            self.failing = True
        else:
            self.failing = False

    def close(self) -> None:
        """Close the file."""
        if self._path and self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _append(self, line: bytes) -> None:
        if self._path:
            self._follow()
        if os.write(self._file, line) != len(line):
            raise OSError(0, "a line was cut short")

    def _follow(self) -> None:
        """Open the file anew when another one, or none, has its name."""
        held = os.fstat(self._file)
        with suppress(FileNotFoundError):
            named = os.stat(self._path)
            if (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino):
                return
        new = self._opened()
        os.close(self._file)
        self._file = new

    def _opened(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        return os.open(self._path, flags, 0o600)
