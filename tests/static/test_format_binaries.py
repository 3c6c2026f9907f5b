"""Avro and Protobuf to JSON, and the schemas that they are read with."""

from __future__ import annotations

import io
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastavro
import pytest
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from emitted import GOLDEN
from naftiko_gen import ir
from naftiko_gen.formats import Absent, Broken, avro, encode, needed, protobuf
from static import format_avro, format_protobuf, schema_files
from static.errors import CallError
from static.format_avro import convert_avro
from static.format_protobuf import convert_protobuf
from static.reply import Reply

SCHEMAS = GOLDEN / "document-formats" / "schemas"
ORDER = (SCHEMAS / "order.avsc").read_bytes()
LIST = b"""{"type": "record", "name": "L", "fields": [
    {"name": "next", "type": ["null", "L"]}]}"""
#: The first is what a recursive schema could overflow a stack with.
HOSTILE = [b"\x02" * 1_000_000, b"\x02", b"", b"\x00\x00", b"\x09", b"\xff" * 20]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(schema_files, "SCHEMAS", tmp_path)
    format_avro._schema.cache_clear()
    format_protobuf._type.cache_clear()
    return tmp_path


def put(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)


def datum(schema: object, value: object) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, fastavro.parse_schema(schema), value)  # type: ignore[arg-type]
    return stream.getvalue()


def read_avro(body: bytes) -> object:
    found = convert_avro(Reply(200, body, "avro/binary"), "s.avsc")
    return json.loads(found.body)


def test_a_datum_is_a_document(folder: Path) -> None:
    put(folder, "s.avsc", ORDER)
    value = {
        "id": 2**53 + 1,
        "total": Decimal("12.50"),
        "placed": 1_700_000_000_000,
        "state": "PAID",
        "lines": [{"sku": "a", "parts": [{"sku": "b", "parts": []}]}],
        "note": None,
        "tags": {"x": math.inf, "y": math.nan, "z": -math.inf},
        "mark": b"\x00\xff",
    }
    assert read_avro(datum(json.loads(ORDER), value)) == {
        **value,
        "total": "12.50",
        "tags": {"x": "Infinity", "y": "NaN", "z": "-Infinity"},
        "mark": "AP8=",
    }


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_broken_datum_is_refused(folder: Path, body: bytes) -> None:
    put(folder, "s.avsc", LIST)
    with pytest.raises(CallError, match="is not valid Avro: ") as caught:
        read_avro(body)
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")


def test_the_byte_of_a_break_is_told(folder: Path) -> None:
    put(folder, "s.avsc", b'{"type": "array", "items": "string"}')
    with pytest.raises(CallError, match="breaks off before byte 6$"):
        read_avro(b"\x02\x10abc")
    with pytest.raises(CallError, match="ends at byte 4, the answer does not"):
        read_avro(b"\x02\x02a\x00SECRET")


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (b"{", "not JSON: "),
        (b"\xff", "not JSON"),
        (b'{"type": "nope"}', "no Avro schema: "),
        (b'{"type": "array", "items": "null"}', "items take no bytes"),
        (
            b'{"type": "array", "items": {"type": "record", "name": "R", "fields": [{'
            b'"name": "n", "type": "null"}]}}',
            "items take no bytes",
        ),
        (
            b'{"type": "array", "items": {"type": "fixed", "name": "F", "size": 0}}',
            "items take no bytes",
        ),
    ],
)
def test_a_broken_schema_of_avro(schema: bytes, problem: str) -> None:
    with pytest.raises(Broken, match=problem):
        avro.check(schema)


@pytest.mark.parametrize(
    "wanted", [None, {"id": 3, "state": "PAID", "lines": [{}, {}]}]
)
def test_samples_of_avro(folder: Path, wanted: Any) -> None:
    for schema in (ORDER, LIST, b'"string"', b'["null", "int"]'):
        put(folder, "s.avsc", schema)
        format_avro._schema.cache_clear()
        form = ir.Format("avro", "avro/binary", "", "s.avsc", schema)
        found, written = encode(wanted, form)
        assert read_avro(written) == found


