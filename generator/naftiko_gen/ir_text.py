"""The part of the IR that is about texts: what they are put together from for each call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

JsonValue: TypeAlias = (
    "None | bool | int | float | str | list[JsonValue] | dict[str, JsonValue]"
)
JsonObject: TypeAlias = dict[str, JsonValue]

Scalar = Literal["string", "integer", "number", "boolean", "array", "object", "json"]


@dataclass(frozen=True, slots=True)
class Credential:
    """A value that the environment holds. ``decode`` is how its bytes are written there."""

    variable: str
    ident: str
    required: bool = True
    decode: Literal["none", "base64"] = "none"


@dataclass(frozen=True, slots=True)
class Variable:
    """What a caller gave for the parameter ``name``, as a part of something else."""

    name: str
    ident: str
    type: Scalar
    required: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is put together for each call."""

    parts: tuple[str | Variable | Credential, ...]

    @property
    def optional(self) -> bool:
        """Whether a part can be missing; then there is no text at all."""
        return any(not isinstance(p, str) and not p.required for p in self.parts)
