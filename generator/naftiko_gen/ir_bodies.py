"""The part of the IR that is about JSON bodies that callers send."""

from __future__ import annotations

from dataclasses import dataclass

from .ir_text import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Check:
    """One call of a helper of the emitted ``check`` module for one member of a body."""

    function: str
    name: str
    options: tuple[tuple[str, JsonValue], ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON request body. ``known`` is None when any member is accepted."""

    schema: JsonObject
    required: bool
    known: tuple[str, ...] | None
    checks: tuple[Check, ...]
