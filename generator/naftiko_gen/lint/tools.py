"""Tools as an agent sees them: by name and description alone, out of one long list."""

from __future__ import annotations

import json
from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath
from naftiko_gen.wordings import says_no_more

from .places import (
    JsonObject,
    Place,
    adapters,
    aggregates,
    functions,
    items,
    name_of,
    text,
    titled,
    tools,
)
from .rule import Offence, Rule, quoted

_LONGEST = 64


def _telling(data: JsonValue) -> Iterator[Offence]:
    for place in tools(data):
        name, description = name_of(place), place[1].get("description")
        if name is None or not isinstance(description, str):
            continue
        if says_no_more(description, name):
            yield Offence(
                (*place[0], "description"),
                f"the description of the tool {quoted(name)} says no more than its name",
                "say what it does, what comes back, and when to choose it",
            )


def _different(data: JsonValue) -> Iterator[Offence]:
    for adapter in adapters(data, "mcp"):
        seen: dict[str, NodePath] = {}
        for place in items(adapter, "tools"):
            description = text(place, "description")
            if description is None:
                continue
            here = (*place[0], "description")
            first = seen.setdefault(" ".join(description.casefold().split()), here)
            if first is not here:
                yield Offence(
                    here,
                    f"{titled(place, 'tool')} has the description of another tool",
                    "say what tells them apart: agents choose by it",
                    first=first,
                )


def _length(data: JsonValue) -> Iterator[Offence]:
    for place in tools(data):
        name = name_of(place)
        if name is not None and len(name) > _LONGEST:
            path = (*place[0], "name") if "name" in place[1] else place[0]
            yield Offence(
                path,
                f"the tool name {quoted(name)} has {len(name)} characters; clients refuse"
                f" more than {_LONGEST}",
                at_key="name" not in place[1],
            )


def _size(data: JsonValue) -> Iterator[Offence]:
    shared = dict(_functions(data))
    for adapter in adapters(data, "mcp"):
        listed = [
            _listed(place, shared.get(text(place, "ref") or "", {}))
            for place in items(adapter, "tools")
        ]
        if not listed:
            continue
        answer = json.dumps(
            {"tools": listed}, ensure_ascii=False, separators=(",", ":")
        )
        size = len(answer.encode("utf-8", "surrogatepass"))
        many = "1 tool" if len(listed) == 1 else f"{len(listed)} tools"
        yield Offence(
            (*adapter[0], "tools"),
            f"`tools/list` of {titled(adapter, 'adapter', 'namespace')} is about"
            f" {size:,} bytes, {-(-size // 4):,} tokens ({many})",
            at_key=True,
        )


def _functions(data: JsonValue) -> Iterator[tuple[str, JsonObject]]:
    for aggregate in aggregates(data):
        for place in functions(aggregate):
            yield f"{text(aggregate, 'namespace')}.{name_of(place)}", place[1]


def _listed(place: Place, function: JsonObject) -> JsonObject:
    """A tool as ``tools/list`` would show it, as far as the document itself says."""
    node = {**function, **place[1]}
    inputs = list(items(((), node), "inputParameters"))
    properties: JsonObject = {
        name_of(each)
        or "": {
            key: value
            for key, value in each[1].items()
            if key not in ("name", "required", "in", "value")
        }
        for each in inputs
    }
    required: list[JsonValue] = [
        name_of(each) or "" for each in inputs if each[1].get("required") is not False
    ]
    listed: JsonObject = {
        "name": name_of(place) or "",
        "description": node.get("description"),
        "inputSchema": {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        },
    }
    for key, name in (("label", "title"), ("hints", "annotations")):
        if key in node:
            listed[name] = node[key]
    return listed


RULES = (
    Rule("tool-description-says-something", "W340", _telling),
    Rule("tool-descriptions-differ", "W341", _different),
    Rule("tool-name-length", "W342", _length, Severity.ERROR),
    Rule("tools-list-size", "N301", _size, Severity.NOTE, recommended=False),
)
