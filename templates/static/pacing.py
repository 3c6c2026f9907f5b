"""When a call with a key may be made: nonces, pauses, budgets and a breaker.

Everything here is for one event loop: nothing blocks, nothing needs a lock.
Clocks are in seconds unless stated otherwise, and can be replaced in tests.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from .errors import CallError

Clock = Callable[[], float]

# Longest pause that an answer of the provider can cause: a nonsensical time in an
# answer must not switch the service off for days.
LONGEST_PAUSE = 900.0

_ADVICE = {
    "credentials": "it keeps refusing the API key or the signature; "
    "check the key and the secret, then restart",
    "nonce": "it keeps refusing the nonce; something else uses this API key, or the "
    "clock was put back: give this service a key of its own, then restart",
    "lockout": "it has locked the API key out; check the key and the secret, and wait",
}


@dataclass(frozen=True, slots=True)
class CounterLimits:
    """A provider's call counter: its ceiling, and how much it loses each second."""

    maximum: float
    decay: float

    @property
    def recovery(self) -> float:
        """Seconds until a full counter is empty again."""
        return self.maximum / self.decay


def clock_skew(date: str | None, clock: Clock = time.time) -> str:
    """What to do about a clock, by the Date of an answer (RFC 9110, section 6.6.1)."""
    try:
        seconds = parsedate_to_datetime(date or "").timestamp() - clock()
    except (ValueError, OverflowError):
        return "set the clock of this machine"
    if abs(seconds) < 2:
        return "the clock of this machine agrees with it by now"
    side = "behind" if seconds > 0 else "ahead of"
    return f"the clock of this machine is {abs(seconds):.0f} s {side} its own; set it"


class NonceSource:
    """Strictly increasing nonces: the time since the epoch, or the last plus one.

    `unit` is in nanoseconds. It is 1 where a provider leaves the choice: a smaller
    nonce is never accepted again once a key was used with a larger one, and
    nanoseconds are the largest in common use.
    """

    def __init__(self, unit: int = 1, clock: Callable[[], int] = time.time_ns) -> None:
        self._unit = unit
        self._clock = clock
        self._last = 0

    def take(self) -> str:
        self._last = max(self._clock() // self._unit, self._last + 1)
        return str(self._last)


class Pause:
    """A time until which no call is made, because the provider asked for it."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._until = float("-inf")
        self.calm = True  # No pause was asked for: nothing to look up.

    def hold(self, seconds: float) -> None:
        """Pause for `seconds` from now; never shortens a pause."""
        pause = min(seconds, LONGEST_PAUSE)
        self.calm = False
        self._until = max(self._until, self._clock() + pause)

    def remaining(self) -> float:
        rest = max(0.0, self._until - self._clock())
        self.calm = not rest
        return rest


class TokenBucket:
    """Our copy of the provider's call counter, to stay below its ceiling."""

    def __init__(self, limits: CounterLimits, clock: Clock = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._level = 0.0
        self._at = clock()

    def wait(self, cost: float) -> float:
        """0, or the seconds until a call fits.

        A cost above the ceiling counts as the ceiling, or such a call could never be
        made.
        """
        now = self._clock()
        lost = (now - self._at) * self._limits.decay
        self._level = max(0.0, self._level - lost)
        self._at = now
        level = self._level + min(cost, self._limits.maximum)
        excess = level - self._limits.maximum
        return excess / self._limits.decay if excess > 1e-9 else 0.0

    def spend(self, cost: float) -> float:
        """Count a call; returns 0, or the seconds to wait when it does not fit.

        A call that does not fit is not counted.
        """
        wait = self.wait(cost)
        if not wait:
            self._level += min(cost, self._limits.maximum)
        return wait


class Breaker:
    """Stops calls before repeated refusals get the key banned.

    `threshold` refusals in a row (credentials, nonce, lockout) stop all calls for
    `cool_off` seconds, a lockout at once for `lockout` seconds. After that a single
    call is let through: its outcome decides whether calls go on.
    """

    def __init__(
        self,
        host: str,
        *,
        threshold: int = 5,
        cool_off: float = 60.0,
        lockout: float = 900.0,
        clock: Clock = time.monotonic,
    ) -> None:
        self._host = host
        self._threshold = threshold
        self._cool_off = cool_off
        self._lockout = lockout
        self._clock = clock
        self._refusals = 0
        self._until: float | None = None
        self._kind = "credentials"
        self._probing = False
        self.calm = True  # No refusal since the last success: nothing to decide.

    def obstacle(self) -> str | None:
        """Why no call is made now, or None; the time until the probe included."""
        if self._until is None or self._clock() >= self._until:
            return None
        return f"calls to {self._host} are stopped: {_ADVICE[self._kind]}"

    def check(self) -> None:
        """Raise CallError (503 calls_stopped) while calls are stopped."""
        reason = self.obstacle()
        if reason is not None and self._until is not None:
            raise CallError(
                503,
                "calls_stopped",
                reason,
                retry_after=self._until - self._clock(),
            )

    def admit(self) -> None:
        """Like `check`, and after a stop lets one call through at a time.

        Each call that was admitted reports by `accepted`, `refused` or `undecided`.
        """
        if self._until is None:
            return
        self.check()
        if self._probing:
            raise CallError(
                503,
                "calls_stopped",
                f"calls to {self._host} are stopped: one call finds out "
                "whether they can go on",
                retry_after=1.0,
            )
        self._probing = True

    def accepted(self) -> None:
        """The provider took the key, the signature and the nonce."""
        self._refusals = 0
        self._probing = False
        if self._until is not None and self._clock() >= self._until:
            self._until = None
        self.calm = self._until is None

    def undecided(self) -> None:
        """The call ended without a word on the key: an outage, a cancellation."""
        self._probing = False

    def refused(self, kind: str) -> bool:
        """Count a refusal; returns whether calls are stopped now."""
        self._refusals += 1
        self.calm = False
        probe = self._probing
        self._probing = False
        stop = self._lockout if kind == "lockout" else self._cool_off
        if kind == "lockout" or probe or self._refusals >= self._threshold:
            self._until = max(self._until or 0.0, self._clock() + stop)
            self._kind = kind
        return self.obstacle() is not None
