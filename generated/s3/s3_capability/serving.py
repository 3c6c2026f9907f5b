"""Running the sites of a capability in one event loop, from bind to drain.

aiohttp is imported when there is something to serve, not before: `stdio` and the
parent of several workers do without it.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from .listening import CannotServe, bind, host_header, port_of

if TYPE_CHECKING:
    from aiohttp import web

ResultT = TypeVar("ResultT")

BACKLOG: Final = 1024
SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Site:
    """One HTTP adapter: where it listens, and what makes its application.

    `build` and `line`, which tells about it, get the port, which is the real one
    when `port` is 0.
    """

    kind: Literal["rest", "mcp", "skill", "control"]
    host: str
    port: int
    build: Callable[[int], Awaitable[web.Application]]
    line: Callable[[int], str]


async def serve_sites(
    sites: Sequence[Site],
    *,
    drain_timeout: float,
    reuse_port: bool = False,
    announce: Callable[[str], None] | None = None,
    listening: Callable[[], None] | None = None,
    stop: asyncio.Event | None = None,
) -> None:
    """Listen on all sites until SIGTERM, SIGINT or `stop`; then drain them.

    All ports are taken first, so that a conflict shows before anything is slow. Then
    REST sites begin to answer, and MCP sites follow, whose SDK takes longer to
    import than everything else together. `announce` gets one line for each site,
    `listening` is called when all of them answer. After the signal no connection is
    accepted, and requests in flight have `drain_timeout` seconds.

    Raises CannotServe when a site cannot listen.
    """
    stop = asyncio.Event() if stop is None else stop
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, _begin_stop, loop, stop)
    bound: list[tuple[Site, list[socket.socket]]] = []
    runners: list[web.AppRunner] = []
    try:
        for site in sorted(sites, key=lambda site: site.kind == "mcp"):
            bound.append((site, bind(site.host, site.port, reuse_port)))
        for site, sockets in bound:
            start = _start(site, sockets, drain_timeout)
            runner = await _unless_stopped(start, stop)
            if runner is None:
                return
            runners.append(runner)
            if announce is not None:
                announce(site.line(port_of(sockets)))
        settle(any(site.kind == "mcp" for site in sites))
        if listening is not None:
            listening()
        await stop.wait()
    finally:
        await _drain(runners)
        for _, sockets in bound:
            for one in sockets:
                one.close()
        for number in SIGNALS:
            loop.remove_signal_handler(number)


def run_loop(main: Coroutine[Any, Any, ResultT], *, fast: bool) -> ResultT:
    """Run a coroutine; with `fast` on uvloop where that is installed."""
    factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    if fast:
        try:
            # By name, since it is optional: type checkers need not find it either.
            factory = importlib.import_module("uvloop").new_event_loop
        except ImportError:
            factory = None
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(main)


def settle(mcp: bool) -> None:
    """Tune the garbage collector for serving; call it when all is imported.

    What exists by then stays. Without this, each full collection walks all of it
    again in the midst of requests. Calls by REST leave next to no cycles; calls by MCP
    do, and would keep some 10 MB of them without a lower threshold.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000 if mcp else 50_000, 20, 50)


def _begin_stop(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    stop.set()
    # Whoever sends a second signal does not want to wait for the drain.
    for number in SIGNALS:
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL)


async def _unless_stopped(
    work: Coroutine[Any, Any, ResultT], stop: asyncio.Event
) -> ResultT | None:
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait((working,))
    return None if working.cancelled() else working.result()


async def _start(
    site: Site, sockets: Sequence[socket.socket], drain_timeout: float
) -> web.AppRunner:
    from aiohttp import web

    port = port_of(sockets)
    runner = web.AppRunner(
        await site.build(port),
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=drain_timeout,
    )
    try:
        await runner.setup()
        for one in sockets:
            await web.SockSite(runner, one, backlog=BACKLOG).start()
    except BaseException as error:
        await runner.cleanup()
        if isinstance(error, OSError):
            place = host_header(site.host, port)
            message = f"cannot listen on {place}: {error.strerror}"
            raise CannotServe(message) from None
        raise
    return runner


async def _drain(runners: Sequence[web.AppRunner]) -> None:
    if runners:
        from .rest_support import LIFECYCLE

        for runner in runners:
            lifecycle = runner.app.get(LIFECYCLE)
            if lifecycle is not None:
                lifecycle.draining = True
        await asyncio.gather(*(runner.cleanup() for runner in runners))
