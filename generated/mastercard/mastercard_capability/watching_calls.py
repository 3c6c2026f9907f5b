"""Calls of operations, counted for each caller and noted in the audit log.

Made when one of the two is asked for, once for a process.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .audit import AuditLog, Called
from .caller_limits import CallerLimits
from .errors import CallError
from .safeguards import Safeguards


class CallWatch:
    """The audit log and the limits of callers, of which one may be missing."""

    def __init__(self, safeguards: Safeguards) -> None:
        setting = f"{safeguards.prefix}_AUDIT_LOG"
        path, rate = safeguards.audit_log, safeguards.caller_rate
        self._audit = AuditLog(path, setting) if path else None
        self._limits = None if rate is None else CallerLimits(rate)

    def close(self) -> None:
        """Close the audit log."""
        if self._audit is not None:
            self._audit.close()

    @contextmanager
    def call(self, called: Called, origin: str, *, reads: bool) -> Iterator[None]:
        """Around a call by `called.caller`, else by whoever is at the address `origin`.

        Raises CallError before the call: 429 when the caller has made too many; 503
        when the call changes something and could not be noted.
        """
        started = time.perf_counter()
        try:
            self._admit(called.caller or origin, reads)
            yield
        except CallError as error:
            called.outcome = error.status
            raise
        except asyncio.CancelledError:
            called.outcome = "cancelled"
            raise
        finally:
            if self._audit is not None:
                self._audit.write(called, time.perf_counter() - started)

    def refused(self, called: Called, seconds: float) -> None:
        """Note a request by somebody who was not let in."""
        if self._audit is not None:
            self._audit.write(called, seconds)

    def _admit(self, caller: str, reads: bool) -> None:
        wait = 0.0 if self._limits is None else self._limits.take(caller)
        if wait:
            message = "there were too many calls by this caller"
            raise CallError(429, "too_many_calls", message, retry_after=wait)
        if self._audit is not None and self._audit.failing and not reads:
            message = "calls that change something cannot be noted, so none is made"
            raise CallError(503, "audit_unavailable", message)
