"""``outputRawFormat`` and ``outputSchema``: what an upstream's answers are written in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import PurePosixPath

from naftiko_gen import ir
from naftiko_gen.files import Files, Unusable
from naftiko_gen.formats import Absent, Broken

from .node import Node

_MEDIA_TYPES: dict[str, tuple[ir.FormatKind, str]] = {
    "avro": ("avro", "avro/binary"),
    "csv": ("csv", "text/csv; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
    "markdown": ("markdown", "text/markdown; charset=utf-8"),
    "protobuf": ("protobuf", "application/x-protobuf"),
    "psv": ("psv", "text/plain; charset=utf-8"),
    "tsv": ("tsv", "text/tab-separated-values; charset=utf-8"),
    "xml": ("xml", "application/xml"),
    "yaml": ("yaml", "application/yaml"),
}

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(B|KiB|MiB|GiB)")
_UNITS = {"B": 1, "KiB": 1024, "MiB": 1024**2, "GiB": 1024**3}


@dataclass(slots=True)
class Schemas:
    """The schemas of a capability, by their names in the package."""

    files: Files
    known: dict[str, bytes] = field(default_factory=dict)

    def name(self, path: str, ending: str, content: bytes) -> str:
        """A name for the file at ``path``; one content has one name."""
        stem = re.sub(r"[^A-Za-z0-9_-]", "-", PurePosixPath(path).stem) or "schema"
        number = 1
        name = f"{stem}{ending}"
        while self.known.setdefault(name, content) != content:
            number += 1
            name = f"{stem}-{number}{ending}"
        return name


def lower_format(
    node: Node, errors: ir.ErrorRules | None, schemas: Schemas
) -> ir.Format | None:
    """The format of the answers of the operation at ``node``; None for JSON."""
    name = node.text("outputRawFormat", "json").lower()
    if name == "binary":
        return _binary(node)
    if name != "json" and name not in _MEDIA_TYPES:
        node.unsupported("outputRawFormat", f"the raw format `{name}`")
        return None
    if name != "json" and errors is not None:
        # Rules for failures inside of answers look for a member of a JSON document.
        node.unsupported("outputRawFormat", f"in-band errors in `{name}`")
        return None
    if name in ("avro", "protobuf"):
        return _with_schema(node, name, schemas)
    text = node.text("outputSchema")
    if name in ("html", "markdown"):
        return _with_choice(node, name, text)
    if node.has("outputSchema"):
        node.error(
            "W298",
            f"answers in `{name}` are read without a schema",
            at="outputSchema",
            hint="avro, protobuf, html and markdown have one: remove it here",
        )
    if name == "json":
        return None
    kind, media_type = _MEDIA_TYPES[name]
    return ir.Format(kind, media_type)


def limited(runs: ir.Runnable, adapter: Node) -> ir.Runnable:
    """``runs`` with the limit of ``adapter`` for binary answers."""
    if not isinstance(runs, ir.Operation) or runs.format is None:
        return runs
    if runs.format.kind != "binary" or runs.format.limit is not None:
        return runs
    return replace(runs, format=replace(runs.format, at_most=_size(adapter)))


def _binary(node: Node) -> ir.Format:
    named = node.text("outputMediaType")
    sample = b"\x89PNG\r\n\x1a\n\x00sample"
    media_type = named or "application/octet-stream"
    return ir.Format("binary", media_type, named, sample=sample, limit=_size(node))


def _size(node: Node) -> int | None:
    """``maxBinarySize`` in bytes, rounded down."""
    found = _SIZE.fullmatch(node.text("maxBinarySize"))
    return int(Decimal(found[1]) * _UNITS[found[2]]) if found else None


def _with_choice(node: Node, name: str, text: str) -> ir.Format | None:
    kind, media_type = _MEDIA_TYPES[name]
    if name == "markdown":
        # People write the marks of the heading too.
        return ir.Format(kind, media_type, text.lstrip("#").strip())
    if text:
        from naftiko_gen.formats import selectors

        try:
            selectors.check(text)
        except Broken as problem:
            node.error("E298", str(problem), at="outputSchema")
            return None
        except Absent as missing:
            _absent(node, name, missing)
            return None
    return ir.Format(kind, media_type, text)


def _with_schema(node: Node, name: str, schemas: Schemas) -> ir.Format | None:
    kind, media_type = _MEDIA_TYPES[name]
    written = node.text("outputSchema")
    if not written:
        if not node.flawed():
            node.error(
                "E298",
                f"answers in `{name}` cannot be read without a schema",
                at="outputRawFormat",
                hint="write `outputSchema` with the path of the file, from where it is written",
            )
        return None
    files = schemas.files.at(node.folder())
    try:
        path = files.locate(written)
        content = files.read(path)
    except Unusable as problem:
        node.error("E241", problem.message, at="outputSchema", hint=problem.hint)
        return None
    try:
        if name == "avro":
            from naftiko_gen.formats import avro

            avro.check(content)
            file = schemas.name(path, ".avsc", content)
            return ir.Format(kind, media_type, "", file, content)
        from naftiko_gen.formats import protobuf

        compiled, message = protobuf.compile_schema(path, _reader(files))
        file = schemas.name(path, ".desc", compiled)
        return ir.Format(kind, media_type, message, file, compiled)
    except Broken as problem:
        node.error("E298", f"`{path}` cannot be used: {problem}", at="outputSchema")
    except Absent as missing:
        _absent(node, name, missing)
    return None


def _reader(files: Files) -> Callable[[str], bytes | None]:
    def read(path: str) -> bytes | None:
        try:
            return files.read(files.locate(path))
        except Unusable:
            return None

    return read


def _absent(node: Node, name: str, missing: Absent) -> None:
    node.error(
        "E601",
        f"{missing} is not installed, which checks schemas of `{name}`",
        at="outputSchema",
        hint="install the generator with its extra: naftiko-gen[formats]",
    )
