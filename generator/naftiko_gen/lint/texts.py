"""Texts for people: tags, and nothing in descriptions that a page would run."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

from .places import adapters, consumes, items, operations, root, text
from .rule import Offence, Rule

_UNITS = {"rest": "resources", "mcp": "tools", "skill": "skills"}
_ACTIVE = "texts are shown in pages, which would run it: describe it in words"


def _tags(data: JsonValue) -> Iterator[Offence]:
    for _, document in root(data):
        info = document.get("info")
        # An empty list is a decision, no oversight.
        if isinstance(info, dict) and info.get("tags") in (None, "", False, 0):
            yield Offence(
                ("info",),
                "the capability has no `tags`",
                "catalogues filter by them",
                at_key=True,
            )


def _texts(data: JsonValue) -> Iterator[tuple[NodePath, str]]:
    for _, document in root(data):
        info = document.get("info")
        if isinstance(info, dict):
            for key in ("label", "display", "description"):
                if found := text((("info",), info), key):
                    yield ("info", key), found
    units = [*consumes(data), *adapters(data), *operations(data)]
    for adapter in adapters(data):
        kind = adapter[1].get("type")
        if isinstance(kind, str) and kind in _UNITS:
            units += items(adapter, _UNITS[kind])
    for place in units:
        if found := text(place, "description"):
            yield (*place[0], "description"), found


def _script(data: JsonValue) -> Iterator[Offence]:
    for path, found in _texts(data):
        if "<script" in found:
            yield Offence(path, "the text contains `<script`", _ACTIVE)


def _eval(data: JsonValue) -> Iterator[Offence]:
    for path, found in _texts(data):
        if "eval(" in found:
            yield Offence(path, "the text contains `eval(`", _ACTIVE)


RULES = (
    Rule("info-tags", "W313", _tags, recommended=False),
    Rule("no-script-tags-in-markdown", "W318", _script, Severity.ERROR),
    Rule("no-eval-in-markdown", "W319", _eval, Severity.ERROR),
)
