"""``exposes`` of type mcp: adapters and their tools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from naftiko_gen import ir
from naftiko_gen.files import Files
from naftiko_gen.ir_mcp import Cache
from naftiko_gen.names import Scope

from . import scopes
from .access import lower_access
from .consumes import Consumed
from .declared import (
    check_declared,
    check_once,
    check_references,
    idle_input,
    note_idle,
    sources,
)
from .flows import Unit
from .formats import limited
from .functions import function_name
from .mcp_prompts import lower_prompts
from .mcp_resources import lower_resources
from .node import Node
from .rendered import Templates
from .runs import lower_output, lower_runs
from .telling import told

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
#: Annotations (readOnly, destructive, idempotent) when the capability gives no hint: what HTTP promises of the
#: method (RFC 9110, section 9.2); a method that promises nothing is presumed to change something.
_BY_METHOD = {
    "GET": (True, False, True),
    "HEAD": (True, False, True),
    "PUT": (False, True, True),
    "DELETE": (False, True, True),
}


@dataclass(slots=True)
class Functions:
    """The names of the functions of each module that MCP adapters have."""

    tools: Scope = field(default_factory=lambda: Scope(scopes.TOOLS))
    resources: Scope = field(default_factory=lambda: Scope(scopes.RESOURCES))
    prompts: Scope = field(default_factory=lambda: Scope(scopes.PROMPTS))


def lower_mcp(
    node: Node, consumed: Consumed, ident: str, functions: Functions, files: Files
) -> ir.McpAdapter:
    """One MCP adapter."""
    tools: list[ir.Tool] = []
    seen: dict[str, int] = {}
    for item in node.items("tools"):
        name = item.text("name") or function_name(item)
        if name in seen:
            item.error(
                "E208",
                f"the tool `{name}` is already declared at line {seen[name]}",
                at="name",
            )
            continue
        seen[name] = item.span("name").start.line
        if name and _NAME.fullmatch(name) is None:
            item.error(
                "E211",
                f"the tool name `{name}` is not usable",
                at="name",
                hint="MCP clients accept 1 to 64 of A-Z, a-z, 0-9, _ and -",
            )
        tool = _tool(item, name, consumed, node.text("namespace"), functions.tools)
        if tool is not None:
            tools.append(tool)
    port = node.child("port").value
    stdio = node.text("transport") == "stdio"
    return ir.McpAdapter(
        namespace=node.text("namespace"),
        ident=ident,
        address=node.text("address", "127.0.0.1"),
        port=port if isinstance(port, int) and not stdio else None,
        description=node.text("description"),
        tools=tuple(replace(t, runs=limited(t.runs, node)) for t in tools),
        exposed=tuple(
            replace(e, runs=limited(e.runs, node)) if isinstance(e, ir.Resource) else e
            for e in lower_resources(node, consumed, functions.resources, files)
        ),
        prompts=lower_prompts(node, functions.prompts, files),
        cache=_cache(node),
        access=lower_access(node, consumed.settings),
    )


def _cache(node: Node) -> Cache | None:
    """What clients may keep; the part that is not written is the cautious one."""
    ttl = node.child("ttlMs").value
    scope = node.text("cacheScope")
    if not isinstance(ttl, int) and not scope:
        return None
    if isinstance(ttl, int) and ttl < 0:
        node.error("E294", f"`ttlMs` is {ttl}", at="ttlMs", hint="write 0 or more")
    public: Literal["public", "private"] = "public" if scope == "public" else "private"
    return Cache(ttl if isinstance(ttl, int) else 0, public)


def _tool(
    node: Node, name: str, consumed: Consumed, namespace: str, functions: Scope
) -> ir.Tool | None:
    problems = node.report.faults
    own = node.items("inputParameters")
    declared = {item.text("name"): item for item in own}
    needed = (n for n, item in declared.items() if item.flag("required") is not False)
    unit = Unit(namespace, name, own, frozenset(needed))
    found = lower_runs(node, consumed, unit, declared, "a tool")
    if found is None:
        return None
    runs, wiring = found
    ident, clash = functions.claim(name)
    if clash == name:
        # A tool of another adapter: names are unique in one adapter only.
        ident, clash = functions.claim(f"{namespace} {name}")
    if clash is not None:
        node.error(
            "E212",
            f"`{name}` and `{clash}` become the same Python identifier",
            at="name",
        )
    templates = Templates(namespace, runs, wiring, declared, consumed.settings)
    names = (name, f"{namespace} {name}")
    output = lower_output(node, consumed, runs, names, templates.read)
    wiring = templates.wired()
    inputs = [
        _input(source, p, declared.get(source)) for source, p in sources(runs, wiring)
    ]
    body_argument = (wiring.body or "body") if runs.body is not None else None
    check_once(node)
    check_references(node, wiring, list(declared))
    idle = check_declared(own, sources(runs, wiring), runs, body_argument)
    # What a faulty `with` leaves idle is explained by its fault.
    if isinstance(runs, ir.Operation) and node.report.faults == problems:
        for index in sorted(idle):
            note_idle(own[index])
            inputs.append(idle_input(own[index]))
    _check_shared(node, inputs, body_argument)
    hints = node.child("hints")
    read_only, destructive, idempotent = _effects(runs)
    return ir.Tool(
        name=name,
        ident=ident,
        title=node.text("label") or _title(name),
        description=told(node.text("description") or runs.title, name, runs),
        runs=runs,
        inputs=tuple(inputs),
        body_argument=body_argument,
        input_schema=_schema(runs, inputs, body_argument),
        read_only=_hint(hints, "readOnly", read_only),
        destructive=_hint(hints, "destructive", destructive),
        idempotent=_hint(hints, "idempotent", idempotent),
        open_world=_hint(hints, "openWorld", True),
        tags=_tags(node),
        fixed=wiring.fixed(runs),
        output=output,
    )


def _tags(node: Node) -> tuple[str, ...]:
    tags = node.child("tags").value
    return tuple(str(tag) for tag in tags) if isinstance(tags, list) else ()


def _effects(runs: ir.Runnable) -> tuple[bool, bool, bool]:
    """Whether it only reads, may destroy, and is as good as once when it is repeated.

    A flow does what its calls do; two that are idempotent one by one are so together.
    """
    operations = (runs,) if isinstance(runs, ir.Operation) else runs.operations
    found = [_BY_METHOD.get(o.method, (False, True, False)) for o in operations]
    reads, destroys, again = ([one[i] for one in found] for i in range(3))
    read_only, destructive, idempotent = all(reads), any(destroys), all(again)
    if isinstance(runs, ir.Flow):
        # What the author of a function promises counts more than the methods behind it.
        if runs.safe is not None:
            read_only, destructive = runs.safe, destructive and not runs.safe
        if runs.idempotent is not None:
            idempotent = runs.idempotent
    return read_only, destructive, idempotent


def _title(name: str) -> str:
    return " ".join(
        word[:1].upper() + word[1:] for word in re.split(r"[-_]+", name) if word
    )


def _hint(hints: Node, key: str, default: bool) -> bool:
    written = hints.flag(key)
    return default if written is None else written


def _input(name: str, parameter: ir.Parameter, item: Node | None) -> ir.Input:
    if item is None:
        return ir.Input(name, "argument", parameter)
    # A declared input is required unless it says that it is not.
    needed = item.flag("required") is not False
    return ir.Input(name, "argument", parameter, item.text("description"), needed)


def _check_shared(node: Node, inputs: Sequence[ir.Input], body: str | None) -> None:
    """Refuse one argument that would have to be two things."""
    kinds = {} if body is None else {body: ("body", "object")}
    for item in inputs:
        target = item.target
        other, kind = kinds.setdefault(item.name, (target.name, target.type))
        # Two parameters of one name have been reported already.
        if kind != target.type and other != target.name:
            node.error(
                "E219",
                f"the input `{item.name}` feeds `{target.name}`, which takes "
                f"`{target.type}`, and `{other}`, which takes `{kind}`",
                at="with" if node.has("with") else None,
            )


def _schema(
    runs: ir.Runnable, inputs: Sequence[ir.Input], body_argument: str | None
) -> ir.JsonObject:
    properties: ir.JsonObject = {}
    required: list[ir.JsonValue] = []
    for item in inputs:
        schema = dict(item.target.schema)
        if item.description:
            schema["description"] = item.description
        properties[item.name] = schema
        if (item.target.required or item.needed) and item.name not in required:
            required.append(item.name)
    if body_argument is not None and runs.body is not None:
        properties[body_argument] = runs.body.schema
        if runs.body.required:
            required.append(body_argument)
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema
