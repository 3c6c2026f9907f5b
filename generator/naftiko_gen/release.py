"""The version of an emitted package, in the notation of PEP 440."""

from __future__ import annotations

import re

#: That of a package whose capability has none.
FIRST = "0.1.0"
_WRITTEN = re.compile(
    r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,3})"
    r"(?:[-.]?(alpha|beta|a|b|c|rc)[-.]?([0-9]{0,9}))?",
    re.IGNORECASE,
)
_STAGES = {"alpha": "a", "beta": "b", "c": "rc"}


def release(written: str) -> str:
    """``1.2.0-beta.3`` → ``1.2.0b3``; the first version for what is no version."""
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return FIRST
    numbers = ".".join(str(int(number)) for number in found[1].split("."))
    if not found[2]:
        return numbers
    stage = found[2].lower()
    return f"{numbers}{_STAGES.get(stage, stage)}{int(found[3] or 0)}"
