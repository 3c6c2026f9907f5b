"""Samples in XML."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from naftiko_gen.ir import JsonObject, JsonValue

from .texts import text_of

#: A name without a prefix (XML 1.0, section 2.3), of ASCII as nearly all are.
_NAME = re.compile(r"(?!(?i:xml))[A-Za-z_][A-Za-z0-9_.-]*")
_ROOT = "answer"


def encode(wanted: JsonValue) -> tuple[JsonValue, bytes]:
    """A document, and the elements in a root that it is read from."""
    found = _read(wanted)
    if not isinstance(found, dict):
        found = {"item": found} if found else {}
    found.pop("", None)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<{_ROOT}>"]
    for name, value in found.items():
        _write(lines, name, value, 1)
    lines += [f"</{_ROOT}>", ""]
    return found, "\n".join(lines).encode()


def _read(wanted: JsonValue) -> JsonValue:
    """``wanted`` as it comes back from elements: texts, and lists of two at least."""
    if isinstance(wanted, dict):
        members = {
            name: _read(value)
            for name, value in wanted.items()
            if _NAME.fullmatch(name)
        }
        known: JsonObject = {
            n: value for n, value in members.items() if value is not None
        }
        text = wanted.get("")
        if known and isinstance(text, str) and text_of(text):
            return {"": text_of(text), **known}
        return known or (text_of(text) if isinstance(text, str) else "")
    if isinstance(wanted, list):
        # A list in a list has no place between elements of one name.
        items = [_read(item) for item in wanted if not isinstance(item, list)]
        several: list[JsonValue] = [item for item in items if item is not None]
        return several * 2 if len(several) == 1 else several or None
    return None if wanted is None else text_of(wanted)


def _write(lines: list[str], name: str, value: JsonValue, depth: int) -> None:
    margin = "  " * depth
    if isinstance(value, list):
        for item in value:
            _write(lines, name, item, depth)
    elif isinstance(value, dict):
        inside: list[str] = []
        for inner, member in value.items():
            if inner:
                _write(inside, inner, member, depth + 1)
        if "" in value:
            # Blanks beside a text would belong to it.
            text = escape(str(value[""])) + "".join(line.strip() for line in inside)
            lines.append(f"{margin}<{name}>{text}</{name}>")
        else:
            lines += [f"{margin}<{name}>", *inside, f"{margin}</{name}>"]
    else:
        lines.append(f"{margin}<{name}>{escape(str(value))}</{name}>")
