"""What an OpenAPI document offers, as far as a capability can call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from naftiko_gen.ir import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a request; ``location`` is path, query, header, cookie or, for a form, body.

    ``wire`` is what a field of a form is called on the wire, ``media_type`` and ``file`` are what
    a part of a multipart form says of itself.
    """

    name: str
    location: str
    type: str
    description: str
    required: bool
    wire: str = ""
    media_type: str = ""
    file: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its kind says what it is made of.

    ``object`` is a JSON object, of whose members nothing is known when ``schema`` is None; a
    ``value`` is JSON of ``type``, a ``text`` has the media type; ``form`` and ``multipart`` have
    fields.
    """

    schema: JsonObject | None
    required: bool
    description: str
    kind: Literal["object", "value", "text", "form", "multipart"] = "object"
    type: str = "object"
    media_type: str = ""
    fields: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a call that went well; ``sample`` is empty or holds one such answer.

    ``format`` is what it is written in, empty for JSON; ``media_type`` is that of bytes.
    """

    schema: JsonObject
    sample: tuple[JsonValue, ...]
    format: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; ``title`` is one line about it, ``notes`` what else is said."""

    name: str
    method: str
    path: str
    title: str
    notes: str
    parameters: tuple[Parameter, ...]
    body: Body | None
    answer: Answer


@dataclass(frozen=True, slots=True)
class Credential:
    """How calls are authenticated: the block of the capability, and its variables.

    A key in a cookie is a parameter of every request instead of a block.
    """

    scheme: str
    authentication: JsonObject
    variables: tuple[str, ...]
    name: str
    location: str


@dataclass(frozen=True, slots=True)
class Api:
    """One API, from one document."""

    namespace: str
    title: str
    description: str
    base_uri: str
    credential: Credential | None
    operations: tuple[Operation, ...]
    skipped: int
