"""What a sandbox got, and what it answers when that is not JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Record:
    """One received request. `operation` is the path of its sample, "" for none.

    `error` is None for an accepted request. Bodies are cut at 64 KiB. The target and
    the body may hold credentials, so they stay out of the repr.
    """

    method: str
    operation: str
    error: str | None
    content_type: str
    target: str = field(repr=False)
    body: bytes = field(repr=False)


class RawAnswer(NamedTuple):
    """An answer that is sent as it is, because it is not in JSON."""

    content_type: str
    body: bytes
