"""W152: a parameter has a name on the wire that the format cannot write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.source import JsonValue, NodePath, Source

from .places import (
    Place,
    adapters,
    consumed_inputs,
    consumes_blocks,
    count_of,
    entries,
    exposed_units,
    name_in,
    text_of,
)
from .rule import Finding, Rule, changed

_FORMAT = re.compile(r"[a-zA-Z0-9_*-]+")
#: What upstreams call parameters; anything else is left to the structure check.
_ON_THE_WIRE = re.compile(r"[!-~]{1,64}")


def _find(source: Source) -> Iterator[Finding]:
    holders = (*consumes_blocks(source.data), *adapters(source.data))
    for holder in holders:
        found = [path for path, item in _inputs(holder) if _is_odd(item)]
        if found:
            yield Finding(
                (*found[0], "name"),
                f"{count_of(len(found), 'parameter')} of {name_in(holder[1])} with a name "
                "that the format cannot write: it is sent as it stands",
                at_key=False,
            )


def _inputs(holder: Place) -> Iterator[Place]:
    if "exposes" not in holder[0]:
        yield from consumed_inputs(holder)
        return
    for unit in exposed_units(holder):
        yield from entries(unit, "inputParameters")


def _is_odd(item: JsonValue) -> bool:
    name = text_of(item, "name") if isinstance(item, dict) else ""
    # A template in a name is not the name on the wire.
    if "{{" in name or not _ON_THE_WIRE.fullmatch(name):
        return False
    return not _FORMAT.fullmatch(name)


def official(data: JsonValue) -> JsonValue:
    """``data`` with a name that the format can write for each that it cannot."""
    odd: list[NodePath] = []
    for holder in (*consumes_blocks(data), *adapters(data)):
        odd += [(*path, "name") for path, item in _inputs(holder) if _is_odd(item)]
    for path in odd:
        data = changed(data, path, lambda _: "name-on-the-wire")
    return data


RULE = Rule(
    "W152",
    _find,
    """\
consumes:
  - resources: [{operations: [{inputParameters: [{name: $top, in: query}]}]}]
""",
    """\
consumes:
  - resources: [{operations: [{inputParameters: [{name: $top, in: query}]}]}]
""",
)
