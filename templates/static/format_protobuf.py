"""Protocol Buffers to JSON: one message, its members named as in the schema.

Whole numbers stay numbers, enums are names, bytes become base64. What is not in the
message is not in the document; a number that JSON lacks is "NaN" or "Infinity".
"""

from __future__ import annotations

import math
from base64 import b64encode
from functools import lru_cache
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, Message

from .converted import Unreadable, converted
from .reply import JsonObject, JsonValue, Reply
from .schema_files import read_schema


def convert_protobuf(reply: Reply, schema: str, name: str) -> Reply:
    """A message called `name` of the descriptors in a file. Errors as in `converted`."""
    return converted(reply, "Protobuf", lambda reply: _message(reply, schema, name))


def _message(reply: Reply, schema: str, name: str) -> JsonValue:
    message = _type(schema, name)()
    try:
        message.ParseFromString(reply.body)
    except DecodeError:
        kind = name.rpartition(".")[2]
        size = len(reply.body)
        raise Unreadable(f"its {size} bytes are no message {kind}") from None
    return _members(message)


@lru_cache(maxsize=64)
def _type(schema: str, name: str) -> type[Message]:
    pool = descriptor_pool.DescriptorPool()
    files = descriptor_pb2.FileDescriptorSet.FromString(read_schema(schema))
    for file in files.file:
        pool.Add(file)
    found: type[Message] = message_factory.GetMessageClass(
        pool.FindMessageTypeByName(name)
    )
    return found


def _members(message: Message) -> JsonObject:
    found: JsonObject = {}
    for field, value in message.ListFields():
        entry = field.message_type
        if entry is not None and entry.GetOptions().map_entry:
            kind = entry.fields_by_name["value"]
            found[field.name] = {
                str(key).lower() if isinstance(key, bool) else str(key): _value(
                    kind, value[key]
                )
                for key in value
            }
        elif field.is_repeated:
            found[field.name] = [_value(field, item) for item in value]
        else:
            found[field.name] = _value(field, value)
    return found


def _value(field: FieldDescriptor, value: Any) -> JsonValue:
    if isinstance(value, Message):
        return _members(value)
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        return value if known is None else known.name
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'-' if value < 0 else ''}Infinity"
    scalar: JsonValue = value
    return scalar
