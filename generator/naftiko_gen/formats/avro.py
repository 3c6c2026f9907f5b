"""Avro: schemas are checked, samples encoded; fastavro is only there when it is installed."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from decimal import Decimal
from typing import Any, Final

from naftiko_gen.ir import JsonValue

from .needed import Broken, library
from .texts import text_of

_DEEPEST: Final = 3
_BINARY: Final = b"sample"


def check(content: bytes) -> None:
    """Raises Broken for a schema that cannot be used, Absent without a library."""
    fastavro = library("fastavro")
    try:
        schema = json.loads(content)
    except json.JSONDecodeError as error:
        message = f"{error.msg} at line {error.lineno} column {error.colno}"
        raise Broken(f"it is not JSON: {message}") from None
    except (ValueError, RecursionError):
        raise Broken("it is not JSON") from None
    try:
        parsed = fastavro.parse_schema(schema)
    # Whatever the library finds wrong, the schema cannot be used.
    except Exception as error:  # noqa: BLE001
        raise Broken(f"it is no Avro schema: {' '.join(str(error).split())}") from None
    if _Walk(parsed).endless():
        # A few bytes could then claim any number of items.
        raise Broken("it has an array whose items take no bytes")


def encode(wanted: JsonValue, content: bytes) -> tuple[JsonValue, bytes]:
    """A datum like ``wanted``, and its encoding."""
    fastavro = library("fastavro")
    schema = fastavro.parse_schema(json.loads(content))
    value, document = _Walk(schema).sample(schema, wanted, 0)
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, schema, value)
    return document, stream.getvalue()


class _Walk:
    """Goes through a parsed schema, in which named types stand once and are then names."""

    def __init__(self, schema: Any) -> None:
        self._named: dict[str, Any] = {}
        self._arrays: list[Any] = []
        self._collect(schema)

    def _collect(self, schema: Any) -> None:
        if isinstance(schema, list):
            for item in schema:
                self._collect(item)
        if not isinstance(schema, dict):
            return
        if "name" in schema:
            self._named[schema["name"]] = schema
        if schema["type"] == "array":
            self._arrays.append(schema["items"])
        for field in schema.get("fields", ()):
            self._collect(field["type"])
        for key in ("items", "values", "type"):
            self._collect(schema.get(key))

    def endless(self) -> bool:
        """Whether an array has items that take no bytes."""
        return any(self._empty(items, ()) for items in self._arrays)

    def _empty(self, schema: Any, outer: tuple[str, ...]) -> bool:
        kind, schema = self._kind(schema)
        if kind == "record":
            name = schema["name"]
            inner = (*outer, name)
            return name not in outer and all(
                self._empty(field["type"], inner) for field in schema["fields"]
            )
        return kind == "null" or (kind == "fixed" and schema["size"] == 0)

    def _kind(self, schema: Any) -> tuple[str, Any]:
        while True:
            if isinstance(schema, str):
                if schema not in self._named:
                    return schema, {}
                schema = self._named[schema]
            elif isinstance(schema, list):
                return "union", schema
            elif (
                isinstance(schema["type"], dict | list) or schema["type"] in self._named
            ):
                schema = schema["type"]
            else:
                return "record" if schema["type"] == "error" else schema["type"], schema

    def sample(
        self, schema: Any, wanted: JsonValue, depth: int
    ) -> tuple[Any, JsonValue]:
        """A value for the writer, and the document that it is read as."""
        kind, schema = self._kind(schema)
        if kind == "union":
            deep = depth > _DEEPEST and "null" in schema
            known = [branch for branch in schema if self._kind(branch)[0] != "null"]
            chosen = "null" if deep or not known else known[0]
            return self.sample(chosen, wanted, depth)
        if kind == "record":
            members = wanted if isinstance(wanted, dict) else {}
            pairs = {
                field["name"]: self.sample(
                    field["type"], members.get(field["name"]), depth + 1
                )
                for field in schema["fields"]
            }
            return _split(pairs)
        if kind == "map":
            members = wanted if isinstance(wanted, dict) and wanted else {"key": None}
            if depth > _DEEPEST:
                members = {}
            values = schema["values"]
            return _split(
                {
                    text_of(name): self.sample(values, member, depth + 1)
                    for name, member in members.items()
                }
            )
        if kind == "array":
            items = wanted if isinstance(wanted, list) and wanted else [None]
            if depth > _DEEPEST:
                items = []
            found = [self.sample(schema["items"], item, depth + 1) for item in items]
            return [value for value, _ in found], [document for _, document in found]
        if schema.get("logicalType") == "decimal":
            number = Decimal(7).scaleb(-schema.get("scale", 0))
            return number, str(number)
        return _scalar(kind, schema, wanted)


def _split(pairs: dict[str, tuple[Any, JsonValue]]) -> tuple[Any, JsonValue]:
    values = {name: value for name, (value, _) in pairs.items()}
    return values, {name: document for name, (_, document) in pairs.items()}


def _scalar(kind: str, schema: Any, wanted: JsonValue) -> tuple[Any, JsonValue]:
    if kind == "fixed":
        return bytes(schema["size"]), b64encode(bytes(schema["size"])).decode()
    if kind == "bytes":
        return _BINARY, b64encode(_BINARY).decode()
    if kind == "enum":
        known = schema["symbols"]
        symbol = wanted if wanted in known else known[0]
        return symbol, symbol
    samples: dict[str, JsonValue] = {"null": None, "boolean": True}
    samples |= {"int": 7, "long": 7, "float": 1.5, "double": 1.5}
    fits = isinstance(wanted, int) and not isinstance(wanted, bool)
    if kind in ("int", "long") and fits and abs(int(str(wanted))) < 2**31:
        return wanted, wanted
    if kind == "string":
        text = "text" if wanted is None else text_of(wanted)
        return text, text
    return samples[kind], samples[kind]
