"""The part of a control adapter that is the same for every capability: health and status."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiohttp import web

from .errors import CallError
from .reply import JsonObject, JsonValue, Reply
from .rest_support import JSON_TYPE, OPEN, Endpoints, Handler, assemble, guard
from .running import Running


@dataclass(frozen=True, slots=True)
class About:
    """What is told of the capability; `version` is that of the format it was built from."""

    label: str
    version: str


def build_control_app(
    about: About,
    running: Running,
    more: Endpoints,
    *,
    health: bool,
    info: bool,
    tracing: Callable[[], bool],
    access_log: bool,
) -> web.Application:
    """An application of the endpoints for `health` and `info`, and of `more`."""

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
        return reply_json(
            {
                "capability": capability,
                "engine": engine,
                "uptime": running.uptime,
                "otel": {"status": "active" if tracing() else "inactive"},
                "adapters": running.adapters(True),
            }
        )

    async def missing(request: web.Request, _: None) -> Reply:
        raise CallError(404, "not_found", "there is no such path")

    # Without health checks there are none; other adapters always have their own.
    handlers: dict[str, Handler[None]] = {
        "/health/live": live if health else missing,
        "/health/ready": ready if health else missing,
    }
    if info:
        handlers["/status"] = status
    endpoints: Endpoints = {
        path: {"GET": guard("GET", path, handler, None, access_log, quiet=True)}
        for path, handler in handlers.items()
    }
    endpoints |= more
    limit = 64 * 1024
    app = assemble(endpoints, _no_obstacle, body_limit=limit, access_log=access_log)
    # A probe has no credentials, here as elsewhere.
    app[OPEN] = frozenset(path for path in endpoints if path.startswith("/health/"))
    return app


def reply_json(document: JsonObject | Sequence[JsonValue], status: int = 200) -> Reply:
    """A document as an answer."""
    body = json.dumps(document, separators=(",", ":")).encode()
    return Reply(status, body, JSON_TYPE)


def _no_obstacle() -> None:
    return None
