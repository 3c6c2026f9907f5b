"""``rest.py``: one handler for each route, the lists of routes, and the applications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from naftiko_gen import ir
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
    signature,
    statement,
)

from . import calls, forwards
from .commands import argument
from .contracts import contract_name
from .rest_routes import table

if TYPE_CHECKING:
    from naftiko_gen.contexts.parts import Function
    from naftiko_gen.contexts.serving import Rest

_SIGNATURE = (
    code("request: web.Request"),
    code("context: Context"),
)
#: The helper that takes a value of each type from a text.
TEXTS = {
    "string": code("check.text_string"),
    "integer": code("check.text_integer"),
    "number": code("check.text_number"),
    "boolean": code("check.text_boolean"),
    # As text, a value of any type is a string.
    "json": code("check.text_string"),
    # What no text spells by itself is written as JSON.
    "array": code("json_text.array"),
    "object": code("json_text.object_"),
}
#: What a caller sends as the members of its body, for the helpers that read JSON arguments.
_SENT = code("arguments = arguments_.members(faults, await json_body(request))")
#: The same when the body is read for something else as well.
_BODY = code("sent = await json_body(request)")
_OF_BODY = code("arguments = arguments_.members(faults, sent)")


_IN_BODY = ("body", "document")
_AS_JSON = ("array", "object")
#: The body itself as the only one of these arguments.
_WHOLE = code('arguments = {"body": await json_body(request)}')


def view(capability: ir.Capability) -> Rest:
    """The context of the template."""
    routes = capability.routes
    bodies = any(route.takes_body for route in routes)
    texts = any(
        i.location not in _IN_BODY and i.target.type not in _AS_JSON
        for route in routes
        for i in route.inputs
    )
    return {
        "doc": docstring(
            f"The REST adapters of {capability.label}: one handler for each route.", 0
        ),
        "imports": _imports(capability, bodies, texts),
        "observed": capability.observability is not None,
        "handlers": [
            *(_handler(route) for route in routes),
            *(forwards.handler(forward) for forward in capability.forwards),
        ],
        "adapters": [table(adapter) for adapter in capability.rest],
        "docs": capability.docs,
        "guarded": _guarded(capability),
        "table": assign(
            "ADAPTERS",
            {
                adapter.namespace: (
                    ident(adapter.ident.upper()),
                    contract_name(capability, adapter),
                )
                for adapter in capability.rest
            },
            annotation=annotation("dict[str, tuple[tuple[Route[Context], ...], str]]"),
        ),
    }


def _guarded(capability: ir.Capability) -> bool:
    return any(adapter.access for adapter in capability.rest)


def _imports(capability: ir.Capability, bodies: bool, texts: bool) -> list[Code]:
    routes = capability.routes
    passed_on = capability.forwards
    guarded = _guarded(capability)
    fields = any(_reads_members(route) for route in routes)
    inputs = [item for route in routes for item in route.inputs]
    json_texts = any(
        i.location not in _IN_BODY and i.target.type in _AS_JSON for i in inputs
    )
    picked = any(item.pick for item in inputs)
    known = any(_members(route) and not _is_open(route) for route in routes)
    mapped = any(route.output for route in routes)
    parts = (
        ("check", texts or known),
        ("inputs", bodies),
        ("json_text", json_texts),
        ("mappings", mapped or picked),
    )
    modules = [name for name, used in parts if used]
    runnables = calls.modules(route.runs for route in routes)
    modules = sorted([*modules, *runnables])
    lines = [from_import(code("."), modules)] if modules else []
    if guarded:
        lines.append(code("from .access import protect"))
    if fields:
        lines.insert(0, code("from . import arguments as arguments_"))
    if any(calls.needs_given(route.runs, route.fixed) for route in routes):
        lines.append(code("from .arguments import given"))
    lines += [
        code("from .context import Context"),
        code("from .contract import read_contract"),
    ]
    if any(route.takes_body or route.inputs for route in routes):
        lines.append(code("from .faults import Faults"))
    if passed_on:
        lines.append(code("from .forwarding import forward"))
    if guarded:
        lines.append(code("from .guards import guard_of"))
    if mapped:
        lines.append(code("from .mapped import mapped"))
    if any(adapter.choices for adapter in capability.rest):
        lines.append(code("from .one_of import Alternative, one_of"))
    if any(item.pattern for item in inputs):
        lines.append(code("from .patterns import check_pattern"))
    if picked:
        lines.append(code("from .picked import picked"))
    support = ["Route", "build_app", *(["json_body"] if bodies or fields else [])]
    lines += [
        code("from .reply import Reply"),
        from_import(code(".rest_support"), support),
    ]
    if capability.observability is not None:
        lines.append(code("from .telemetry import observed_routes"))
    if any(route.media_type for route in routes):
        lines.append(code("from .told import told_as"))
    helpers = calls.helpers(f for route in routes for f in route.fixed)
    helpers |= forwards.helpers(passed_on)
    return [*lines, from_import(code(".wire"), sorted(helpers))] if helpers else lines


def _members(route: ir.Route) -> tuple[ir.Input, ...]:
    return tuple(item for item in route.inputs if item.location in _IN_BODY)


def _reads_members(route: ir.Route) -> bool:
    return bool(_members(route)) or route.body_member is not None


def _is_open(route: ir.Route) -> bool:
    """Whether a request's body may have members besides those that are read."""
    members = _members(route)
    others = any(i.pick or i.location == "document" for i in members)
    return others or (route.takes_body and route.body_member is None)


