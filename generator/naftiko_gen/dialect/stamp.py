"""W171: the stamp of the format is missing."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.names import plain
from naftiko_gen.source import JsonValue, Origin, Source

from .rule import Edit, Finding, Rule

_STAMP, _VERSION = "naftiko", "1.0.0-alpha2"


def _find(source: Source) -> Iterator[Finding]:
    data = source.data
    if not isinstance(data, dict) or not isinstance(data.get("capability"), dict):
        return
    if any(plain(key).startswith((_STAMP, "ikanos")) for key in data):
        return
    first = next(iter(data))
    yield Finding(
        (first,),
        f"the stamp of the format is missing: read as `{_STAMP}: {_VERSION}`",
        edits=(Edit((), _stamped, {(_STAMP,): Origin((first,), key=True)}),),
    )


def _stamped(data: JsonValue) -> JsonValue:
    return {_STAMP: _VERSION, **data} if isinstance(data, dict) else data


RULE = Rule(
    "W171",
    _find,
    "capability: {}\n",
    "naftiko: 1.0.0-alpha2\ncapability: {}\n",
)
