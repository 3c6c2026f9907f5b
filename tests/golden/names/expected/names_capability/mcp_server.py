"""The MCP adapters of Names that Python, the emitted modules or readers use for
something else: tools and servers.
"""

from __future__ import annotations

from typing import Any

from mcp.server.lowlevel import Server

from . import __version__, check, commands, operations
from . import arguments as arguments_
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .mcp_choice import allowed
from .mcp_support import build_server, read_tools
from .package import Command
from .reply import JsonObject, Reply


async def class_(arguments: JsonObject, context: Context) -> Reply:
    """Tool class: A keyword with a "quoted" word"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=(
            "from",
            "in",
            "id",
            "async",
            "upstream",
            "faults",
            "context",
            "request",
            "arguments",
            "operations",
            "check",
            "given",
            "segment",
            "pairs",
            "X-Request-Start",
        ),
    )
    from_ = arguments_.string(faults, arguments, "from", required=True)
    in_ = arguments_.string(faults, arguments, "in", required=True)
    id_ = arguments_.string(faults, arguments, "id")
    body_ = arguments_.string(faults, arguments, "async")
    upstream_ = arguments_.string(faults, arguments, "upstream")
    faults_ = arguments_.string(faults, arguments, "faults")
    context_ = arguments_.string(faults, arguments, "context")
    request_ = arguments_.string(faults, arguments, "request")
    arguments__ = arguments_.string(faults, arguments, "arguments")
    operations_ = arguments_.string(faults, arguments, "operations")
    check_ = arguments_.string(faults, arguments, "check")
    given_ = arguments_.string(faults, arguments, "given")
    segment_ = arguments_.string(faults, arguments, "segment")
    pairs_ = arguments_.string(faults, arguments, "pairs")
    x_request_start = arguments_.string(faults, arguments, "X-Request-Start")
    faults.raise_any()
    return await operations.class_(
        context.settings_,
        from_=given(from_),
        in_=given(in_),
        id_=id_,
        body_=body_,
        upstream_=upstream_,
        faults_=faults_,
        context_=context_,
        request_=request_,
        arguments__=arguments__,
        operations_=operations_,
        check_=check_,
        given_=given_,
        segment_=segment_,
        pairs_=pairs_,
        x_request_start=x_request_start,
    )


ADAPTERS_: dict[str, Command[Context]] = {
    "class": class_,
    "list": commands.list_,
    "check": commands.check_,
    "given": commands.given_,
    "Tool": commands.pairs_,
    "create-server": commands.main,
    "arguments-": commands.n2fa,
    "Any": commands.arguments,
    "Adapters": commands.command,
}

# The handlers, the contract and the instructions of each adapter, by namespace.
ADAPTERS: dict[str, tuple[dict[str, Command[Context]], str, str]] = {
    "adapters": (
        ADAPTERS_,
        "tools.json",
        'Größe, 日本語, emoji \U0001f6a2, "quotes", back\\slashes, {{ braces }} and {% blocks %} in prose.',
    ),
}


def create_server(namespace: str, context: Context) -> Server[Any]:
    """The server of the adapter `namespace`; KeyError for an unknown one."""
    handlers, contract, instructions = ADAPTERS[namespace]
    tools = read_tools(read_contract(contract), handlers)
    chosen = context.settings
    return build_server(
        allowed(tools, chosen.mcp_tools, read_only=chosen.safeguards.read_only),
        context,
        name=namespace,
        title="Names that Python, the emitted modules or readers use for something else",
        version=__version__,
        instructions=instructions,
    )
