"""The part of the IR that says what the answers of an upstream are written in.

Like ``ir``, frozen data with every decision taken; it imports no other module of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FormatKind = Literal[
    "avro", "csv", "html", "markdown", "protobuf", "psv", "tsv", "xml", "yaml"
]


@dataclass(frozen=True, slots=True)
class Format:
    """How the body of an answer becomes a JSON document.

    ``choice`` picks a part of it: a CSS selector for HTML, the start of headings for
    Markdown, the name of the message for Protobuf. ``schema`` is the content of
    ``file`` in the package's folder of schemas. ``sample`` is the body that a sandbox
    answers with, as ``media_type``: the sample of the operation is the document that
    becomes of it.
    """

    kind: FormatKind
    media_type: str
    choice: str = ""
    file: str = ""
    schema: bytes = field(default=b"", repr=False)
    sample: bytes = field(default=b"", repr=False)
