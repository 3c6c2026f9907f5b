"""What consumed operations take, by the calls that name them."""

from __future__ import annotations

import re

from naftiko_gen.source import JsonValue

from .places import (
    JsonObject,
    Place,
    consumes_blocks,
    entries,
    text_of,
)

#: Where API keys go: a parameter with the name of one is that one, wherever it stands there.
CARRYING: tuple[str, ...] = ("header", "query", "cookie")
PLACEHOLDER = re.compile(r"\{+\s*([^{}\s]+)\s*\}+")
_VARIABLE = re.compile(r"\{\{\s*(?:(?:tools|rest|mcp|input)\.)?([^{}\s]+)\s*\}\}")


class Known:
    """The consumed operations of a document, with the blocks and resources around them."""

    def __init__(self, data: JsonValue) -> None:
        self._found: dict[str, tuple[Place, Place, Place]] = {}
        for block in consumes_blocks(data):
            for resource in entries(block, "resources"):
                for operation in entries(resource, "operations"):
                    name = text_of(operation[1], "name")
                    full = f"{text_of(block[1], 'namespace')}.{name}"
                    self._found.setdefault(full, (block, resource, operation))

    def operation(self, caller: JsonObject) -> Place | None:
        """The operation that ``caller`` calls."""
        found = self._found.get(text_of(caller, "call"))
        return None if found is None else found[2]

    def block(self, caller: JsonObject) -> JsonObject | None:
        """The consumes block of the operation that ``caller`` calls."""
        found = self._found.get(text_of(caller, "call"))
        return None if found is None else found[0][1]

    def placeholders(self, caller: JsonObject) -> list[str]:
        """The placeholders of the path of the operation that ``caller`` calls, without a value."""
        found = self._found.get(text_of(caller, "call"))
        if found is None:
            return []
        fixed = {
            text_of(item, "name")
            for holder in found
            for _, item in entries(holder, "inputParameters")
            if "value" in item
        }
        names = PLACEHOLDER.findall(text_of(found[1][1], "path"))
        return [name for name in names if name not in fixed]

    def declared(self, caller: JsonObject) -> list[JsonObject]:
        """The parameters that the operation that ``caller`` calls declares."""
        return [
            item
            for holder in self._found.get(text_of(caller, "call"), ())
            for _, item in entries(holder, "inputParameters")
        ]

    def places(self, caller: JsonObject) -> list[tuple[str, str]]:
        """What the operation that ``caller`` calls takes, and where each is sent."""
        found = self._found.get(text_of(caller, "call"))
        if found is None:
            return []
        places = [
            (text_of(item, "name"), text_of(item, "in"))
            for holder in found
            for _, item in entries(holder, "inputParameters")
        ]
        path = text_of(found[1][1], "path")
        places += [(name, "path") for name in PLACEHOLDER.findall(path)]
        return [*places, *((n, "body") for n in variables(found[2][1].get("body")))]

    def inputs(self, caller: JsonObject) -> list[str] | None:
        """The names of what the operation that ``caller`` calls takes; None for none."""
        found = self._found.get(text_of(caller, "call"))
        if found is None:
            return None
        names: dict[str, None] = {}
        for holder in found:
            for _, item in entries(holder, "inputParameters"):
                names.setdefault(text_of(item, "name"))
        for name in PLACEHOLDER.findall(text_of(found[1][1], "path")):
            names.setdefault(name)
        body = found[2][1].get("body")
        for name in variables(body):
            names.setdefault(name)
        if body is None or passes(body):
            names.setdefault("body")
        return list(names)


def variables(body: JsonValue) -> list[str]:
    """The inputs that the templates of a body name."""
    return [name for text in _texts(body) for name in _VARIABLE.findall(text)]


def passes(body: JsonValue) -> bool:
    """Whether a body is just what the caller sends."""
    return isinstance(body, dict) and body.get("data") in (None, {}, "")


def takes_whole_body(operation: JsonObject) -> bool:
    """Whether the body of an operation is what the caller sends, and not made of fields."""
    if "requestBody" in operation or passes(operation.get("body")):
        return True
    return any(
        item.get("in") == "body" and item.get("name") == "body" and "value" not in item
        for _, item in entries(((), operation), "inputParameters")
    )


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []
