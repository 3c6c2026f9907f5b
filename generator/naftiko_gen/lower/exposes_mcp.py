"""``exposes`` of type mcp: adapters and their tools."""

from __future__ import annotations

import re

from naftiko_gen import ir
from naftiko_gen.names import Scope

from .consumes import Consumed
from .node import Node
from .outputs import check_outputs
from .wiring import Wiring, read_with, resolve_call

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSUPPORTED = {
    "steps": "a tool of several steps",
    "mappings": "a mapping of step outputs",
    "ref": "a reference to an aggregate function",
}
#: Annotations (readOnly, destructive, idempotent) when the capability gives no hint: what HTTP promises of the
#: method (RFC 9110, section 9.2); a method that promises nothing is presumed to change something.
_BY_METHOD = {
    "GET": (True, False, True),
    "HEAD": (True, False, True),
    "PUT": (False, True, True),
    "DELETE": (False, True, True),
}


def lower_mcp(
    node: Node, consumed: Consumed, ident: str, functions: Scope
) -> ir.McpAdapter:
    """One MCP adapter."""
    for key, what in (
        ("authentication", "authentication of an exposed adapter"),
        ("resources", "MCP resources"),
        ("prompts", "MCP prompts"),
    ):
        if node.has(key):
            node.unsupported(key, what)
    tools: list[ir.Tool] = []
    seen: dict[str, int] = {}
    for item in node.items("tools"):
        name = item.text("name")
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
        tool = _tool(item, name, consumed, node.text("namespace"), functions)
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
        tools=tuple(tools),
    )


def _tool(
    node: Node, name: str, consumed: Consumed, namespace: str, functions: Scope
) -> ir.Tool | None:
    for key, what in _UNSUPPORTED.items():
        if node.has(key):
            node.unsupported(key, what)
            return None
    if not node.has("call"):
        if not node.flawed():
            node.error("E301", "a tool without `call` cannot be compiled yet")
        return None
    check_outputs(node)
    operation = resolve_call(node, consumed)
    if operation is None:
        return None
    ident, clash = functions.claim(name)
    if clash is not None:
        node.error(
            "E212",
            f"`{name}` and `{clash}` become the same Python identifier",
            at="name",
        )
    wiring = read_with(node, operation, namespace)
    inputs = tuple(
        ir.Input(wiring.references.get(p.name, p.name), "argument", p)
        for p in operation.inputs
        if p.name not in wiring.constants
    )
    body_argument = (wiring.body or "body") if operation.body is not None else None
    hints = node.child("hints")
    read_only, destructive, idempotent = _BY_METHOD.get(
        operation.method, (False, True, False)
    )
    description = node.text("description") or operation.title
    if operation.summary:
        description = f"{description.rstrip('.')}. {operation.summary}"
    return ir.Tool(
        name=name,
        ident=ident,
        title=node.text("label") or _title(name),
        description=description,
        operation=operation,
        inputs=inputs,
        body_argument=body_argument,
        input_schema=_schema(node, operation, inputs, body_argument, wiring),
        read_only=_hint(hints, "readOnly", read_only),
        destructive=_hint(hints, "destructive", destructive),
        idempotent=_hint(hints, "idempotent", idempotent),
        open_world=_hint(hints, "openWorld", True),
        fixed=tuple(
            (p, wiring.constants[p.name])
            for p in operation.inputs
            if p.name in wiring.constants
        ),
    )


def _title(name: str) -> str:
    return " ".join(
        word[:1].upper() + word[1:] for word in re.split(r"[-_]+", name) if word
    )


def _hint(hints: Node, key: str, default: bool) -> bool:
    written = hints.flag(key)
    return default if written is None else written


def _schema(
    node: Node,
    operation: ir.Operation,
    inputs: tuple[ir.Input, ...],
    body_argument: str | None,
    wiring: Wiring,
) -> ir.JsonObject:
    described = {
        item.text("name"): item.text("description")
        for item in node.items("inputParameters")
    }
    properties: ir.JsonObject = {}
    required: list[ir.JsonValue] = []
    for item in inputs:
        schema = dict(item.target.schema)
        if described.get(item.name):
            schema["description"] = described[item.name]
        properties[item.name] = schema
        if item.target.required:
            required.append(item.name)
    if body_argument is not None and operation.body is not None:
        properties[body_argument] = operation.body.schema
        if operation.body.required:
            required.append(body_argument)
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": required} if required else schema
