"""Where documents of 1.0.0-alpha3 and later differ in shape from 1.0.0-alpha2.

One entry for each kind of object. Keys that are not mentioned mean the same in both.
Kinds whose keys do not get in each other's way share an entry: REST resources and MCP
resources, and everything that answers a call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Shape:
    """How one kind of object is rewritten; the values of the tables are kinds."""

    #: Later key to earlier key.
    renamed: Mapping[str, str] = field(default_factory=dict)
    #: Maps that were lists of objects with a `name`.
    maps: Mapping[str, str] = field(default_factory=dict)
    #: Maps in both, whose values carried a `name` of their own.
    named: Mapping[str, str] = field(default_factory=dict)
    #: Lists in both.
    lists: Mapping[str, str] = field(default_factory=dict)
    #: Single objects in both.
    parts: Mapping[str, str] = field(default_factory=dict)


_LABEL = {"display": "label"}
_IMPORT = {"from": "location"}
_SECTIONS = {
    "binds": "bind",
    "consumes": "consumed",
    "exposes": "adapter",
    "aggregates": "aggregate",
}
_UNIT = {"inputParameters": "leaf", "steps": "leaf", "outputParameters": "output"}

SHAPES: Mapping[str, Shape] = {
    "document": Shape(
        renamed={"ikanos": "naftiko"},
        lists=_SECTIONS,
        parts={"info": "labelled", "capability": "capability"},
    ),
    "capability": Shape(lists=_SECTIONS),
    "labelled": Shape(renamed=_LABEL),
    "leaf": Shape(),
    "bind": Shape(renamed=_IMPORT),
    "consumed": Shape(
        renamed=_IMPORT,
        maps={"inputParameters": "leaf", "resources": "consumed resource"},
    ),
    "consumed resource": Shape(
        renamed=_LABEL,
        maps={"inputParameters": "leaf", "operations": "consumed operation"},
    ),
    "consumed operation": Shape(
        renamed=_LABEL,
        maps={"inputParameters": "leaf", "outputParameters": "leaf"},
    ),
    "adapter": Shape(
        renamed=_IMPORT,
        maps={
            "resources": "resource",
            "tools": "unit",
            "prompts": "prompt",
            "skills": "skill",
        },
    ),
    "resource": Shape(
        renamed=_LABEL,
        maps={**_UNIT, "operations": "unit"},
        lists={"mappings": "mapping"},
    ),
    "unit": Shape(renamed=_LABEL, maps=_UNIT, lists={"mappings": "mapping"}),
    "mapping": Shape(renamed={"target": "targetName"}),
    "output": Shape(maps={"items": "output"}, named={"properties": "output"}),
    "prompt": Shape(renamed=_LABEL, maps={"arguments": "labelled"}),
    "skill": Shape(maps={"tools": "leaf"}),
    "aggregate": Shape(
        renamed={**_LABEL, **_IMPORT, "flows": "functions"}, maps={"flows": "unit"}
    ),
}
