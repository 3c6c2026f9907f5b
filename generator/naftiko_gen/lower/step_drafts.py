"""Values of steps whose inputs are not all known yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from naftiko_gen import ir

from .templates import Named

#: A constant text, an input of the flow, a setting, or what a step found.
Piece: TypeAlias = "str | Named | ir.Credential | ir.Found"


@dataclass(frozen=True, slots=True)
class Draft:
    """A value whose inputs are not all known yet."""

    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Wanted:
    """An input of a flow; ``kind`` is None until something takes it."""

    name: str
    ident: str
    kind: ir.Scalar | None
    required: bool
    description: str
    place: str = ""
