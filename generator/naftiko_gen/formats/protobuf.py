"""Protocol Buffers: schemas are compiled to descriptors, samples encoded.

The compiler is the one of grpcio-tools, which is only there when it is installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from naftiko_gen.ir import JsonValue

from .needed import Broken, library
from .texts import text_of

_IMPORT = re.compile(r"""\bimport\s+(?:public\s+|weak\s+)?["']([^"']+)["']\s*;""")
#: A line of the compiler about a schema; others are about itself.
_TOLD = re.compile(r"^(?!.*warning)[^ ]*(\.proto|:).*: ", re.IGNORECASE)
_DEEPEST: Final = 3
_BINARY: Final = b"sample"
#: Reads a file beside the capability; None when there is none of that name.
Reader = Callable[[str], bytes | None]


def compile_schema(path: str, read: Reader) -> tuple[bytes, str]:
    """A FileDescriptorSet of a schema with its imports, and the name of its first message.

    Raises Broken for a schema that cannot be used, Absent without the compiler.
    """
    tools = library("grpc_tools")
    folder = PurePosixPath(path).parent
    with tempfile.TemporaryDirectory() as place:
        top = Path(place)
        _copy(path, folder, read, top)
        target = top / ".descriptors"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "grpc_tools.protoc"),
                *(f"-I{top / folder}", f"-I{top}"),
                f"-I{Path(tools.__file__).with_name('_proto')}",
                *("--include_imports", f"--descriptor_set_out={target}"),
                PurePosixPath(path).name,
            ],
            cwd=top,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        if done.returncode:
            lines = [line for line in done.stderr.splitlines() if _TOLD.search(line)]
            told = (lines or ["the compiler refuses it"])[0].replace(f"{top}/", "")
            raise Broken(told)
        content = target.read_bytes()
    pb = library("google.protobuf.descriptor_pb2")
    found = pb.FileDescriptorSet.FromString(content)
    main = found.file[-1]
    if not main.message_type:
        raise Broken("it has no message")
    name = main.message_type[0].name
    return content, f"{main.package}.{name}" if main.package else name


def _copy(path: str, folder: PurePosixPath, read: Reader, top: Path) -> None:
    """Put a schema and what it imports below ``top``."""
    waiting, seen = [path], {path}
    while waiting:
        name = waiting.pop()
        content = read(name)
        if content is None:
            continue
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(content)
        for imported in _IMPORT.findall(content.decode("utf-8", "replace")):
            for near in (str(folder / imported), imported):
                if near not in seen and ".." not in near.split("/"):
                    seen.add(near)
                    waiting.append(near)


def encode(wanted: JsonValue, content: bytes, name: str) -> tuple[JsonValue, bytes]:
    """A message like ``wanted``, and its encoding."""
    pb = library("google.protobuf.descriptor_pb2")
    pools = library("google.protobuf.descriptor_pool")
    factory = library("google.protobuf.message_factory")
    pool = pools.DescriptorPool()
    for file in pb.FileDescriptorSet.FromString(content).file:
        pool.Add(file)
    message = factory.GetMessageClass(pool.FindMessageTypeByName(name))()
    document = _fill(message, wanted, 0)
    return document, message.SerializeToString(deterministic=True)


def _fill(message: Any, wanted: JsonValue, depth: int) -> JsonValue:
    """Set every field of a message; the document that it is read as."""
    found: dict[int, tuple[str, JsonValue]] = {}
    members = wanted if isinstance(wanted, dict) else {}
    for field in message.DESCRIPTOR.fields:
        if field.message_type is not None and depth >= _DEEPEST:
            continue
        if (
            field.containing_oneof is not None
            and field.containing_oneof.fields[0] != field
        ):
            continue
        value = members.get(field.name)
        target = getattr(message, field.name)
        document: JsonValue
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            document = _entry(field.message_type, target, depth)
        elif field.is_repeated:
            items = value if isinstance(value, list) and value else [None]
            documents: list[JsonValue] = []
            for item in items:
                if field.message_type is not None:
                    documents.append(_fill(target.add(), item, depth + 1))
                else:
                    one, shown = _scalar(field, item)
                    target.append(one)
                    documents.append(shown)
            document = documents
        elif field.message_type is not None:
            target.SetInParent()
            document = _fill(target, value, depth + 1)
        else:
            one, document = _scalar(field, value)
            setattr(message, field.name, one)
            if not any(known is field for known, _ in message.ListFields()):
                # A value that is the default is not in the message.
                continue
        found[field.number] = (field.name, document)
    return {name: document for _, (name, document) in sorted(found.items())}


def _entry(entry: Any, target: Any, depth: int) -> JsonValue:
    key, shown = _scalar(entry.fields_by_name["key"], None)
    kind = entry.fields_by_name["value"]
    if kind.message_type is not None:
        document = _fill(target[key], None, depth + 1)
    else:
        target[key], document = _scalar(kind, None)
    name = str(shown).lower() if isinstance(shown, bool) else str(shown)
    return {name: document}


def _scalar(field: Any, wanted: JsonValue) -> tuple[Any, JsonValue]:
    if field.enum_type is not None:
        values = list(field.enum_type.values)
        # The first one is the default, which is not sent.
        chosen = next((v for v in values if v.name == wanted), values[-1])
        return chosen.number, chosen.name
    if field.type == field.TYPE_BYTES:
        return _BINARY, b64encode(_BINARY).decode()
    if field.type == field.TYPE_STRING:
        text = "text" if wanted is None else text_of(wanted) or "text"
        return text, text
    if field.type == field.TYPE_BOOL:
        return True, True
    if field.type in (field.TYPE_FLOAT, field.TYPE_DOUBLE):
        return 1.5, 1.5
    return 7, 7
