"""The part of a control adapter that is the same for every capability.

What it tells is about the whole process; with several workers, metrics and traces are
those of all of them (see `peers`), the rest is that of the worker that answers.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from .errors import CallError
from .metrics import prometheus
from .peers import Peers
from .reply import JsonObject, JsonValue, Reply
from .rest_support import (
    JSON_TYPE,
    Endpoints,
    Handler,
    assemble,
    guard,
)
from .running import Running
from .telemetry import FAMILIES

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
INACTIVE: Final = (
    "OpenTelemetry is not active. Traces require the OTel SDK: "
    "install the package with its extra `telemetry`."
)


@dataclass(frozen=True, slots=True)
class About:
    """What is told of the capability; `version` is that of the format it is written in."""

    label: str
    version: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Which endpoints there are. `buffer_size` is None without traces."""

    health: bool = False
    info: bool = False
    metrics: bool = False
    buffer_size: int | None = None


def build_control_app(
    parts: Parts,
    about: About,
    running: Running,
    peers: Peers,
    *,
    more: Endpoints,
    access_log: bool,
) -> web.Application:
    """An application of these endpoints and of `more`."""
    handlers: dict[str, Handler[None]] = {}

    async def live(request: web.Request, _: None) -> Reply:
        return reply_json({"status": "UP"})

    async def ready(request: web.Request, _: None) -> Reply:
        up = running.ready
        status = "UP" if up else "DEGRADED"
        adapters = running.adapters(False)
        return reply_json({"status": status, "adapters": adapters}, 200 if up else 503)

    async def status(request: web.Request, _: None) -> Reply:
        capability: JsonObject = {"label": about.label, "specVersion": about.version}
        engine: JsonObject = {
            "version": about.version,
            "python": platform.python_version(),
            "native": False,
        }
        active = "active" if peers.tracing else "inactive"
        return reply_json(
            {
                "capability": capability,
                "engine": engine,
                "uptime": running.uptime,
                "otel": {"status": active},
                "adapters": running.adapters(True),
            }
        )

    async def metrics(request: web.Request, _: None) -> Reply:
        text = prometheus(FAMILIES, await peers.metrics())
        return Reply(200, text.encode(), PROMETHEUS)

    async def traces(request: web.Request, _: None) -> Reply:
        if not peers.tracing:
            return reply_json({"error": INACTIVE}, 503)
        found = [shown for shown, _ in await peers.traces()]
        operation = request.query.get("operation", "")
        wanted = request.query.get("status", "").lower()
        listed: list[JsonValue] = [
            one
            for one in found
            if operation in str(one["operation"])
            and wanted in ("", str(one["status"]).lower())
        ]
        size = parts.buffer_size or 0
        used = min(len(found), size)
        return reply_json({"traces": listed, "bufferSize": size, "bufferUsed": used})

    async def trace(request: web.Request, _: None) -> Reply:
        if not peers.tracing:
            return reply_json({"error": INACTIVE}, 503)
        wanted = request.match_info["trace"]
        for shown, spans in await peers.traces():
            if shown["traceId"] == wanted:
                told = {k: v for k, v in shown.items() if k != "spanCount"}
                return reply_json({**told, "spans": list(spans)})
        return reply_json({"error": f"Trace not found: {wanted}"}, 404)

    async def missing(request: web.Request, _: None) -> Reply:
        raise CallError(404, "not_found", "there is no such path")

    # Without health checks these paths are not there, as those of others are not.
    handlers["/health/live"] = live if parts.health else missing
    handlers["/health/ready"] = ready if parts.health else missing
    if parts.info:
        handlers["/status"] = status
    if parts.metrics:
        handlers["/metrics"] = metrics
    if parts.buffer_size is not None:
        handlers["/traces"] = traces
        handlers["/traces/{trace}"] = trace
    endpoints: Endpoints = {
        path: {"GET": guard("GET", path, handler, None, access_log, quiet=True)}
        for path, handler in handlers.items()
    }
    endpoints |= more
    return assemble(
        endpoints, lambda: None, body_limit=64 * 1024, access_log=access_log
    )


def reply_json(document: JsonObject | Sequence[JsonValue], status: int = 200) -> Reply:
    """A document as an answer."""
    body = json.dumps(document, separators=(",", ":")).encode()
    return Reply(status, body, JSON_TYPE)
