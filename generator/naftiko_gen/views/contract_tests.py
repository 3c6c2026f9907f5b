"""``tests/test_contract.py``: one case for each operation, route and tool."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from naftiko_gen import ir
from naftiko_gen.jsonpath import evaluate
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    assign,
    code,
    docstring,
    from_import,
    literal,
)

from . import guards

_EXAMPLES: ir.JsonObject = {
    "array": [],
    "object": {},
    "string": "x",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "json": "x",
}


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    operations = [_operation(o) for o in capability.operations]
    routes = [
        _route(capability, adapter, route)
        for adapter in capability.rest
        for route in adapter.routes
    ]
    tools = [
        _tool(capability, adapter, tool)
        for adapter in capability.mcp
        for tool in adapter.tools
    ]
    runners = ["run_operation"]
    guarded_routes = bool(routes) and any(adapter.access for adapter in capability.rest)
    runners += ["run_route"] if routes else []
    runners += ["run_tool"] if tools else []
    return {
        "doc": docstring(
            f"Each operation, route and tool of {capability.label} makes one good request.",
            0,
        ),
        "support_import": from_import(code("support"), ["Case", "case_name", *runners]),
        "package": literal(capability.package),
        "callers": _callers(capability),
        "guarded_routes": guarded_routes,
        "protected": _protected(capability),
        "operations": _cases("OPERATIONS", operations),
        "routes": _cases("ROUTES", routes),
        "tools": _cases("TOOLS", tools),
    }


def _protected(capability: ir.Capability) -> Code | None:
    adapters = tuple(
        ("rest" if isinstance(adapter, ir.RestAdapter) else "mcp", adapter.namespace)
        for adapter, _ in guards.guarded(capability)
    )
    return assign("PROTECTED", adapters) if adapters else None


def _callers(capability: ir.Capability) -> Code | None:
    found: dict[str, Value] = {}
    for adapter, access in guards.guarded(capability):
        fields = tuple(c.ident for c in access.credentials)
        if access.oauth is not None:
            fields = (access.oauth.issuer.ident,)
        more: tuple[Value, ...] = (access.name,) if access.name else ()
        found[adapter.namespace] = Call(code("Caller"), (access.kind, fields, *more))
    return assign("CALLERS", found) if found else None


def _cases(name: str, cases: list[Call]) -> Code | None:
    return assign(name, tuple(cases)) if cases else None


def _case(name: str, operation: ir.Operation, **more: Value) -> Call:
    arguments = (name, operation.method, operation.path)
    return Call(code("Case"), arguments, tuple(more.items()))


def _operation(operation: ir.Operation) -> Call:
    arguments = {p.name: _EXAMPLES[p.type] for p in operation.inputs}
    return _case(operation.command, operation, **_inputs(arguments, operation))


def _route(capability: ir.Capability, adapter: ir.RestAdapter, route: ir.Route) -> Call:
    path, query, headers = route.path, {}, {}
    members: ir.JsonObject = {}
    for item in route.inputs:
        text = _text(_EXAMPLES[item.target.type])
        if item.location == "path":
            path = path.replace(f"{{{item.name}}}", quote(text))
        elif item.location == "query":
            query[item.name] = text
        elif item.location == "body":
            members[item.name] = _EXAMPLES[item.target.type]
        else:
            headers[item.name] = text
    more: dict[str, Value] = {
        "adapter": adapter.namespace,
        "method": route.method,
        "path": f"{path}?{urlencode(query)}" if query else path,
    }
    if headers:
        more["headers"] = headers
    if members:
        more["members"] = members
    return _case(
        f"{route.method} {route.path}",
        route.operation,
        **more,
        **_inputs({}, route.operation),
        **_answer(capability, route),
    )


def _tool(capability: ir.Capability, adapter: ir.McpAdapter, tool: ir.Tool) -> Call:
    more: dict[str, Value] = {"adapter": adapter.namespace}
    if tool.body_argument not in (None, "body"):
        more["body_argument"] = tool.body_argument
    arguments = {i.name: _EXAMPLES[i.target.type] for i in tool.inputs}
    return _case(
        tool.name,
        tool.operation,
        **more,
        **_inputs(arguments, tool.operation),
        **_answer(capability, tool),
    )


def _inputs(arguments: ir.JsonObject, operation: ir.Operation) -> dict[str, Value]:
    body = example(operation.body)
    found: dict[str, Value] = {"arguments": arguments} if arguments else {}
    needed = operation.body is not None and operation.body.required
    return {**found, "body": body} if body or needed else found


def _answer(capability: ir.Capability, exposed: ir.Route | ir.Tool) -> dict[str, Value]:
    """The mapped answer to the sandbox's sample; nothing when that comes back unchanged."""
    if exposed.output is None:
        return {}
    operation = exposed.operation
    [upstream] = (u for u in capability.upstreams if u.namespace == operation.namespace)
    document = operation.sample
    if upstream.signing is not None and upstream.errors is not None:
        document = {upstream.errors.member: [], "result": document}
    answer = evaluate(exposed.output, document)
    return {} if answer is None else {"answer": answer}


def _text(value: ir.JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def example(body: ir.Body | None) -> ir.JsonObject:
    """A body that its schema accepts: the required members, else the first one that is simple."""
    if body is None:
        return {}
    properties = body.schema.get("properties")
    members = properties if isinstance(properties, dict) else {}
    required = body.schema.get("required")
    names = required if isinstance(required, list) and required else list(members)[:1]
    found: ir.JsonObject = {}
    for name in names:
        member = members.get(str(name))
        if isinstance(member, dict):
            found[str(name)] = _member(member)
    return found


def _member(schema: ir.JsonObject) -> ir.JsonValue:
    for keyword in ("examples", "enum"):
        values = schema.get(keyword)
        if isinstance(values, list) and values:
            return values[0]
    if "default" in schema:
        return schema["default"]
    kinds = schema.get("type")
    kind = (
        kinds
        if isinstance(kinds, str)
        else next(iter(kinds), "") if isinstance(kinds, list) else ""
    )
    if kind == "integer":
        minimum = schema.get("minimum")
        return minimum if isinstance(minimum, int) else 1
    return _EXAMPLES.get(str(kind), "x")
