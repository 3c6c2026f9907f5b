"""Addresses and names on the wire that the format cannot write, as actions of an overlay.

The document has as much of them as can be written: the fixed part of an address, and a name of
the characters that the format allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.dialect.base_uris import writable
from naftiko_gen.dialect.places import Place, consumes_blocks, text_of
from naftiko_gen.dialect.rule import changed, replaced
from naftiko_gen.dialect.wire_names import holders, inputs, odd
from naftiko_gen.ir import JsonValue

from .targets import target

_UNKNOWN = re.compile(r"[^A-Za-z0-9_*-]+")


def written(data: JsonValue) -> tuple[JsonValue, list[JsonValue]]:
    """``data`` as the format can write it, and what gives it back its names and addresses."""
    actions: list[JsonValue] = []
    for path, block in consumes_blocks(data):
        text = text_of(block, "baseUri")
        fixed = writable(text)
        if fixed != text:
            actions.append({"target": target(data, path), "update": {"baseUri": text}})
            data = changed(data, (*path, "baseUri"), replaced((), fixed).change)
    for holder in holders(data):
        for old, new, places in _renamed(holder):
            for place in places:
                data = changed(data, (*place, "name"), replaced((), new).change)
            found = f"{target(data, holder[0])}..inputParameters[?@.name=='{new}']"
            actions.append({"target": found, "update": {"name": old}})
    return data, actions


def _renamed(holder: Place) -> Iterator[tuple[str, str, list[tuple[str | int, ...]]]]:
    """The names that cannot be written, one of the format for each, and where they stand."""
    known = {text_of(item, "name") for _, item in inputs(holder)}
    places: dict[str, list[tuple[str | int, ...]]] = {}
    for path, item in odd(holder):
        places.setdefault(text_of(item, "name"), []).append(path)
    for old, found in places.items():
        plain = _UNKNOWN.sub("-", old).strip("-") or "name"
        new, number = plain, 2
        while new in known:
            new, number = f"{plain}-{number}", number + 1
        known.add(new)
        yield old, new, found
