"""W152: a parameter has a name on the wire that the format cannot write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import JsonValue, Source

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
from .written import is_said

_FORMAT = re.compile(r"[a-zA-Z0-9_*-]+")
#: What upstreams call parameters; anything else is left to the structure check.
_ON_THE_WIRE = re.compile(r"[!-~]{1,64}")


def _find(source: Source) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for holder in holders(source.data):
        found = [
            path
            for path, item in odd(holder)
            # An overlay may say what the format has no words for.
            if is_said(source, starts, (*path, "name"), text_of(item, "name"))
        ]
        if found:
            yield Finding(
                (*found[0], "name"),
                f"{count_of(len(found), 'parameter')} of {name_in(holder[1])} with a name "
                "that the format cannot write: it is sent as it stands",
                at_key=False,
            )


def holders(data: JsonValue) -> tuple[Place, ...]:
    """What has parameters: consumes blocks and adapters."""
    return (*consumes_blocks(data), *adapters(data))


def odd(holder: Place) -> Iterator[Place]:
    """Yield the parameters of a holder whose names the format cannot write."""
    return ((path, item) for path, item in inputs(holder) if _is_odd(item))


def inputs(holder: Place) -> Iterator[Place]:
    """Yield all parameters of a holder."""
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
    found = [path for holder in holders(data) for path, _ in odd(holder)]
    for path in found:
        data = changed(data, (*path, "name"), lambda _: "name-on-the-wire")
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
