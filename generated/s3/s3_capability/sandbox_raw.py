"""The answers of the sandbox that are not in JSON, from the file of all samples."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from .sandbox_record import RawAnswer
from .sandbox_samples import SAMPLES, entries_of


def read_raw(
    upstream: str = "", path: Path = SAMPLES
) -> dict[tuple[str, str], RawAnswer]:
    """Content type and bytes for each method and path that is answered with them.

    Entries are those of `read_samples` with `contentType`, and `text` or `base64`.
    """
    return {
        (entry["method"], entry["path"]): RawAnswer(entry["contentType"], _body(entry))
        for entry in entries_of(upstream, path)
        if "contentType" in entry
    }


def _body(entry: dict[str, str]) -> bytes:
    if "text" in entry:
        return entry["text"].encode()
    return b64decode(entry["base64"])
