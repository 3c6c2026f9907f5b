"""A span around each request to an MCP server."""

from __future__ import annotations

from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server

from .telemetry import State, request_span


async def observed(
    ctx: ServerRequestContext[Any, Any], call_next: CallNext
) -> HandlerResult:
    """Middleware of the SDK: the span of the method, below the caller's if it names one."""
    headers = getattr(ctx.request, "headers", None)
    with request_span("mcp", ctx.method, headers):
        return await call_next(ctx)


def observe_server(server: Server[Any]) -> None:
    """Put spans around the requests to a server, when there is tracing."""
    if State.tracer is not None:
        server.middleware.append(observed)
