"""Which adapters of this process answer, for those who ask about its health."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from .package import Adapter
from .reply import JsonObject, JsonValue


@dataclass(slots=True)
class _Entry:
    kind: str
    namespace: str
    port: int
    started: bool


class Running:
    """The adapters that this process was asked to serve, and whether they do."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._entries: dict[str, _Entry] = {}

    def expect(self, known: Sequence[Adapter], served: Sequence[Adapter]) -> None:
        """Note what is going to be served; what is for stdio counts as if it were."""
        self._entries = {
            one.namespace: _Entry(one.kind, one.namespace, one.port or 0, stdio)
            for one, stdio in (
                *((one, True) for one in known if one.port is None),
                *((one, False) for one in served),
            )
        }

    def follow(self, adapter: Adapter, port: int, app: web.Application) -> None:
        """Keep up with the application of an adapter."""
        entry = _Entry(adapter.kind, adapter.namespace, port, False)
        self._entries[adapter.namespace] = entry

        async def started(app: web.Application) -> None:
            entry.started = True

        async def stopped(app: web.Application) -> None:
            entry.started = False

        app.on_startup.append(started)
        app.on_shutdown.append(stopped)

    @property
    def ready(self) -> bool:
        """Whether all adapters but those for management answer."""
        return all(one.started for one in self._entries.values() if _business(one))

    def adapters(self, management: bool) -> list[JsonValue]:
        """The adapters as data; with those for `management` or without."""
        entries = self._entries.values()
        return [_shown(one) for one in entries if management or _business(one)]

    @property
    def uptime(self) -> str:
        """How long the process has been there (ISO 8601)."""
        return duration(time.monotonic() - self._since)


def duration(seconds: float) -> str:
    """`PT1H2M3.5S`."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    hours, minutes = divmod(int(minutes), 60)
    shown = f"{hours}H" if hours else ""
    shown += f"{minutes}M" if minutes else ""
    second = f"{rest:.3f}".rstrip("0").rstrip(".")
    return f"PT{shown}{second}S" if second != "0" or not shown else f"PT{shown}"


def _business(entry: _Entry) -> bool:
    return entry.kind != "control"


def _shown(entry: _Entry) -> JsonObject:
    shown: JsonObject = {"type": entry.kind}
    if _business(entry):
        shown["namespace"] = entry.namespace
    if entry.port:
        shown["port"] = entry.port
    shown["state"] = "started" if entry.started else "stopped"
    return shown


RUNNING: Final = Running()
