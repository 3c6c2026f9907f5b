"""The lists of routes of ``rest.py``."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, Value, annotation, assign, code, ident


def routes_of(adapter: ir.RestAdapter) -> Code:
    """The list of what an adapter serves."""
    entries: list[tuple[str, str, str, Value, bool | None]] = [
        (r.method, r.path, r.name, ident(r.ident), r.reads)
        for r in adapter.routes
        if adapter.choice_of(r) is None
    ]
    by_ident = {route.ident: route for route in adapter.routes}
    for c in adapter.choices:
        reads = all(by_ident[one.ident].reads for one in c.alternatives)
        name = f"{c.method} {c.path}"
        entries.append((c.method, c.path, name, _one_of(c), reads))
    for f in adapter.forwards:
        method = "GET" if f.read_only else "*"
        entries.append((method, f.path, f.name, ident(f.ident), None))
    routes = tuple(
        Call(code("Route"), (m, _spanning(path), name, handler), _told(m, reads))
        for m, path, name, handler, reads in entries
    )
    return assign(
        adapter.ident.upper(),
        routes,
        annotation=annotation("tuple[Route[Context], ...]"),
    )


def _told(method: str, reads: bool | None) -> tuple[tuple[str, Value], ...]:
    """Whether a route only reads, where its method does not tell it."""
    if reads is None or reads == (method in ("GET", "HEAD")):
        return ()
    return (("reads", reads),)


def _one_of(choice: ir.Choice) -> Call:
    """The handler that lets one of several routes answer."""
    alternatives: list[Value] = []
    for one in choice.alternatives:
        some: tuple[tuple[str, Value], ...] = (("some", True),) if one.some else ()
        given: tuple[Value, ...] = (ident(one.ident), one.inputs)
        alternatives.append(Call(code("Alternative"), given, some))
    return Call(code("one_of"), tuple(alternatives))


def _spanning(path: str) -> str:
    """The path for the router: the placeholder called ``path`` may hold slashes."""
    return path.replace("{path}", "{path:.+}")
