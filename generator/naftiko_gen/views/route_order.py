"""The order in which a router tries routes: it takes the first path that fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from naftiko_gen import ir

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
#: Segment by segment: one without a placeholder before one with, more text before less.
_Rank: TypeAlias = list[tuple[int, int]]


def ordered(routes: Sequence[ir.Route]) -> tuple[ir.Route, ...]:
    """The routes as they are written, unless one would take the requests of a later one.

    Then those with more text in their paths come first.
    """
    open_paths: dict[int, list[tuple[_Rank, list[str]]]] = {}
    for route in routes:
        segments, rank = route.path.split("/"), _rank(route)
        before = open_paths.setdefault(len(segments), [])
        if any(other > rank and _meet(path, segments) for other, path in before):
            return tuple(sorted(routes, key=_rank))
        if "{" in route.path:
            before.append((rank, segments))
    return tuple(routes)


def _rank(route: ir.Route) -> _Rank:
    return [
        (
            (len(_PLACEHOLDER.findall(segment)), -len(_PLACEHOLDER.sub("", segment)))
            if "{" in segment
            else (0, 0)
        )
        for segment in route.path.split("/")
    ]


def _meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one request may fit both paths, which have as many segments."""
    return all(
        a == b or ("{" in a and _fits(a, b)) or ("{" in b and _fits(b, a))
        for a, b in zip(one, other, strict=True)
    )


def _fits(pattern: str, segment: str) -> bool:
    """Whether the segment of one path may be what that of another stands for."""
    texts = _PLACEHOLDER.split(pattern)
    return bool(re.fullmatch(".+".join(map(re.escape, texts)), segment))
