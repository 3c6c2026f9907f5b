"""A bound on what a process may ask for, so that a test fails before the machine does."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: What a build may need beside what the tests themselves hold.
ROOM = 768 * 1024 * 1024


@contextmanager
def limited(room: int = ROOM) -> Iterator[None]:
    """Raise MemoryError within when the process grows by more than ``room`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + room, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
