"""The part of an MCP adapter that is the same for every capability.

The official SDK's low-level server keeps up with the protocol, for both eras. It neither
validates arguments nor catches exceptions: that happens here and in the validators.
"""

from __future__ import annotations

import base64
import json
import logging
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import Any, BinaryIO, Final, Generic, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import anyio
import mcp_types as types
from mcp.server.caching import CacheableMethod, CacheHint
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError

from .errors import CallError
from .mcp_binary import binary_result
from .mcp_progress import HttpManager
from .progress import reporting
from .reply import JsonObject, JsonValue, Reply
from .strict_json import parse_json, unsendable

ContextT = TypeVar("ContextT")
Handled: TypeAlias = ServerRequestContext[Any, Any]

# The lists only change with a new version of the package.
CACHE: Final = CacheHint(ttl_ms=3_600_000, scope="public")
_LISTS: Final[tuple[CacheableMethod, ...]] = (
    "server/discover",
    "tools/list",
    "resources/list",
    "resources/templates/list",
    "prompts/list",
)
ERROR_BODY_LIMIT: Final = 2000
_TOOLS: Final = WeakKeyDictionary[Server[Any], list[types.Tool]]()

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tool(Generic[ContextT]):
    """One tool; all four hints are always told, since their defaults alarm."""

    name: str
    title: str
    description: str
    input_schema: dict[str, JsonValue]
    read_only: bool
    destructive: bool
    idempotent: bool
    open_world: bool
    run: Callable[[JsonObject, ContextT], Awaitable[Reply]]


def read_tools(
    contract: bytes,
    handlers: Mapping[str, Callable[[JsonObject, ContextT], Awaitable[Reply]]],
) -> tuple[Tool[ContextT], ...]:
    """The tools of a contract (a `tools/list` result); KeyError for one without a handler."""
    listed = types.ListToolsResult.model_validate_json(contract).tools
    return tuple(_tool(tool, handlers[tool.name]) for tool in listed)


def _tool(
    tool: types.Tool, run: Callable[[JsonObject, ContextT], Awaitable[Reply]]
) -> Tool[ContextT]:
    hints = tool.annotations or types.ToolAnnotations()
    return Tool(
        name=tool.name,
        title=tool.title or tool.name,
        description=tool.description or "",
        input_schema=tool.input_schema,
        read_only=bool(hints.read_only_hint),
        destructive=hints.destructive_hint is not False,
        idempotent=bool(hints.idempotent_hint),
        open_world=hints.open_world_hint is not False,
        run=run,
    )


def build_server(
    tools: Sequence[Tool[ContextT]],
    context: ContextT,
    *,
    name: str,
    title: str,
    version: str,
    instructions: str,
    cache: CacheHint | None = None,
) -> Server[Any]:
    """A server of these tools, in this order.

    `cache` is what clients may keep (MCP 2026-07-28), what is read included, else lists.
    """
    by_name = {tool.name: tool for tool in tools}
    listed = types.ListToolsResult(tools=[_listed(tool) for tool in tools])
    # Only these, so that no call pays for a look at the rest.
    with_headers = {
        tool.name: tool.input_schema
        for tool in tools
        if '"x-mcp-header"' in json.dumps(tool.input_schema)
    }

    async def list_tools(
        request: Handled, params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        if params is not None and params.cursor is not None:
            raise MCPError(types.INVALID_PARAMS, "Unknown cursor: there is one page")
        return listed

    async def call_tool(
        request: Handled, params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        tool = by_name.get(params.name)
        if tool is None:
            raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {params.name}")
        try:
            with reporting(request.session.report_progress):
                reply = await tool.run(params.arguments or {}, context)
            if reply.binary:
                return binary_result(reply, name, tool.name)
            return _result(tool.name, reply)
        except CallError as error:
            if error.status >= 500:
                _warn(tool.name, f"{error.code}: {error.message}")
            return refused(error)
        # The last line of defence: the caller gets no insides, the log a traceback.
        except Exception:  # noqa: BLE001
            _log.exception("tool %s failed", tool.name)
            return _error("internal error")

    hints = dict.fromkeys(_LISTS, cache or CACHE)
    if cache is not None:
        hints["resources/read"] = cache
    server: Server[Any] = Server(
        name,
        title=title,
        version=version,
        instructions=instructions or None,
        cache_hints=hints,
        get_tool_input_schema=with_headers.get,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )
    server.middleware.clear()  # Tracing, which nobody has asked for.
    _TOOLS[server] = listed.tools
    return server


def tools_of(server: Server[Any]) -> Sequence[types.Tool]:
    """The tools of a server that was built here."""
    return _TOOLS[server]


def http_manager(
    server: Server[Any],
    *,
    allowed_hosts: Sequence[str],
    allowed_origins: Sequence[str],
    body_limit: int,
) -> HttpManager:
    """The SDK's HTTP transport: stateless, answers in JSON, or as events if asked for progress.

    A Host that is not allowed gets 421, an Origin 403; requests without Origin pass.
    `*` among either of them switches both checks off.
    """
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection="*" not in (*allowed_hosts, *allowed_origins),
        allowed_hosts=list(allowed_hosts),
        allowed_origins=list(allowed_origins),
    )
    plain, streaming = (
        StreamableHTTPSessionManager(
            server,
            json_response=one_document,
            stateless=True,
            security_settings=security,
            max_request_body_size=body_limit,
        )
        for one_document in (True, False)
    )
    return HttpManager(plain, streaming, body_limit=body_limit)


async def run_stdio(server: Server[Any], stdout: BinaryIO | None = None) -> None:
    """Serve one client over stdin and stdout until it closes stdin.

    `stdout` is where the protocol goes when it has been moved away from descriptor 1;
    else the SDK does that, while it serves.
    """
    wire = None
    if stdout is not None:
        wire = anyio.wrap_file(TextIOWrapper(stdout, encoding="utf-8", newline="\n"))
    async with stdio_server(stdout=wire) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


def _listed(tool: Tool[ContextT]) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema,
        annotations=types.ToolAnnotations(
            title=tool.title,
            read_only_hint=tool.read_only,
            destructive_hint=tool.destructive,
            idempotent_hint=tool.idempotent,
            open_world_hint=tool.open_world,
        ),
    )


