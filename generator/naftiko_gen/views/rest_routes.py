"""The list of an adapter's routes, and their order: a router takes the first path that fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, Value, annotation, assign, code, ident

_RouteT = TypeVar("_RouteT")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SPANNING = "{path}"
#: More placeholders than a segment has.
_LAST = 1_000
#: Segment by segment: one without a placeholder before one with, more text before less.
_Rank: TypeAlias = list[tuple[int, int]]


def table(adapter: ir.RestAdapter) -> Code:
    """The routes of an adapter, as the router tries them."""
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
    entries = ordered(entries, lambda entry: entry[1])
    for f in adapter.forwards:
        method = "GET" if f.read_only else "*"
        entries.append((method, f.path, f.name, ident(f.ident), None))
    routes = tuple(
        Call(code("Route"), (m, spanning(path), name, handler), _told(m, reads))
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
        more: list[tuple[str, Value]] = [("some", True)] if one.some else []
        if one.others:
            more.append(("others", one.others))
        given: tuple[Value, ...] = (ident(one.ident), one.inputs)
        alternatives.append(Call(code("Alternative"), given, tuple(more)))
    return Call(code("one_of"), tuple(alternatives))


def spanning(path: str) -> str:
    """The path for the router: the placeholder called ``path`` may hold slashes."""
    return path.replace(_SPANNING, "{path:.+}")


def ordered(
    routes: Sequence[_RouteT], path_of: Callable[[_RouteT], str]
) -> list[_RouteT]:
    """The routes as they are written, unless one would take the requests of a later one.

    Then those with more text in their paths come first.
    """
    open_paths: dict[int, list[tuple[_Rank, list[str]]]] = {}
    for route in routes:
        path = path_of(route)
        segments, rank = path.split("/"), _rank(path)
        # One that may hold slashes, for which 0 stands, meets those of other lengths.
        length = 0 if _SPANNING in path else len(segments)
        lengths = (0, length) if length else tuple(open_paths)
        before = (other for n in lengths for other in open_paths.get(n, ()))
        if any(other > rank and _meet(one, segments) for other, one in before):
            return sorted(routes, key=lambda route: _rank(path_of(route)))
        if "{" in path:
            open_paths.setdefault(length, []).append((rank, segments))
    return list(routes)


def _rank(path: str) -> _Rank:
    found = [
        (
            (len(_PLACEHOLDER.findall(segment)), -len(_PLACEHOLDER.sub("", segment)))
            if "{" in segment
            else (0, 0)
        )
        for segment in path.split("/")
    ]
    if _SPANNING not in path:
        return found
    # One that may hold slashes comes after those that may not, and whatever goes on behind it first.
    spans = [_SPANNING in segment for segment in path.split("/")]
    return [
        (_LAST, length) if span else (number, length)
        for span, (number, length) in zip(spans, found, strict=True)
    ] + [(_LAST, 0)]


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one request may fit both paths."""
    for long, short in ((other, one), (one, other)):
        at = next((n for n, part in enumerate(short) if _SPANNING in part), None)
        if at is not None and len(long) >= len(short):
            # What the placeholder holds is nearly anything: what stands before it has to fit.
            return _meet(long[:at], short[:at])
    return len(one) == len(other) and all(
        a == b or ("{" in a and _fits(a, b)) or ("{" in b and _fits(b, a))
        for a, b in zip(one, other, strict=True)
    )


def _fits(pattern: str, segment: str) -> bool:
    """Whether the segment of one path may be what that of another stands for."""
    texts = _PLACEHOLDER.split(pattern)
    return bool(re.fullmatch(".+".join(map(re.escape, texts)), segment))
