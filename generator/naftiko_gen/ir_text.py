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
    """A value that the environment holds. ``decode`` is how its bytes are written there.

    A private key (``pem``) is of one of the ``keys``: rsa, p256, ed25519; ``password`` is the
    variable for that of an encrypted one.
    """

    variable: str
    ident: str
    required: bool = True
    decode: Literal["none", "base64", "base64url", "hex", "pem"] = "none"
    keys: tuple[str, ...] = ()
    password: str = ""


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
    def secret(self) -> bool:
        """Whether a part comes from the environment."""
        return any(isinstance(part, Credential) for part in self.parts)

    @property
    def optional(self) -> bool:
        """Whether a part can be missing; then there is no text at all."""
        return any(not isinstance(p, str) and not p.required for p in self.parts)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a multipart form (RFC 7578)."""

    name: str
    value: Text
    filename: Text | None
    media_type: str


#: A JSON document whose leaves may be texts; a text of one variable is the variable's value.
Template: TypeAlias = (
    "None | bool | int | float | str | Text | list[Template] | dict[str, Template]"
)

PayloadKind = Literal["json", "text", "form", "multipart"]


@dataclass(frozen=True, slots=True)
class Payload:
    """The body of a request, as the capability writes it.

    ``data`` is a document (json), a text, the fields of a form, or parts. ``escapes`` has, for
    each part of a text, what makes its value safe in the language of the text.
    """

    kind: PayloadKind
    media_type: str
    data: Template | tuple[Part, ...]
    escapes: tuple[str, ...] = ()

    @property
    def document(self) -> bool:
        """Whether the body is a JSON object."""
        return self.kind == "json" and isinstance(self.data, dict)

    @property
    def texts(self) -> tuple[Text, ...]:
        """All texts of the body."""
        if isinstance(self.data, tuple):
            both = [(part.value, part.filename) for part in self.data]
            return tuple(text for pair in both for text in pair if text is not None)
        return tuple(_texts(self.data))


def _texts(data: Template) -> list[Text]:
    if isinstance(data, Text):
        return [data]
    if isinstance(data, dict):
        data = list(data.values())
    return [t for item in data for t in _texts(item)] if isinstance(data, list) else []
