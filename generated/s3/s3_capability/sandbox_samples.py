"""The answers that the sandbox gives, which stand in a file beside this module."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .reply import JsonValue

SAMPLES = Path(__file__).with_name("sandbox_samples.json")


def read_samples(
    upstream: str = "", path: Path = SAMPLES
) -> dict[tuple[str, str], JsonValue]:
    """The answer to each method and path; entries are `{"method", "path", "answer"}`.

    Where there are several upstreams, an entry has the namespace of its own.
    """
    return {
        (entry["method"], entry["path"]): entry["answer"]
        for entry in entries_of(upstream, path)
    }


def entries_of(upstream: str, path: Path) -> list[dict[str, Any]]:
    """The entries of an upstream."""
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [entry for entry in entries if entry.get("upstream", "") == upstream]
