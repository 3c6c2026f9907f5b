"""How many calls each caller may make: a token bucket for each, in this process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from .safeguards import Rate

#: Callers that are remembered; of more, the one that has been silent longest is forgotten.
MOST: Final = 10_000


class CallerLimits:
    """All of a rate may be used at once; it comes back evenly."""

    def __init__(
        self,
        rate: Rate,
        clock: Callable[[], float] = time.monotonic,
        most: int = MOST,
    ) -> None:
        self._full = float(rate.calls)
        self._per_second = rate.calls / rate.seconds
        self._clock, self._most = clock, most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str) -> float:
        """Take one call; 0, or the seconds until there is one, when nothing is taken."""
        now = self._clock()
        left, since = self._buckets.get(caller, (self._full, now))
        left = min(self._full, left + (now - since) * self._per_second)
        short = max(0.0, 1.0 - left) / self._per_second
        self._buckets[caller] = (left if short else left - 1.0, now)
        self._buckets.move_to_end(caller)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return short

    def __len__(self) -> int:
        return len(self._buckets)
