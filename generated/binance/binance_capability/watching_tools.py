"""The tools and resources of an MCP adapter, each call watched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import mcp_types as types
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from .audit import Called
from .errors import CallError
from .mcp_support import refused, tools_of
from .request_ids import new_request_id
from .watching_calls import CallWatch

CALL: Final = "tools/call"
_READ: Final = "resources/read"


def watch_server(server: Server[Any], namespace: str, watch: CallWatch) -> None:
    """Watch the calls of a server, over HTTP or stdio."""
    known = {tool.name: tool for tool in tools_of(server)}

    async def watched(
        ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        params: Mapping[str, Any] = ctx.params or {}
        if ctx.method == _READ:
            # A URI holds values, so that only the method is told.
            called, reads = _called(ctx, namespace, _READ, "resource"), True
            try:
                with watch.call(called, _origin(ctx), reads=reads):
                    result = await call_next(ctx)
                    called.outcome = "ok"
                    return result
            except CallError as error:
                raise MCPError(types.INTERNAL_ERROR, error.message) from None
        tool = known.get(params.get("name", "")) if ctx.method == CALL else None
        if tool is None:
            return await call_next(ctx)
        called = _called(ctx, namespace, tool.name, "tool")
        given = params.get("arguments")
        declared = tool.input_schema.get("properties", {})
        if isinstance(given, Mapping):
            called.arguments = sorted(set(given) & set(declared))
        hints = tool.annotations
        reads = hints is not None and bool(hints.read_only_hint)
        try:
            with watch.call(called, _origin(ctx), reads=reads):
                result = await call_next(ctx)
                called.outcome = "error" if failed(result) else "ok"
                return result
        except CallError as error:
            return refused(error)

    server.middleware.append(watched)


def failed(result: HandlerResult) -> bool:
    """Whether the result of a tool is a failure."""
    # As the handler gave it, or as the client is going to get it.
    if isinstance(result, dict):
        return bool(result.get("isError"))
    return bool(getattr(result, "is_error", False))


def _scope(ctx: ServerRequestContext[Any, Any]) -> Mapping[str, Any]:
    scope: Mapping[str, Any] = getattr(ctx.request, "scope", {})
    return scope


def _origin(ctx: ServerRequestContext[Any, Any]) -> str:
    return str(_scope(ctx).get("naftiko.origin", "stdio"))


def _called(
    ctx: ServerRequestContext[Any, Any], namespace: str, name: str, kind: str
) -> Called:
    scope = _scope(ctx)
    return Called(
        adapter=namespace,
        kind=kind,
        target=name,
        operation=name,
        caller=str(scope.get("naftiko.caller", "")),
        request_id=str(scope.get("naftiko.request_id") or new_request_id()),
    )
