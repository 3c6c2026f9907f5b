"""``exposes`` of type rest: adapters and their routes."""

from __future__ import annotations

from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.names import Scope

from . import choices, placeholders
from .access import check_inputs, lower_access
from .consumes import Consumed
from .declared import (
    check_declared,
    check_once,
    check_references,
    idle_input,
    note_idle,
    sources,
)
from .fixed_inputs import fixed_values
from .flows import Unit
from .formats import limited
from .forwards import lower_forward
from .functions import function_name
from .node import Node
from .paths import check_path, router_path, router_slots
from .rendered import Templates
from .responses import lower_responses, media_type
from .route_inputs import RouteInputs, with_idle
from .runs import lower_output, lower_runs


def lower_rest(
    node: Node, consumed: Consumed, ident: str, functions: Scope
) -> ir.RestAdapter:
    """One REST adapter."""
    routes: list[ir.Route] = []
    places: list[tuple[Node, str]] = []
    forwards: list[ir.Forward] = []
    seen: dict[tuple[str, str], int] = {}
    for resource in node.items("resources"):
        check_once(resource)
        usable = check_path(resource, served=True)
        shared = resource.items("inputParameters")
        idle = set(range(len(shared)))
        first = len(routes)
        for operation in resource.items("operations"):
            key = (
                operation.text("method", "GET"),
                placeholders.shape(resource.text("path")),
            )
            seen.setdefault(key, operation.span().start.line)
            route = _route(
                operation, resource, consumed, node.text("namespace"), functions, idle
            )
            if route is not None:
                routes.append(route)
                places.append((operation, resource.text("path")))
        for index in sorted(idle):
            note_idle(shared[index])
            extra = idle_input(shared[index], shared[index].text("in"))
            routes[first:] = [with_idle(route, extra) for route in routes[first:]]
        if resource.has("forward") and usable:
            key = ("*", placeholders.shape(resource.text("path")))
            if key in seen:
                resource.error(
                    "E207",
                    f"`{resource.text('path')}` is already passed on at line {seen[key]}",
                    at="path",
                )
                continue
            seen[key] = resource.span("forward").start.line
            forward = lower_forward(resource, consumed, functions)
            if forward is not None:
                forwards.append(forward)
    placed = [choices.Placed(*w, r) for w, r in zip(places, routes, strict=True)]
    served, chosen = choices.settle(placed, functions)
    access = lower_access(node, consumed.settings)
    check_inputs(node, access, served, forwards)
    port = node.child("port").value
    return ir.RestAdapter(
        namespace=node.text("namespace"),
        ident=ident,
        address=node.text("address", "127.0.0.1"),
        port=port if isinstance(port, int) else 0,
        description=node.text("description"),
        routes=tuple(replace(r, runs=limited(r.runs, node)) for r in served),
        choices=chosen,
        forwards=tuple(forwards),
        access=access,
    )


def _route(
    node: Node,
    resource: Node,
    consumed: Consumed,
    namespace: str,
    functions: Scope,
    idle: set[int],
) -> ir.Route | None:
    """One route; ``idle`` keeps the inputs of the resource that no route of it uses."""
    before = frozenset(idle)
    idle.clear()
    method, path = node.text("method", "GET"), resource.text("path")
    name = node.text("name") or function_name(node) or f"{method} {path}"
    shared, own = resource.items("inputParameters"), node.items("inputParameters")
    declared = {item.text("name"): item for item in (*shared, *own)}
    problems = node.report.faults
    slots = router_slots(resource)
    unit = Unit(namespace, name, tuple(declared.values()), frozenset(slots))
    found = lower_runs(node, consumed, unit, declared, "an operation")
    if found is None:
        return None
    runs, wiring = found
    ident, clash = functions.claim(name)
    if clash is not None:
        ident, clash = functions.claim(f"{name} {method} {path}")
    if clash is not None:
        # Names and routes are unique in one adapter only.
        ident, clash = functions.claim(f"{namespace} {name} {method} {path}")
    if clash is not None:
        node.error("E212", f"`{name}` and `{clash}` become the same Python identifier")
    templates = Templates(namespace, runs, wiring, declared, consumed.settings)
    names = (name, f"{namespace} {name}")
    output = lower_output(node, consumed, runs, names, templates.read)
    wiring = templates.wired()
    reader = RouteInputs(
        node, runs, wiring, declared, slots, method, consumed.outputs, name
    )
    inputs = [reader.read(parameter) for _, parameter in sources(runs, wiring)]
    check_once(node)
    check_references(node, wiring, [*declared, *slots])
    body = (wiring.body or "body") if runs.body is not None else None
    unused = check_declared(
        (*shared, *own), sources(runs, wiring), runs, body, wiring.spent
    )
    # What a faulty `with` leaves idle is explained by its fault.
    if isinstance(runs, ir.Operation) and node.report.faults == problems:
        for index, item in enumerate(own, len(shared)):
            if index in unused:
                note_idle(item)
                if "value" not in item.value:
                    inputs.append(reader.idle(item))
        idle |= before & unused
    fixed = fixed_values(declared)
    return ir.Route(
        method=method,
        path=router_path(path, slots),
        ident=ident,
        name=name,
        title=node.text("description") or node.text("label") or runs.title,
        description=runs.summary,
        runs=runs,
        inputs=tuple(inputs),
        fixed=wiring.fixed(runs),
        takes_body=runs.body is not None,
        output=output,
        body_member=reader.body_member(),
        responses=lower_responses(node),
        media_type=media_type(node, runs),
        ignored=tuple(n for n in fixed if declared[n].text("in") == "body"),
    )
