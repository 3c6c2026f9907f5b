"""Nonces that go on increasing after a restart, although the clock was put back.

For each key a folder has one file, named after a fingerprint of the key, that holds a
nonce which none given out before it exceeds. It is written ahead of what is given out,
once for many nonces, and exactly when the process ends in order.
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .environment import SettingsError
from .errors import CallError
from .numbered_keys import STATE_DIR

log = logging.getLogger(__name__)

#: How far ahead of the nonces the file is, in nanoseconds: one write for so much time.
AHEAD: Final = 10_000_000_000


class StoredNonces:
    """Like `NonceSource`, with the folder `folder` to remember the nonces of one key.

    Holds a lock until `close`: of two processes with one key, the second is refused.
    Raises SettingsError, with `name` for the key, when the folder cannot be used.
    """

    def __init__(
        self,
        folder: str,
        fingerprint: str,
        name: str,
        unit: int = 1,
        clock: Callable[[], int] = time.time_ns,
    ) -> None:
        self._path = Path(folder, f"{fingerprint}.nonce")
        self._unit = unit
        self._clock = clock
        self._ahead = max(AHEAD // unit, 1)
        try:
            self._lock = _locked(self._path.with_suffix(".lock"), name)
            self._last = _read(self._path)
            _write(self._path, self._last)
        except OSError as error:
            raise _refused(f"cannot be used: {error.strerror}") from None
        self._reserved = self._last

    def take(self) -> str:
        """The next nonce. CallError 503 nonces_unavailable if it cannot be reserved."""
        nonce = max(self._clock() // self._unit, self._last + 1)
        if nonce > self._reserved:
            try:
                _write(self._path, nonce + self._ahead)
            except OSError as error:
                log.error("nonces cannot be written: %s", error.strerror)
                raise CallError(
                    503,
                    "nonces_unavailable",
                    "the nonces of the key cannot be written, so nothing was sent",
                    retry_after=1.0,
                ) from None
            self._reserved = nonce + self._ahead
        self._last = nonce
        return str(nonce)

    async def close(self) -> None:
        """Write down the last nonce exactly, and let go of the key."""
        try:
            _write(self._path, self._last)
        except OSError as error:
            # What was reserved stands there still, which is as good.
            log.warning("the last nonce cannot be written: %s", error.strerror)
        os.close(self._lock)


def _locked(path: Path, name: str) -> int:
    """A descriptor that holds the lock of `path`; it ends with the process at the latest."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise _refused(f"another process counts the nonces of {name} there") from None
    return descriptor


def _read(path: Path) -> int:
    try:
        text = path.read_text("ascii").strip()
    except FileNotFoundError:
        return 0
    except ValueError:
        text = ""
    if not text.isdecimal() or len(text) > 20:
        raise _refused(f"{path.name} holds no nonce")
    return int(text)


def _write(path: Path, nonce: int) -> None:
    """Replace the file as a whole: whatever happens, it holds the old or the new nonce."""
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(f"{nonce}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refused(problem: str) -> SettingsError:
    return SettingsError([f"{STATE_DIR}: {problem}"])
