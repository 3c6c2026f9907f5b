"""Avro to JSON: one datum in binary encoding, without a header (Avro 1.11.4).

Bytes become base64, decimals texts; dates and times are the numbers that Avro has for
them. What JSON has no number for is "NaN", "Infinity" or "-Infinity".
"""

from __future__ import annotations

import io
import json
import math
import struct
from base64 import b64encode
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

import fastavro
from fastavro import _read_py

from .converted import Unreadable, converted
from .reply import JsonValue, Reply
from .schema_files import read_schema


def convert_avro(reply: Reply, schema: str) -> Reply:
    """A datum of the schema in a file. Errors as in `converted`, with the byte."""
    return converted(reply, "Avro", lambda reply: _datum(reply, schema))


def _datum(reply: Reply, name: str) -> JsonValue:
    schema, read = _schema(name)
    stream = io.BytesIO(reply.body)
    try:
        found = read(stream, schema, None)
    except (
        EOFError,
        LookupError,
        ValueError,
        ArithmeticError,
        TypeError,
        struct.error,
    ):
        raise Unreadable(f"it breaks off before byte {stream.tell() + 1}") from None
    if stream.tell() != len(reply.body):
        raise Unreadable(f"the datum ends at byte {stream.tell()}, the answer does not")
    return _json(found)


@lru_cache(maxsize=64)
def _schema(name: str) -> tuple[Any, Callable[..., Any]]:
    """A schema, and the function that reads data of it."""
    document = _plain(json.loads(read_schema(name)))
    schema = fastavro.parse_schema(document)
    # The compiled reader overflows the stack when data of a recursive type nest deeply;
    # the one in Python raises RecursionError.
    reader = _read_py if _recursive(document, ()) else fastavro
    return schema, reader.schemaless_reader


def _plain(schema: Any) -> Any:
    """The schema with no logical type but decimal, so that values stay numbers."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    logical = schema.get("logicalType") != "decimal"
    members = {key: value for key, value in schema.items() if key != "default"}
    if logical:
        members.pop("logicalType", None)
    for key in ("type", "items", "values", "fields"):
        if key in members:
            members[key] = _plain(members[key])
    return members


def _recursive(schema: Any, outer: tuple[str, ...]) -> bool:
    """Whether a type may stand in itself."""
    if isinstance(schema, list):
        return any(_recursive(item, outer) for item in schema)
    if isinstance(schema, str):
        return schema.rpartition(".")[2] in outer
    if "fields" in schema:
        inner = (*outer, schema["name"].rpartition(".")[2])
        return any(_recursive(field["type"], inner) for field in schema["fields"])
    parts = (schema[key] for key in ("type", "items", "values") if key in schema)
    return any(_recursive(part, outer) for part in parts)


def _json(value: Any) -> JsonValue:
    if isinstance(value, dict):
        return {name: _json(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    scalar: JsonValue = value
    return scalar
