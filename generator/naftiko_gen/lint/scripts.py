"""Script steps: where the script is, and in which language."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue

from .places import (
    JsonObject,
    Place,
    adapters,
    aggregates,
    functions,
    operations,
    steps,
    titled,
    tools,
)
from .rule import Offence, Rule

_DEFAULTS = (("location", "defaultLocation"), ("language", "defaultLanguage"))


def _complete(data: JsonValue) -> Iterator[Offence]:
    given = _defaults(data)
    for unit in _units(data):
        for place in steps(unit):
            if place[1].get("type") != "script":
                continue
            for key, default in _DEFAULTS:
                if not place[1].get(key) and not given.get(default):
                    yield Offence(
                        place[0],
                        f"{titled(place, 'script step')} has no `{key}`",
                        f"or give `{default}` under `management.scripting` of the"
                        " control adapter",
                        at_key=True,
                    )


def _defaults(data: JsonValue) -> JsonObject:
    for _, node in adapters(data, "control"):
        management = node.get("management")
        if isinstance(management, dict):
            scripting = management.get("scripting")
            if isinstance(scripting, dict):
                return scripting
    return {}


def _units(data: JsonValue) -> Iterator[Place]:
    yield from tools(data)
    yield from operations(data)
    for aggregate in aggregates(data):
        yield from functions(aggregate)


RULES = (Rule("script-defaults-required", "W323", _complete, Severity.ERROR),)
