"""REST adapters, and the addresses that adapters listen at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue

from .places import (
    Place,
    adapters,
    items,
    operations,
    path_text,
    steps,
    text,
    titled,
    tools,
)
from .rule import Offence, Rule, quoted

_EXAMPLE = re.compile(r"example\.com\Z")
_STEP = re.compile(r"[A-Za-z0-9_-]+")


def _resources(data: JsonValue) -> Iterator[Place]:
    for adapter in adapters(data, "rest"):
        yield from items(adapter, "resources")


def _trailing_slash(data: JsonValue) -> Iterator[Offence]:
    for place in _resources(data):
        path = text(place, "path")
        if path and path.endswith("/"):
            yield Offence(
                (*place[0], "path"), f"the exposed path {quoted(path)} ends with `/`"
            )


def _query(data: JsonValue) -> Iterator[Offence]:
    for place in _resources(data):
        path = text(place, "path")
        if path and "?" in path:
            yield Offence(
                (*place[0], "path"),
                f"the exposed path {quoted(path)} has a query",
                "declare input parameters with `in: query`",
            )


def _address(data: JsonValue) -> Iterator[Offence]:
    for place in adapters(data, "rest", "mcp", "skill"):
        address = text(place, "address")
        if address and _EXAMPLE.search(address):
            yield Offence(
                (*place[0], "address"),
                f"the address {quoted(address)} is a placeholder",
                "name the host to listen at, such as `localhost`",
            )


def _resource_description(data: JsonValue) -> Iterator[Offence]:
    for place in _resources(data):
        if not text(place, "description"):
            yield Offence(
                place[0],
                f"the resource {path_text(place)} has no `description`",
                at_key=True,
            )


def _operation_description(data: JsonValue) -> Iterator[Offence]:
    for place in operations(data):
        if not text(place, "description"):
            yield Offence(
                place[0],
                f"{titled(place, 'operation')} has no `description`",
                at_key=True,
            )


def _step_names(data: JsonValue) -> Iterator[Offence]:
    for unit in (*operations(data), *tools(data)):
        for place in steps(unit):
            name = place[1].get("name")
            if isinstance(name, str) and not _STEP.fullmatch(name):
                yield Offence(
                    (*place[0], "name"),
                    f"the step name {quoted(name)} cannot be referred to everywhere",
                    "use letters, digits, `_` and `-`",
                )


RULES = (
    Rule("rest-resource-path-no-trailing-slash", "W304", _trailing_slash),
    Rule("rest-resource-path-no-query", "W305", _query),
    Rule("address-not-example", "W306", _address),
    Rule("rest-resource-description", "W315", _resource_description),
    Rule(
        "rest-operation-description", "W316", _operation_description, recommended=False
    ),
    Rule("steps-name-pattern", "W317", _step_names),
)