def _result(name: str, reply: Reply) -> types.CallToolResult:
    if reply.failure is not None:
        failure = reply.failure
        _warn(name, failure.kind)
        lines = list(failure.messages) or [f"the call failed: {failure.kind}"]
        if failure.retry_after is not None:
            lines.append(f"retry after {math.ceil(failure.retry_after)} s")
        return _error("\n".join([*_step(reply.step), *lines]), _structured(reply))
    if reply.status >= 400:
        if reply.status >= 500:
            _warn(name, f"the upstream answered {reply.status}")
        lines = [f"the upstream answered with status {reply.status}"]
        if reply.retry_after is not None:
            lines.append(f"retry after {math.ceil(reply.retry_after)} s")
        lines.append(reply.body[:ERROR_BODY_LIMIT].decode("utf-8", "replace"))
        return _error("\n".join([*_step(reply.step), *lines]))
    return types.CallToolResult(
        content=_content(reply), structured_content=_structured(reply)
    )


def _content(reply: Reply) -> list[types.ContentBlock]:
    try:
        return [types.TextContent(text=reply.body.decode("utf-8"))]
    except UnicodeDecodeError:
        note = f"{len(reply.body)} bytes of {reply.content_type}, in base64:"
        text = base64.b64encode(reply.body).decode("ascii")
        return [types.TextContent(text=note), types.TextContent(text=text)]


def _structured(reply: Reply) -> JsonObject | None:
    # Clients of 2025 accept nothing but an object here, and whatever the SDK cannot
    # write would fail the whole answer; the text says everything in any case.
    if "json" not in reply.content_type:
        return None
    try:
        value = parse_json(reply.body)
    except CallError:
        return None
    if not isinstance(value, dict):
        return None
    # Only an escape can smuggle half of a surrogate pair through UTF-8.
    if b"\\u" in reply.body and unsendable(value) is not None:
        return None
    return value


def refused(error: CallError) -> types.CallToolResult:
    """An error as the result of a tool."""
    lines = [f"{error.code}: {error.message}"]
    if len(error.faults) > 1:
        lines += [f"{fault.pointer}: {fault.message}" for fault in error.faults]
    if error.retry_after is not None:
        lines.append(f"retry after {math.ceil(error.retry_after)} s")
    return _error("\n".join([*_step(error.step), *lines]))


def _step(name: str) -> list[str]:
    return [f"the step {name} failed"] if name else []


def _error(text: str, structured: JsonObject | None = None) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(text=text)],
        structured_content=structured,
        is_error=True,
    )


def _warn(name: str, cause: str) -> None:
    _log.warning("tool %s failed (%s)", name, cause)
