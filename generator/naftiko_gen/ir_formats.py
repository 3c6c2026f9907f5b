"""The part of the IR that says what the answers of an upstream are written in.

Like ``ir``, frozen data with every decision taken; it imports no other module of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

FormatKind = Literal["csv", "psv", "tsv", "xml"]


@dataclass(frozen=True, slots=True)
class Format:
    """How the body of an answer becomes a JSON document.

    ``sample`` is the body that a sandbox answers with, as ``media_type``: the sample of
    the operation is the document that becomes of it.
    """

    kind: FormatKind
    media_type: str
    sample: bytes = field(default=b"", repr=False)
