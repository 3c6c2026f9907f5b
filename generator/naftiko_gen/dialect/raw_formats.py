"""W156: answers are text or bytes."""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import line_starts
from naftiko_gen.source import JsonValue, Source

from .places import consumed_operations, consumes_blocks, text_of
from .rule import Edit, Finding, Rule, changed, replaced
from .written import is_written

KEY = "outputRawFormat"
LATER = ("outputMediaType",)
_TEXTS = ("text", "plain", "plaintext", "plain-text", "string", "text/plain")
_BYTES = (
    "binary",
    "bytes",
    "blob",
    "file",
    "octet-stream",
    "application/octet-stream",
    "pdf",
    "application/pdf",
    "zip",
    "application/zip",
)
_FAMILIES = ("image", "audio", "video", "font")


def _find(source: Source) -> Iterator[Finding]:
    starts = line_starts(source.text)
    for block in consumes_blocks(source.data):
        for path, node in consumed_operations(block):
            kind = _kind(text_of(node, KEY))
            if kind == "text":
                edits: tuple[Edit, ...] = (Edit(path, _as_text),)
            elif kind == "binary":
                written = node[KEY] == kind
                edits = () if written else (replaced((*path, KEY), kind),)
            else:
                continue
            said = is_written(source, starts, (*path, KEY))
            yield Finding(
                (*path, KEY),
                f"answers that are `{kind}`: they are passed on as they come" * said,
                at_key=False,
                edits=edits,
            )


def _kind(written: str) -> str:
    """What answers are: `text` and `binary`, and else what is written."""
    media = written.partition(";")[0].strip().lower()
    if media in _TEXTS:
        return "text"
    family = media.partition("/")[0]
    return "binary" if media in _BYTES or family in _FAMILIES else written


def _as_text(node: JsonValue) -> JsonValue:
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key != "outputParameters"}
    return {**kept, KEY: "binary", "outputMediaType": "text/plain"}


def official(data: JsonValue) -> JsonValue:
    """``data`` with a format that the structure knows for each that it does not."""
    for block in consumes_blocks(data):
        for path, node in consumed_operations(block):
            if node.get(KEY) == "binary":
                data = changed(data, path, _known)
    return data


def _known(node: JsonValue) -> JsonValue:
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if key not in LATER}
    return {**kept, KEY: "json"}


RULE = Rule(
    "W156",
    _find,
    """\
consumes:
  - resources: [{operations: [{name: log, outputRawFormat: text}]}]
""",
    """\
consumes:
  - resources:
      - operations:
          - {name: log, outputRawFormat: binary, outputMediaType: text/plain}
""",
)
