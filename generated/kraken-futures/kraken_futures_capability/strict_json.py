"""JSON from outside, read so that no two readers can understand it differently."""

from __future__ import annotations

import json
import math
from typing import Final, NoReturn

from .errors import CallError
from .reply import JsonObject, JsonValue

MAX_DEPTH: Final = 100


def parse_json(raw: bytes) -> JsonValue:
    """Strict JSON (RFC 8259): UTF-8, no NaN or Infinity, no member twice.

    Raises CallError (400, `invalid_json`); its message tells the line and column.
    """
    try:
        value: JsonValue = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not UTF-8"
    except json.JSONDecodeError as error:
        problem = f"{error.msg} at line {error.lineno} column {error.colno}"
    except RecursionError:
        problem = f"it is nested more than {MAX_DEPTH} levels deep"
    except ValueError as error:
        problem = str(error)
    else:
        # Few brackets cannot nest deeply, and counting them is cheaper than a walk.
        if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH or not _too_deep(value):
            return value
        problem = f"it is nested more than {MAX_DEPTH} levels deep"
    raise CallError(400, "invalid_json", f"not valid JSON: {problem}")


def unsendable(value: JsonValue) -> str | None:
    """Why a value cannot be written as JSON again; None when it can.

    Values that came through a more lenient parser than ours may hold NaN, half of a
    surrogate pair, or more levels than a recursive encoder can walk.
    """
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[JsonValue] = []
        for item in level:
            if isinstance(item, str):
                if not encodable(item):
                    return "must not hold half of a surrogate pair"
            elif isinstance(item, float):
                if not math.isfinite(item):
                    return "must not hold NaN or Infinity"
            elif isinstance(item, list):
                below += item
            elif isinstance(item, dict):
                below += item
                below += item.values()
        if not below:
            return None
        level = below
    return f"must not be nested more than {MAX_DEPTH} levels deep"


def encodable(text: str) -> bool:
    """Whether UTF-8 can encode a text: half of a surrogate pair cannot be."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep(value: JsonValue) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            item
            for parent in level
            if isinstance(parent, list | dict)
            for item in (parent.values() if isinstance(parent, dict) else parent)
            if isinstance(item, list | dict)
        ]
        if not level:
            return False
    return True


def _unique(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise ValueError(f"the member {json.dumps(name)} is there twice")
            seen.add(name)
    return members


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("it holds a number that is too large")
    return value


def _whole(text: str) -> int:
    # Python refuses to read very long integers; its message is about itself.
    if len(text) > 1000:
        raise ValueError("it holds a number that is too large")
    return int(text)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number of JSON")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_float=_finite,
    parse_int=_whole,
    parse_constant=_no_constant,
)
