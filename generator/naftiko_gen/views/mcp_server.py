"""``mcp_server.py``: one handler for each tool, the lists of tools, and the servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.ir_mcp import ACKNOWLEDGED
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    dotted,
    from_import,
    ident,
    joined,
    literal,
    signature,
)

from . import calls, formats
from .commands import argument, imports
from .contracts import contract_name

if TYPE_CHECKING:
    from naftiko_gen.contexts.parts import Function
    from naftiko_gen.contexts.serving import McpServer

_SIGNATURE = (code("arguments: JsonObject"), code("context: Context"))


def view(capability: ir.Capability) -> McpServer:
    """The context of the template."""
    own = tuple(tool for tool in capability.tools if not _plain(tool))
    plain = len(own) < len(capability.tools)
    first, last = _imports(own, plain, bool(capability.version))
    observed = capability.observability is not None
    added, finish = _added(capability)
    if any(tool.acknowledgement for tool in capability.tools):
        # Behind the modules of the package, before its other names.
        place = sum(str(line).startswith("from . import") for line in first)
        first.insert(place, code("from .acknowledged import acknowledged"))
    if observed:
        last = [code("from .telemetry import observed_tools"), *last]
    return {
        "doc": docstring(
            f"The MCP adapters of {capability.label}: tools and servers.", 0
        ),
        "imports": first,
        "last_imports": last,
        "handlers": [_handler(tool) for tool in own],
        "maps": any(tool.output for tool in own),
        "adapters": [_adapter(adapter) for adapter in capability.mcp],
        "table": assign(
            "ADAPTERS",
            {
                adapter.namespace: (
                    ident(adapter.ident.upper()),
                    contract_name(capability, adapter),
                    adapter.description or capability.description,
                )
                for adapter in capability.mcp
            },
            annotation=annotation(
                "dict[str, tuple[dict[str, Command[Context]], str, str]]"
            ),
        ),
        "title": literal(capability.label, 8, "title=", ","),
        "version": (
            literal(capability.version, 8, "version=", ",")
            if capability.version
            else code("__version__")
        ),
        "caches": _caches(capability),
        "added_imports": added,
        "begin": code("server =") if finish else code("return"),
        "finish": finish,
        "handled": code("observed_tools(handlers)") if observed else code("handlers"),
    }


def _added(capability: ir.Capability) -> tuple[list[Code], list[Code]]:
    """What a server is given besides its tools: the imports, and the last lines."""
    parts = (
        (
            capability.observability is not None,
            code("from .mcp_observed import observe_server"),
            code("observe_server(server)"),
        ),
        (
            any(adapter.prompts for adapter in capability.mcp),
            code("from .mcp_prompts import add_prompts_of"),
            code("add_prompts_of(namespace, server)"),
        ),
        (
            any(adapter.exposed for adapter in capability.mcp),
            code("from .mcp_resources import add_resources_of"),
            code("add_resources_of(namespace, server, context)"),
        ),
    )
    used = [(line, call) for wanted, line, call in parts if wanted]
    calls_ = [call for _, call in reversed(used)]
    last = [code("return server")] if used else []
    return [line for line, _ in used], [*calls_, *last]


def _caches(capability: ir.Capability) -> Code | None:
    found: dict[str, Value] = {
        adapter.namespace: Call(
            code("CacheHint"), (adapter.cache.ttl_ms, adapter.cache.scope)
        )
        for adapter in capability.mcp
        if adapter.cache is not None
    }
    kind = annotation("dict[str, CacheHint]")
    return assign("CACHES", found, annotation=kind) if found else None


def _imports(
    own: tuple[ir.Tool, ...], plain: bool, version: bool
) -> tuple[list[Code], list[Code]]:
    """The imports of our modules, and those that stand last; ``version`` is that of the spec."""
    modules = ["commands"] if plain else []
    modules += [] if version else ["__version__"]
    context = code("from .context import Context")
    if not own:
        return [from_import(code("."), modules), context], []
    runnables = tuple(tool.runs for tool in own)
    modules += ["check", *sorted(calls.modules(runnables))]
    modules += ["mappings"] if any(tool.output for tool in own) else []
    helpers = calls.helpers(f for tool in own for f in tool.fixed)
    wire = [from_import(code(".wire"), sorted(helpers))] if helpers else []
    needed = any(calls.needs_given(tool.runs, tool.fixed) for tool in own)
    return [*imports(runnables, modules, given=needed), context], wire


def _plain(tool: ir.Tool) -> bool:
    """Whether the tool takes what the command of its operation takes, by the same names."""
    own = any(
        item.name != item.target.name or item.needed > item.target.required or item.idle
        for item in tool.inputs
    )
    own = own or tool.output is not None or formats.written(tool.runs) is not None
    return not (own or tool.fixed or tool.body_argument not in (None, "body"))


def _run(tool: ir.Tool) -> Value:
    run = dotted("commands", tool.runs.ident) if _plain(tool) else ident(tool.ident)
    if not tool.acknowledgement:
        return run
    usual = tool.acknowledgement == ACKNOWLEDGED
    more = () if usual else (tool.acknowledgement,)
    return Call(code("acknowledged"), (run, *more))


def _handler(tool: ir.Tool) -> Function:
    names = [item.name for item in tool.inputs]
    if tool.body_argument is not None:
        names.append(tool.body_argument)
    lines = [calls.CHECKED, calls.known(names)]
    for item in tool.inputs:
        value = argument(item.target, item.name, item.needed)
        lines += calls.taken(item, value, f"/{item.name}")
    if tool.body_argument is not None:
        name = tool.body_argument
        given = Call(code("arguments.get"), (name,))
        lines.append(calls.take_body(tool.runs, given, f"/{name}"))
    lines.append(calls.REFUSED)
    lines += calls.answer(tool.runs, tool.fixed, tool.output)
    head = joined(code("async def "), ident(tool.ident))
    return {
        "signature": signature(head, _SIGNATURE, code("Reply")),
        "doc": docstring(f"Tool {tool.name}: {tool.runs.title}"),
        "lines": lines,
    }


def _adapter(adapter: ir.McpAdapter) -> Code:
    handlers: dict[str, Value] = {tool.name: _run(tool) for tool in adapter.tools}
    kind = annotation("dict[str, Command[Context]]")
    return assign(adapter.ident.upper(), handlers, annotation=kind)
