"""Routes of one adapter that have one method and path: twins, and those that inputs tell apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from naftiko_gen import ir
from naftiko_gen.diagnostics import Remedy
from naftiko_gen.names import Scope

from . import placeholders
from .node import Node

_SLOT = re.compile(r"\{(\w+)\}")
_TOLD = ("query", "header", "cookie", "body")
_HINT = "two operations with one method and path are told apart by an input that one of them needs"


@dataclass(frozen=True, slots=True)
class Placed:
    """A route, and the operation that it was made of, with the path as it is written."""

    node: Node
    path: str
    route: ir.Route


def settle(
    placed: Sequence[Placed], functions: Scope
) -> tuple[tuple[ir.Route, ...], tuple[ir.Choice, ...]]:
    """The routes without twins, and the choices between those of one method and path.

    W206 and E207 are reported at the later ones.
    """
    groups: dict[tuple[str, str], list[Placed]] = {}
    for one in placed:
        key = (one.route.method, placeholders.shape(one.path))
        groups.setdefault(key, []).append(one)
    routes: dict[str, ir.Route] = {}
    choices: list[ir.Choice] = []
    for group in groups.values():
        kept = _without_twins(group)
        routes |= {one.route.ident: one.route for one in kept}
        if len(kept) > 1:
            same = [_with_slots_of(kept[0].route, one.route) for one in kept]
            routes |= {route.ident: route for route in same}
            alternatives = _told_apart(same)
            if alternatives is None:
                _refuse(kept)
            else:
                _note(kept)
                choices.append(_choice(kept[0], alternatives, functions))
    order = [one.route.ident for one in placed]
    return tuple(routes[name] for name in order if name in routes), tuple(choices)


def _without_twins(group: list[Placed]) -> list[Placed]:
    """The routes that are served: of several that send the same request, the first."""
    kept: list[Placed] = []
    for one in group:
        twin = next((k for k in kept if _request(k.route) == _request(one.route)), None)
        if twin is None:
            kept.append(one)
            continue
        one.node.error(
            "W206",
            f"the operation at line {_line(twin)} serves `{one.route.method} {one.path}` already, "
            "and sends the same request: this one is left out",
            hint="remove one of the two",
            remedy=Remedy(one.node.path),
        )
    return kept


def _request(route: ir.Route) -> object:
    """What an upstream gets of a request to ``route``, whatever its placeholders are called."""
    runs = route.runs
    if not isinstance(runs, ir.Operation):
        return route.ident
    slots = {name: f"{number}" for number, name in enumerate(_SLOT.findall(route.path))}
    wire = {p.name: "path" if p.location == "path" else p.name for p in runs.parameters}
    return (
        runs.upstream_ident,
        runs.method,
        tuple(part if isinstance(part, str) else None for part in runs.path_parts),
        sorted(
            (
                i.location,
                slots.get(i.name, i.name),
                wire.get(i.target.name, ""),
                i.needed,
            )
            for i in route.inputs
        ),
        sorted(
            (p.location, wire[p.name], p.required, repr(p.constant), repr(p.template))
            for p in runs.parameters
        ),
        repr((route.fixed, route.takes_body, route.body_member, route.media_type)),
        repr((runs.body, runs.payload, runs.format)),
        route.output.ident if route.output is not None else None,
    )


def _with_slots_of(first: ir.Route, route: ir.Route) -> ir.Route:
    """``route`` with the path of ``first``: their placeholders have other names alone."""
    names = dict(zip(_SLOT.findall(route.path), _SLOT.findall(first.path), strict=True))
    inputs = tuple(
        # One that has no placeholder has been reported.
        (
            replace(item, name=names.get(item.name, item.name))
            if item.location == "path"
            else item
        )
        for item in route.inputs
    )
    return replace(route, path=first.path, inputs=inputs)


def _told_apart(routes: Sequence[ir.Route]) -> tuple[ir.Alternative, ...] | None:
    """How a request shows which of ``routes`` it is for; None when it cannot.

    What a route cannot do without tells it from others, the one that needs the most first, and the
    one that takes all that there is before others. Where two need the same, what only one of them
    takes does; a request with none of it is for neither.
    """
    needed = [
        _names(i for i in r.inputs if i.needed or i.target.required) for r in routes
    ]
    if len(set(needed)) == len(needed):
        order = sorted(range(len(routes)), key=lambda at: -len(needed[at]))
        return tuple(
            ir.Alternative(
                routes[at].ident,
                tuple(sorted(needed[at])),
                others=_others(routes, needed, at),
            )
            for at in order
        )
    taken = [_names(r.inputs) for r in routes]
    own = [
        names.difference(*(other for n, other in enumerate(taken) if n != at))
        for at, names in enumerate(taken)
    ]
    if not all(own) or any(route.takes_body for route in routes):
        return None
    return tuple(
        ir.Alternative(route.ident, tuple(sorted(names)), some=True)
        for route, names in zip(routes, own, strict=True)
    )


def _others(
    routes: Sequence[ir.Route], needed: Sequence[frozenset[str]], at: int
) -> tuple[str, ...]:
    """What shows that a request with all that the one ``at`` needs is for a less demanding one."""
    taken = _names(routes[at].inputs)
    found: set[str] = set()
    for route, least in zip(routes, needed, strict=True):
        names = _names(route.inputs)
        if least < needed[at] <= names:
            found |= names - taken
    if routes[at].takes_body:
        found = {name for name in found if not name.startswith("body/")}
    return tuple(sorted(found))


def _names(inputs: Iterable[ir.Input]) -> frozenset[str]:
    return frozenset(
        f"{i.location}/{i.name.lower() if i.location == 'header' else i.name}"
        for i in inputs
        if i.location in _TOLD and i.pick is None
    )


def _choice(
    first: Placed, alternatives: tuple[ir.Alternative, ...], functions: Scope
) -> ir.Choice:
    method, path = first.route.method, first.route.path
    ident, clash = functions.claim(f"{method} {path}")
    number = 2
    while clash is not None:
        ident, clash = functions.claim(f"{method} {path} {number}")
        number += 1
    return ir.Choice(ident, method, path, alternatives)


def _note(group: list[Placed]) -> None:
    for one in group[1:]:
        if one.node.laid_over():
            continue  # Other tools read the document without it.
        one.node.error(
            "W206",
            f"the operation at line {_line(group[0])} has `{one.route.method} {one.path}` too: "
            "requests are told apart by what they have",
            hint="give it a path of its own",
            remedy=Remedy(one.node.path, beside=True),
        )


def _refuse(group: list[Placed]) -> None:
    for one in group[1:]:
        one.node.error(
            "E207",
            f"`{one.route.method} {one.path}` is already served by the operation at line "
            f"{_line(group[0])}",
            hint=_HINT,
        )


def _line(one: Placed) -> int:
    return one.node.span().start.line
