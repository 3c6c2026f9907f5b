"""The line with which a YAML file tells editors (yaml-language-server) which schema it has."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(rb"#[ \t]*yaml-language-server[ \t]*:[^\r\n]*")
_START = "# yaml-language-server: $schema="


def file_name(version: str, key: str) -> str:
    """What the schema of a generation is called: ``naftiko-1.0.0-alpha2.schema.json``."""
    return f"{key}-{version}.schema.json"


def modeline(schema: str, spec: str) -> str:
    """The line for the file ``spec``: the path of ``schema`` from its folder.

    Editors read the rest of the line up to a blank as a URI reference.
    """
    folder = os.path.dirname(os.path.abspath(spec))
    path = os.path.relpath(os.path.abspath(schema), folder).replace(os.sep, "/")
    path = path if path.startswith("../") else f"./{path}"
    return f"{_START}{quote(path, safe='/._-~+@,=')}"


def with_modeline(raw: bytes, line: str) -> bytes:
    """``raw`` with ``line`` as its first line, in place of one that its head has already.

    A byte order mark and the kind of line ends stay; a file that has the line is unchanged.
    """
    mark = _BOM if raw.startswith(_BOM) else b""
    text = raw[len(mark) :]
    new = line.encode()
    head = _head(text)
    found = _LINE.search(head)
    if found is not None:
        return mark + text[: found.start()] + new + text[found.end() :]
    end = b"\r\n" if b"\r\n" in text else b"\n"
    return mark + new + end + text


def _head(text: bytes) -> bytes:
    """The comments and blank lines that a file starts with; the rest may only look like some."""
    size = 0
    for row in text.splitlines(keepends=True):
        if row.strip() and not row.startswith((b"#", b"%", b"---")):
            break
        size += len(row)
    return text[:size]
