"""The part of the IR that says what the answers of an upstream are written in.

Like ``ir``, frozen data with every decision taken; it imports no other module of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

#: The size of binary answers when nothing else is said.
MAX_BINARY = 10_485_760

FormatKind = Literal[
    "avro",
    "binary",
    "csv",
    "html",
    "markdown",
    "protobuf",
    "psv",
    "tsv",
    "xml",
    "yaml",
]


@dataclass(frozen=True, slots=True)
class Format:
    """How the body of an answer becomes a JSON document.

    ``choice`` picks a part of it: a CSS selector for HTML, the start of headings for
    Markdown, the name of the message for Protobuf. ``schema`` is the content of
    ``file`` in the package's folder of schemas. ``sample`` is the body that a sandbox
    answers with, as ``media_type``: the sample of the operation is the document that
    becomes of it.

    Binary answers are never converted. Their ``choice`` is the media type that is told
    instead of the upstream's; they have at most ``limit`` bytes where the operation says
    so, else ``at_most`` where the route or tool does.
    """

    kind: FormatKind
    media_type: str
    choice: str = ""
    file: str = ""
    schema: bytes = field(default=b"", repr=False)
    sample: bytes = field(default=b"", repr=False)
    limit: int | None = None
    at_most: int | None = field(default=None, compare=False)