def compiled(**files: str) -> tuple[bytes, str]:
    return protobuf.compile_schema(
        "a/main.proto",
        lambda path: files[path].encode() if path in files else None,
    )


MAIN = """syntax = "proto3";
package shop;
import "near.proto";
import "b/far.proto";
import "google/protobuf/timestamp.proto";
message Main {
  enum Kind { NONE = 0; BIG = 1; }
  int64 id = 1;
  Kind kind = 2;
  repeated Kind kinds = 3;
  near.Near near = 4;
  map<int32, Main> inner = 5;
  bytes raw = 6;
  double real = 7;
  repeated uint32 numbers = 8;
  google.protobuf.Timestamp at = 9;
  optional bool set = 10;
  map<bool, string> flags = 11;
}
message Other { string name = 1; }
"""
FILES = {
    "a/main.proto": MAIN,
    "a/near.proto": 'syntax = "proto3"; package near; message Near { string n = 1; }',
    "b/far.proto": 'syntax = "proto2"; message Far { required int32 n = 1; }',
}


def test_a_message_is_a_document(folder: Path) -> None:
    descriptors, name = compiled(**FILES)
    assert name == "shop.Main"
    put(folder, "s.desc", descriptors)
    pool = descriptor_pool.DescriptorPool()
    for file in descriptor_pb2.FileDescriptorSet.FromString(descriptors).file:
        pool.Add(file)
    kind = message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
    message: Any = kind()
    message.id = 2**53 + 1
    message.kind = 1
    message.kinds.extend([0, 1, 9])
    message.near.n = "x"
    message.inner[7].id = 1
    message.raw = b"\x00\xff"
    message.real = math.nan
    message.numbers.extend([1, 2])
    message.at.seconds = 5
    message.set = False
    message.flags[True] = "y"
    found = convert_protobuf(
        Reply(200, message.SerializeToString(), "x"), "s.desc", name
    )
    assert json.loads(found.body) == {
        "id": 2**53 + 1,
        "kind": "BIG",
        "kinds": ["NONE", "BIG", 9],
        "near": {"n": "x"},
        "inner": {"7": {"id": 1}},
        "raw": "AP8=",
        "real": "NaN",
        "numbers": [1, 2],
        "at": {"seconds": 5},
        "set": False,
        "flags": {"true": "y"},
    }
    empty = convert_protobuf(Reply(200, b"", "x"), "s.desc", name)
    assert json.loads(empty.body) == {}
    for body in (b"\x08", b"\xff" * 20, b"\x2a\xff\xff\xff\xff\x07"):
        with pytest.raises(CallError, match="valid Protobuf: its .* no message Main"):
            convert_protobuf(Reply(200, body, "x"), "s.desc", name)
    form = ir.Format("protobuf", "x", name, "s.desc", descriptors)
    for wanted in (None, {"id": 3, "kind": "BIG", "numbers": [4]}):
        sample, written = encode(wanted, form)  # type: ignore[arg-type]
        read = convert_protobuf(Reply(200, written, "x"), "s.desc", name)
        assert json.loads(read.body) == sample


@pytest.mark.parametrize(
    ("main", "problem"),
    [
        ("message X {", "main.proto:1:12: "),
        ('syntax = "proto3"; import "nope.proto";', "nope.proto"),
        ('syntax = "proto3";', "it has no message"),
        ('syntax = "proto3"; import "../../etc/passwd";', "passwd"),
    ],
)
def test_a_broken_schema_of_protobuf(main: str, problem: str) -> None:
    with pytest.raises(Broken) as caught:
        compiled(**{"a/main.proto": main})
    assert problem in str(caught.value)
    assert "/tmp" not in str(caught.value)


def test_a_missing_library_is_named() -> None:
    with pytest.raises(Absent, match="^no-such-library$"):
        needed.library("no_such_library.inner")
