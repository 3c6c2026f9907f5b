"""Jobs done by several processes, their results in the order of the jobs.

Each worker is a fork of this process and has a pipe of its own, over which it gets one job after
the other. It leaves when the pipe is closed, so never in the middle of a job: a run that is
interrupted, or killed, leaves whole packages only. A worker that dies takes no other job with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: Seconds that a worker has to finish its job after an interrupt.
_GRACE = 10.0


#: Fewer jobs than these are not worth a process.
_WORTH = 8


def workers_for(jobs: int, most: int | None) -> int:
    """How many processes to use for so many jobs: ``most``, or as many as there are cores."""
    if not hasattr(os, "fork"):
        return 1
    return min(most or len(os.sched_getaffinity(0)), jobs // _WORTH)


def each(
    work: Callable[[T], R], jobs: Sequence[T], workers: int, lost: Callable[[T, str], R]
) -> Generator[R, None, None]:
    """``work(job)`` for each job; ``lost`` makes the result of one whose worker has died.

    With fewer than two workers all of it happens in this process.
    """
    if workers < 2:
        yield from map(work, jobs)
        return
    pool = _Pool(work, lost, deque(enumerate(jobs)))
    done: dict[int, R] = {}
    try:
        for _ in range(workers):
            pool.start()
        for number in range(len(jobs)):
            while number not in done:
                done.update(pool.results())
            yield done.pop(number)
    finally:
        pool.end()


@dataclass(slots=True)
class _Pool(Generic[T, R]):
    work: Callable[[T], R]
    lost: Callable[[T, str], R]
    waiting: deque[tuple[int, T]]
    workers: dict[Connection, ForkProcess] = field(default_factory=dict)
    busy: dict[Connection, tuple[int, T]] = field(default_factory=dict)

    def start(self) -> None:
        """Fork a worker and give it its first job."""
        if not self.waiting:
            return
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, [ours, *self.workers], self.work)
        )
        # An interrupt that reaches the worker before it ignores them would end it loudly.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.workers[ours] = process
        self._give(ours)

    def results(self) -> Iterator[tuple[int, R]]:
        """Results as soon as there are some, with the number of the job."""
        for pipe in wait(list(self.busy)):
            assert isinstance(pipe, Connection)
            number, job = self.busy.pop(pipe)
            try:
                result: R = pipe.recv()
            except (EOFError, OSError):
                yield number, self.lost(job, self._died(pipe))
                self.start()
            else:
                self._give(pipe)
                yield number, result

    def end(self) -> None:
        """Let every worker finish the job that it is at, and go."""
        for pipe in self.workers:
            pipe.close()
        for process in self.workers.values():
            process.join(_GRACE)
            if process.is_alive():
                process.kill()
                process.join()

    def _give(self, pipe: Connection) -> None:
        if not self.waiting:
            return
        self.busy[pipe] = self.waiting.popleft()
        # A worker that is gone already is noticed by who waits for its result.
        with contextlib.suppress(OSError):
            pipe.send(self.busy[pipe][1])

    def _died(self, pipe: Connection) -> str:
        process = self.workers.pop(pipe)
        pipe.close()
        process.join()
        code = process.exitcode or 0
        if code >= 0:
            return f"its process has ended with status {code}"
        return f"its process was ended by {signal.Signals(-code).name}"


def _serve(
    pipe: Connection, others: Sequence[Connection], work: Callable[[T], R]
) -> None:
    # A terminal sends its interrupt to every process: who waits for us decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    for other in others:
        other.close()  # With a copy of its other end here, no pipe would ever end.
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(work(pipe.recv()))
