"""The answers that the sandbox gives, which stand in a file beside this module."""

from __future__ import annotations

import json
from pathlib import Path

from .reply import JsonValue

SAMPLES = Path(__file__).with_name("sandbox_samples.json")


def read_samples(path: Path = SAMPLES) -> dict[tuple[str, str], JsonValue]:
    """The answer to each method and path; entries are `{"method", "path", "answer"}`."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {(entry["method"], entry["path"]): entry["answer"] for entry in entries}
