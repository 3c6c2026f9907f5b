"""The endpoints that show the last traces of all workers."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from .control_support import reply_json
from .peers import Peers
from .reply import JsonValue, Reply
from .rest_support import Endpoints, Handler, guard

INACTIVE: Final = (
    "OpenTelemetry is not active. Traces require the OTel SDK: "
    "install the package with its extra `telemetry`."
)


def trace_endpoints(peers: Peers, size: int, *, access_log: bool) -> Endpoints:
    """The endpoints, by path; each process keeps `size` traces."""

    async def traces(request: web.Request, _: None) -> Reply:
        if not peers.tracing:
            return reply_json({"error": INACTIVE}, 503)
        found = [shown for shown, _ in (await peers.traces())[:size]]
        operation = request.query.get("operation", "")
        wanted = request.query.get("status", "").lower()
        listed: list[JsonValue] = [
            one
            for one in found
            if operation in str(one["operation"])
            and wanted in ("", str(one["status"]).lower())
        ]
        return reply_json(
            {"traces": listed, "bufferSize": size, "bufferUsed": len(found)}
        )

    async def trace(request: web.Request, _: None) -> Reply:
        if not peers.tracing:
            return reply_json({"error": INACTIVE}, 503)
        wanted = request.match_info["trace"]
        for shown, spans in await peers.traces():
            if shown["traceId"] == wanted:
                told = {k: v for k, v in shown.items() if k != "spanCount"}
                return reply_json({**told, "spans": list(spans)})
        return reply_json({"error": f"Trace not found: {wanted}"}, 404)

    handlers: tuple[tuple[str, Handler[None]], ...] = (
        ("/traces", traces),
        ("/traces/{trace}", trace),
    )
    return {
        path: {"GET": guard("GET", path, handler, None, access_log, quiet=True)}
        for path, handler in handlers
    }
