"""Calls of the tools of an MCP adapter, counted for Prometheus."""

from __future__ import annotations

import time
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server

from .mcp_support import tools_of
from .telemetry import Requests
from .watching_tools import CALL, failed


def count_tools(server: Server[Any]) -> None:
    """Count the calls of a server's tools; those of tools that it does not have are not."""
    known = {tool.name: Requests("mcp", tool.name) for tool in tools_of(server)}

    async def counted(
        ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        name = (ctx.params or {}).get("name", "") if ctx.method == CALL else ""
        requests = known.get(str(name))
        if requests is None:
            return await call_next(ctx)
        started = time.perf_counter()
        try:
            result = await call_next(ctx)
        except BaseException as error:
            requests.failed(type(error).__name__)
            raise
        if failed(result):
            requests.failed("handled_error")
        requests.done("ERROR" if failed(result) else "OK", started)
        return result

    server.middleware.append(counted)
