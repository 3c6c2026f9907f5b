"""``exposes`` of type rest: adapters and their routes."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.names import Scope, words

from . import placeholders
from .consumes import Consumed
from .node import Node
from .outputs import check_outputs
from .wiring import Wiring, read_with, resolve_call

_UNSUPPORTED = {
    "steps": "an operation of several steps",
    "mappings": "a mapping of step outputs",
    "ref": "a reference to an aggregate function",
}


def lower_rest(
    node: Node, consumed: Consumed, ident: str, functions: Scope
) -> ir.RestAdapter:
    """One REST adapter."""
    if node.has("authentication"):
        node.unsupported("authentication", "authentication of an exposed adapter")
    routes: list[ir.Route] = []
    seen: dict[tuple[str, str], int] = {}
    for resource in node.items("resources"):
        if resource.has("forward"):
            resource.unsupported("forward", "forwarding to an upstream")
        for operation in resource.items("operations"):
            key = (
                operation.text("method", "GET"),
                placeholders.shape(resource.text("path")),
            )
            line = operation.span().start.line
            if key in seen:
                operation.error(
                    "E207",
                    f"`{key[0]} {resource.text('path')}` is already served by the operation at line {seen[key]}",
                    hint="two operations with one method and path cannot be told apart",
                )
                continue
            seen[key] = line
            route = _route(
                operation, resource, consumed, node.text("namespace"), functions
            )
            if route is not None:
                routes.append(route)
    port = node.child("port").value
    return ir.RestAdapter(
        namespace=node.text("namespace"),
        ident=ident,
        address=node.text("address", "127.0.0.1"),
        port=port if isinstance(port, int) else 0,
        description=node.text("description"),
        routes=tuple(routes),
    )


def _route(
    node: Node, resource: Node, consumed: Consumed, namespace: str, functions: Scope
) -> ir.Route | None:
    for key, what in _UNSUPPORTED.items():
        if node.has(key):
            node.unsupported(key, what)
            return None
    if not node.has("call"):
        if not node.flawed():
            node.error("E301", "an operation without `call` cannot be compiled yet")
        return None
    check_outputs(node)
    operation = resolve_call(node, consumed)
    if operation is None:
        return None
    method, path = node.text("method", "GET"), resource.text("path")
    name = node.text("name") or f"{method} {path}"
    ident, clash = functions.claim(name)
    if clash is not None:
        ident, _ = functions.claim(f"{name} {method} {path}")
    declared = {
        item.text("name"): item.text("in", "body")
        for item in (*resource.items("inputParameters"), *node.items("inputParameters"))
    }
    wiring = read_with(node, operation, namespace)
    slots = _slots(resource, path)
    inputs = tuple(
        _input(node, parameter, wiring, declared, slots, method)
        for parameter in operation.inputs
        if parameter.name not in wiring.constants
    )
    return ir.Route(
        method=method,
        path="".join(
            f"{{{slots[t]}}}" if slot else t for t, slot in placeholders.split(path)
        ),
        ident=ident,
        name=name,
        title=node.text("description") or node.text("label") or operation.title,
        description=operation.summary,
        operation=operation,
        inputs=inputs,
        fixed=tuple(
            (p, wiring.constants[p.name])
            for p in operation.inputs
            if p.name in wiring.constants
        ),
        takes_body=operation.body is not None,
    )


def _slots(resource: Node, path: str) -> dict[str, str]:
    """The placeholders of ``path`` as the router takes them: names that Python would take."""
    slots: dict[str, str] = {}
    for name in placeholders.names(path):
        slot = "_".join(words(name)) or "unnamed"
        slot = f"n{slot}" if slot[0].isdigit() else slot
        if slot in slots.values():
            resource.error(
                "E212",
                f"the placeholder `{name}` and another one of this path are one name to a router",
                at="path",
                hint="rename one: they must differ in letters or digits, not in punctuation",
            )
        slots[name] = slot
    return slots


def _input(
    node: Node,
    parameter: ir.Parameter,
    wiring: Wiring,
    declared: dict[str, str],
    slots: dict[str, str],
    method: str,
) -> ir.Input:
    wanted = wiring.references.get(parameter.name, parameter.name)
    slot = next((s for s in slots if s == wanted or words(s) == words(wanted)), None)
    if slot is not None:
        return ir.Input(slots[slot], "path", parameter)
    place = declared.get(wanted, parameter.location)
    if place == "header":
        return ir.Input(wanted, "header", parameter)
    if place == "path" and method not in ("GET", "HEAD", "DELETE"):
        node.error(
            "E213",
            f"nothing supplies `{parameter.name}`, which the path of the upstream needs",
            hint=f"write {{{wanted}}} in the path of the resource",
        )
    return ir.Input(wanted, "query", parameter)
