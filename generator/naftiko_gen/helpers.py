"""Two forked processes that get ready while the parent still reads and renders.

They exist for one job, black, which costs more than all the rest of a build: its import overlaps
with the stages before it, and two of them share the files. Where a process cannot be forked, and
whenever a helper fails, the parent does the work itself: helpers change when a result is there,
never which.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import BinaryIO, TypeAlias

Files: TypeAlias = Mapping[str, bytes]


class Helpers:
    """``prepare`` runs in the first helper before the second is forked from it."""

    def __init__(
        self, prepare: Callable[[], object], work: Callable[[Files], Files]
    ) -> None:
        self._pids: list[int] = []
        self._pipes: list[tuple[BinaryIO, BinaryIO]] = []
        ends = [(os.pipe(), os.pipe()) for _ in range(2)]
        pid = os.fork()
        if pid == 0:
            _child(ends, prepare, work)
        self._pids.append(pid)
        for (job_read, job_write), (done_read, done_write) in ends:
            os.close(job_read)
            os.close(done_write)
            self._pipes.append((os.fdopen(job_write, "wb"), os.fdopen(done_read, "rb")))

    def share(self, files: Files) -> dict[str, bytes] | None:
        """The work on all ``files``, about half of it in each helper; None when one failed."""
        halves: list[dict[str, bytes]] = [{}, {}]
        sizes = [0, 0]
        for path in sorted(files, key=lambda path: -len(files[path])):
            half = sizes[1] < sizes[0]
            halves[half][path] = files[path]
            sizes[half] += len(files[path])
        result: dict[str, bytes] = {}
        try:
            for (jobs, _), part in zip(self._pipes, halves, strict=True):
                pickle.dump(part, jobs)
                jobs.flush()
            for _, done in self._pipes:
                result.update(pickle.load(done))
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return result

    def close(self) -> None:
        """End the helpers, whatever they are doing."""
        for pipes in self._pipes:
            for pipe in pipes:
                with suppress(OSError):
                    pipe.close()
        for pid in self._pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        self._pids, self._pipes = [], []


def available() -> bool:
    """Whether helpers can be forked and would have a processor to run on."""
    return (
        hasattr(os, "fork")
        and threading.active_count() == 1
        and (os.cpu_count() or 1) > 1
    )


def _child(
    ends: list[tuple[tuple[int, int], tuple[int, int]]],
    prepare: Callable[[], object],
    work: Callable[[Files], Files],
) -> None:
    # Never returns into the parent's code, and never runs its exit handlers.
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for (_, job_write), (done_read, _) in ends:
            os.close(job_write)
            os.close(done_read)
        prepare()
        mine, other = (ends[0], ends[1]) if os.fork() else (ends[1], ends[0])
        os.close(other[0][0])
        os.close(other[1][1])
        with os.fdopen(mine[0][0], "rb") as jobs, os.fdopen(mine[1][1], "wb") as done:
            pickle.dump(work(pickle.load(jobs)), done)
    except BaseException:  # noqa: BLE001  # The parent sees the end of the pipe.
        os._exit(1)
    os._exit(0)
