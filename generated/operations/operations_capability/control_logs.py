"""The endpoints of a control adapter about the log: its last lines, its level, its stream."""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator
from typing import Final

from aiohttp import web

from .control_support import reply_json
from .errors import CallError
from .recent_logs import LEVELS, LINES, RecentLogs
from .reply import JsonObject, Reply
from .rest_support import Endpoints, guard, json_body, respond_error

EVENTS: Final = "text/event-stream"


def log_endpoints(
    logs: RecentLogs, *, level_control: bool, subscribers: int, access_log: bool
) -> Endpoints:
    """The endpoints, by path; `subscribers` is how many may follow at a time, or 0."""

    async def recent(request: web.Request, _: None) -> Reply:
        level = _level(request.query.get("level", "DEBUG"))
        text = request.query.get("limit", str(LINES))
        if not text.isascii() or not text.isdecimal() or len(text) > 6:
            raise CallError(400, "invalid_input", "`limit` is not a whole number")
        found = logs.lines(level, int(text))
        return reply_json({"lines": list(found), "bufferSize": LINES})

    async def level(request: web.Request, _: None) -> Reply:
        return reply_json(_present())

    async def change(request: web.Request, _: None) -> Reply:
        body = await json_body(request)
        wanted = body.get("level") if isinstance(body, dict) else None
        if not isinstance(wanted, str):
            raise CallError(400, "invalid_input", "send an object with a `level`")
        logging.getLogger().setLevel(_level(wanted))
        return reply_json(_present())

    async def stream(request: web.Request) -> web.StreamResponse:
        if logs.followers >= subscribers:
            message = f"{subscribers} clients follow the log already"
            return respond_error(CallError(503, "too_many_subscribers", message))
        response = web.StreamResponse(headers={"Content-Type": EVENTS})
        response.headers["Cache-Control"] = "no-store"
        queue = logs.follow()
        try:
            await response.prepare(request)
            while (line := await queue.get()) is not None:
                text = json.dumps(line, separators=(",", ":"))
                await response.write(f"data: {text}\n\n".encode())
            await response.write_eof()
        finally:
            logs.leave(queue)
        return response

    endpoints: Endpoints = {
        "/logs": {"GET": guard("GET", "/logs", recent, None, access_log)}
    }
    if level_control:
        path = "/logs/level"
        endpoints[path] = {
            "GET": guard("GET", path, level, None, access_log),
            "PUT": guard("PUT", path, change, None, access_log),
        }
    if subscribers:
        endpoints["/logs/stream"] = {"GET": stream}
    return endpoints


def attach_logs(app: web.Application, logs: RecentLogs) -> None:
    """Keep the lines of the log while an application runs."""

    async def running(app: web.Application) -> AsyncIterator[None]:
        root = logging.getLogger()
        root.addHandler(logs)
        yield
        root.removeHandler(logs)

    async def end(app: web.Application) -> None:
        logs.end()

    app.cleanup_ctx.append(running)
    app.on_shutdown.append(end)


def _level(text: str) -> str:
    if text.upper() not in LEVELS:
        message = f"a level is one of {', '.join(LEVELS)}"
        raise CallError(400, "invalid_input", message)
    return text.upper()


def _present() -> JsonObject:
    return {"level": logging.getLevelName(logging.getLogger().level)}
