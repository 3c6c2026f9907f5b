"""Aggregates: functions that explain themselves, and adapters that do not contradict them."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

from .places import (
    JsonObject,
    Place,
    aggregates,
    entries,
    functions,
    name_of,
    operations,
    text,
    titled,
    tools,
)
from .rule import Offence, Rule, quoted


def _description(data: JsonValue) -> Iterator[Offence]:
    for aggregate in aggregates(data):
        for place in functions(aggregate):
            if not text(place, "description"):
                yield Offence(
                    place[0],
                    f"{titled(place, 'function')} has no `description`",
                    "tools and operations that refer to it inherit its description",
                    at_key=True,
                )


def _unique(data: JsonValue) -> Iterator[Offence]:
    for aggregate in aggregates(data):
        seen: dict[str, NodePath] = {}
        for place in entries(aggregate, "functions"):
            name = text(place, "name")
            if name is None:
                continue
            here = (*place[0], "name")
            first = seen.setdefault(name, here)
            if first is not here:
                yield Offence(
                    here,
                    f"the function name {quoted(name)} is used twice",
                    first=first,
                )


def _semantics(data: JsonValue) -> Iterator[Offence]:
    known = dict(_known(data))
    for place in tools(data):
        if semantics := known.get(text(place, "ref") or ""):
            yield from _hints(place, semantics)
    for place in operations(data):
        if semantics := known.get(text(place, "ref") or ""):
            yield from _method(place, semantics)


def _known(data: JsonValue) -> Iterator[tuple[str, JsonObject]]:
    for aggregate in aggregates(data):
        for place in functions(aggregate):
            semantics = place[1].get("semantics")
            if isinstance(semantics, dict):
                namespace = text(aggregate, "namespace")
                yield f"{namespace}.{name_of(place)}", semantics


def _hints(place: Place, semantics: JsonObject) -> Iterator[Offence]:
    path, node = place
    hints = node.get("hints")
    if not isinstance(hints, dict):
        return
    ref = quoted(text(place, "ref") or "")
    safe, idempotent = semantics.get("safe"), semantics.get("idempotent")
    if isinstance(safe, bool) and hints.get("readOnly") is (not safe):
        yield Offence(
            (*path, "hints", "readOnly"),
            f"`readOnly: {_word(not safe)}` contradicts {ref}, which has"
            f" `safe: {_word(safe)}`",
        )
    if safe is True and hints.get("destructive") is True:
        yield Offence(
            (*path, "hints", "destructive"),
            f"`destructive: true` contradicts {ref}, which has `safe: true`",
        )
    if isinstance(idempotent, bool) and hints.get("idempotent") is (not idempotent):
        yield Offence(
            (*path, "hints", "idempotent"),
            f"`idempotent: {_word(not idempotent)}` contradicts {ref}, which has"
            f" `idempotent: {_word(idempotent)}`",
        )


def _method(place: Place, semantics: JsonObject) -> Iterator[Offence]:
    method = text(place, "method")
    if method is None:
        return
    safe, get = semantics.get("safe"), method.upper() == "GET"
    said = ""
    if isinstance(safe, bool) and safe is not get:
        said = f"`safe: {_word(safe)}`"
    elif semantics.get("idempotent") is True and method.upper() == "POST":
        said = "`idempotent: true`"
    if said:
        ref = quoted(text(place, "ref") or "")
        yield Offence(
            (*place[0], "method"),
            f"the method {quoted(method)} contradicts {ref}, which has {said}",
        )


def _word(value: bool) -> str:
    return "true" if value else "false"


RULES = (
    Rule("aggregate-function-description", "W307", _description),
    Rule("aggregate-semantics-consistency", "W308", _semantics),
    Rule("aggregates-unique-function-name", "W331", _unique, Severity.ERROR),
)