def _arguments(route: ir.Route) -> list[Code]:
    """The members of the body, by the names of the inputs."""
    members = _members(route)
    if any(item.location == "document" for item in members):
        return [_WHOLE]
    picks = {i.name: dotted("mappings", i.pick.ident) for i in members if i.pick}
    if not _is_open(route):
        names = [item.name for item in members]
        if route.body_member is not None:
            names.append(route.body_member)
        return [_SENT, calls.known([*dict.fromkeys([*names, *route.ignored])])]
    if not picks:
        return [_BODY, _OF_BODY]
    given: list[Value] = [code("sent"), picks]
    if len(picks) < len(members):
        given.append(Call(code("arguments_.members"), (code("faults"), code("sent"))))
    made = Call(code("picked"), tuple(given))
    return [_BODY, statement(code("arguments ="), made, 4)]


def _upstream_body(route: ir.Route) -> Code:
    """What the upstream gets as its body."""
    if route.body_member is not None:
        value: Value = Call(code("arguments.get"), (route.body_member,))
        return calls.take_body(route.runs, value, f"/{route.body_member}")
    value = code("sent") if _members(route) else code("await json_body(request)")
    return calls.take_body(route.runs, value, "")


def _handler(route: ir.Route) -> Function:
    body, members = route.takes_body, _members(route)
    lines: list[Code] = []
    if body or route.inputs:
        lines.append(calls.CHECKED)
        if _reads_members(route):
            lines += _arguments(route)
        for i in route.inputs:
            value = _text(i) if i not in members else _member(i)
            where = f"/{i.name}" if i in members else f"/{i.location}/{i.name}"
            lines += calls.taken(i, value, where)
        if body:
            lines.append(_upstream_body(route))
        lines.append(calls.REFUSED)
    if route.media_type:
        told = Call(code("told_as"), (code("reply"), route.media_type))
        lines.append(calls.make(route.runs, route.fixed, calls.REPLY))
        lines.append(statement(code("return"), told, 4))
    else:
        lines += calls.answer(route.runs, route.fixed, route.output)
    head = joined(code("async def "), ident(route.ident))
    return {
        "signature": signature(head, _SIGNATURE, code("Reply")),
        "doc": docstring(f"{route.method} {route.path}: {route.title}"),
        "lines": lines,
    }


def _member(item: ir.Input) -> Call:
    return argument(item.target, item.name, item.needed)


def _text(item: ir.Input) -> Call:
    source = {
        "path": code("request.match_info.get"),
        "query": code("request.query.get"),
        "header": code("request.headers.get"),
        "cookie": code("request.cookies.get"),
    }[item.location]
    arguments: tuple[Value, ...] = (
        code("faults"),
        Call(source, (item.name,)),
        f"/{item.location}/{item.name}",
    )
    keywords = tuple(calls.keywords_of(item.target, item.needed).items())
    return Call(TEXTS[item.target.type], arguments, keywords)


def helper_modules(capability: ir.Capability) -> Iterator[str]:
    """The static modules that some inputs and answers alone need."""
    if any(adapter.choices for adapter in capability.rest):
        yield "one_of"
    single = (f.work for f in capability.flows if isinstance(f.work, ir.Single))
    if any(r.media_type for r in capability.routes) or any(
        w.media_type for w in single
    ):
        yield "told"
    for item in (item for route in capability.routes for item in route.inputs):
        if item.pattern:
            yield "patterns"
        if item.pick is not None:
            yield "picked"
        if item.location not in _IN_BODY and item.target.type in _AS_JSON:
            yield "json_text"
