"""One line of the table of contents of an emitted package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """One emitted file: a template with its context, a static file, or data.

    A ``kept`` one is written once, and the user's from then on.
    """

    path: str
    template: str | None = None
    static: str | None = None
    data: bytes | None = None
    context: Mapping[str, object] = field(default_factory=dict)
    kept: bool = False
