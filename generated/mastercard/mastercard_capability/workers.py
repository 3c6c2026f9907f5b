"""Several processes on the same ports: the parent that starts and watches them.

The kernel spreads connections over all sockets of a port that have SO_REUSEPORT.
Parent and worker share a socket pair: the worker writes one byte when it listens,
and reads the end of the stream when its parent is gone.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from .listening import bind

# In the environment of a worker: the number of its end of the socket pair.
MARKER: Final = "CAPABILITY_WORKER_SOCKET"
#: Its number, from 1, and how many workers there are: "2/4".
SHARE: Final = "CAPABILITY_WORKER_SHARE"
KILL_AFTER: Final = 5.0


def reserve(host: str, port: int) -> socket.socket:
    """A bound socket that keeps a port for the workers; CannotServe when taken.

    It never listens, so it gets no connections.
    """
    # With SO_REUSEPORT one can join the port of another server of the same user
    # without noticing. So look without it first.
    for one in bind(host, port):
        one.close()
    first, *others = bind(host, port, reuse_port=True)
    for one in others:
        one.close()
    return first


def parent_socket(environ: Mapping[str, str]) -> socket.socket | None:
    """The worker's end of the socket pair; None in a process that is no worker."""
    number = environ.get(MARKER)
    return None if number is None else socket.socket(fileno=int(number))


def follow_parent(parent: socket.socket, stop: asyncio.Event) -> None:
    """Set `stop` in a worker when its parent ends, however it ended."""
    asyncio.get_running_loop().add_reader(parent, stop.set)


async def supervise(
    command: Sequence[str],
    environment: Mapping[str, str],
    count: int,
    *,
    drain_timeout: float,
    listening: Callable[[], None],
    report: Callable[[str], None],
) -> int:
    """Run `count` workers until SIGTERM or SIGINT, and give the exit status.

    `listening` is called when all of them listen. A worker that ends by itself ends
    everything with status 1: what starts this process knows better when to try
    again.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for caught in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(caught, stop.set)
    ends: list[socket.socket] = []
    workers: list[asyncio.subprocess.Process] = []
    try:
        for number in range(1, count + 1):
            ours, theirs = socket.socketpair()
            ours.setblocking(False)
            ends.append(ours)
            with theirs:
                descriptor = theirs.fileno()
                worker = await asyncio.create_subprocess_exec(
                    *command,
                    env={
                        **environment,
                        MARKER: str(descriptor),
                        SHARE: f"{number}/{count}",
                    },
                    pass_fds=(descriptor,),
                    # A Ctrl-C reaches the parent alone, which passes it on once.
                    process_group=0,
                )
            workers.append(worker)
        exits = [asyncio.create_task(worker.wait()) for worker in workers]
        stopped = asyncio.create_task(stop.wait())
        ready = asyncio.create_task(_all_listen(ends, listening))
        await asyncio.wait((stopped, *exits), return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        stopped.cancel()
        asked = stop.is_set()
        for number, task in enumerate(exits, 1):
            if task.done() and not asked:
                report(f"worker {number} ended with status {task.result()}")
        statuses = await _end(workers, drain_timeout)
        # One that was asked before it could listen to signals ends by the signal.
        ended_well = all(status in (0, -signal.SIGTERM) for status in statuses)
        return 0 if asked and ended_well else 1
    finally:
        for worker in workers:
            if worker.returncode is None:
                worker.kill()
        for end in ends:
            end.close()


async def _all_listen(
    ends: Sequence[socket.socket], listening: Callable[[], None]
) -> None:
    loop = asyncio.get_running_loop()
    for end in ends:
        if not await loop.sock_recv(end, 1):
            return
    listening()


async def _end(
    workers: Sequence[asyncio.subprocess.Process], drain_timeout: float
) -> list[int]:
    for worker in workers:
        if worker.returncode is None:
            worker.terminate()
    waits = [asyncio.create_task(worker.wait()) for worker in workers]
    await asyncio.wait(waits, timeout=2 * drain_timeout + KILL_AFTER)
    for worker in workers:
        if worker.returncode is None:
            worker.kill()
    return await asyncio.gather(*waits)
