"""Namespaces: one meaning each, and none left out."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

from .places import Place, adapters, aggregates, capability, entries, root, text
from .rule import Offence, Rule, quoted


def _owners(data: JsonValue) -> Iterator[Place]:
    # The order decides which of two is the later one: it is that of the official rule.
    for place in root(data):
        yield from entries(place, "consumes")
    for place in capability(data):
        yield from entries(place, "consumes")
        yield from entries(place, "exposes")
    for place in (*root(data), *capability(data)):
        yield from entries(place, "binds")


def _unique(data: JsonValue) -> Iterator[Offence]:
    seen: dict[str, NodePath] = {}
    for path, node in _owners(data):
        namespace = node.get("namespace")
        if not isinstance(namespace, str):
            continue
        place = (*path, "namespace")
        first = seen.setdefault(namespace, place)
        if first is not place:
            yield Offence(
                place,
                f"the namespace {quoted(namespace)} is used twice",
                "adapters and binds share one set of namespaces: rename one",
                first=first,
            )


def _of_adapters(data: JsonValue) -> Iterator[Offence]:
    shared = [entry for place in root(data) for entry in entries(place, "exposes")]
    for place in (*shared, *adapters(data)):
        kind = place[1].get("type")
        # A control adapter cannot have one, and an import brings its own.
        if isinstance(kind, str) and kind != "control" and not text(place, "namespace"):
            yield Offence(
                place[0],
                f"this adapter of type {quoted(kind)} has no `namespace`",
                at_key=True,
            )


def _of_aggregates(data: JsonValue) -> Iterator[Offence]:
    shared = [entry for place in root(data) for entry in entries(place, "aggregates")]
    own = [place for place in aggregates(data) if "functions" in place[1]]
    for place in (*shared, *own):
        if not text(place, "namespace"):
            yield Offence(
                place[0],
                "this aggregate has no `namespace`",
                "a `ref` finds a function as `namespace.function`",
                at_key=True,
            )


RULES = (
    Rule("namespaces-unique", "W301", _unique, Severity.ERROR),
    Rule("exposes-namespace-required", "W329", _of_adapters, Severity.ERROR),
    Rule("aggregates-namespace-required", "W330", _of_aggregates, Severity.ERROR),
)
