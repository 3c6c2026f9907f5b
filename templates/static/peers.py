"""Metrics and traces of all workers of a server, whichever of them is asked.

A request reaches any worker. So each listens at a socket in a folder that the parent
made, readable by its user alone, and tells what it has measured; who is asked adds it up.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from aiohttp import web

from .metrics import Snapshot, snapshot
from .reply import JsonObject
from .telemetry import FAMILIES

#: The folder of the sockets, told to the workers; nothing when there is one process.
VARIABLE: Final = "NAFTIKO_PEERS"
_WAIT: Final = 2.0

Spans: TypeAlias = Sequence[JsonObject]
Traces: TypeAlias = list[tuple[JsonObject, Spans]]


class Trace(Protocol):
    """A trace that has ended."""

    @property
    def summary(self) -> JsonObject: ...
    @property
    def spans(self) -> tuple[JsonObject, ...]: ...


class Ring(Protocol):
    """Where traces are kept."""

    def traces(self) -> Sequence[Trace]: ...


class Peers:
    """This process and the other workers, if there are any."""

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self.ring: Ring | None = None
        self.tracing = False

    async def running(self, app: web.Application) -> AsyncIterator[None]:
        """Answer the others from the startup of an application to its cleanup."""
        if not self._folder:
            yield
            return
        path = Path(self._folder) / f"{os.getpid()}.sock"
        server = await asyncio.start_unix_server(self._answer, str(path))
        yield
        server.close()
        with suppress(OSError):
            path.unlink()

    async def metrics(self) -> Sequence[Snapshot]:
        """What the others have counted."""
        return [told["metrics"] for told in await self._others()]

    async def traces(self) -> Traces:
        """The traces of all, the newest first."""
        found = self._own()
        others = await self._others()
        for told in others:
            found += [(shown, spans) for shown, spans in told["traces"]]
        if others:
            found.sort(key=lambda one: str(one[0]["timestamp"]), reverse=True)
        return found

    def _own(self) -> Traces:
        traces = () if self.ring is None else self.ring.traces()
        return [(one.summary, one.spans) for one in traces]

    async def _others(self) -> list[Mapping[str, Any]]:
        if not self._folder:
            return []
        own = f"{os.getpid()}.sock"
        paths = [p for p in Path(self._folder).glob("*.sock") if p.name != own]
        told = await asyncio.gather(*(_ask(path) for path in paths))
        return [one for one in told if one is not None]

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        document = {"metrics": snapshot(FAMILIES), "traces": self._own()}
        with suppress(OSError):
            writer.write(json.dumps(document).encode())
            await writer.drain()
        writer.close()


async def _ask(path: Path) -> Mapping[str, Any] | None:
    """What another worker tells; None when it has gone, or takes too long."""
    try:
        async with asyncio.timeout(_WAIT):
            reader, writer = await asyncio.open_unix_connection(path)
            try:
                content = await reader.read(-1)
            finally:
                writer.close()
        told: Mapping[str, Any] = json.loads(content)
    # One that has been stopped breaks off in the middle.
    except (OSError, TimeoutError, ValueError):
        return None
    return told
