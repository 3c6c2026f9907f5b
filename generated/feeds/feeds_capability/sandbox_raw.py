"""The answers of the sandbox that are not in JSON, from the file of all samples."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

from .sandbox_record import RawAnswer
from .sandbox_samples import SAMPLES


def read_raw(path: Path = SAMPLES) -> dict[tuple[str, str], RawAnswer]:
    """Content type and bytes for each method and path that is answered with them.

    Entries are those of `read_samples` with `contentType`, and `text` or `base64`.
    """
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {
        (entry["method"], entry["path"]): RawAnswer(entry["contentType"], _body(entry))
        for entry in entries
        if "contentType" in entry
    }


def _body(entry: dict[str, str]) -> bytes:
    if "text" in entry:
        return entry["text"].encode()
    return b64decode(entry["base64"])
