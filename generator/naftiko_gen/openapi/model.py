"""What an OpenAPI document offers, as far as a capability can call it."""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen.ir import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value of a request outside its body; ``location`` is path, query or header."""

    name: str
    location: str
    type: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON object; ``schema`` is None when nothing is known of its members."""

    schema: JsonObject | None
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a call that went well; ``sample`` is empty or holds one such answer."""

    schema: JsonObject
    sample: tuple[JsonValue, ...]


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
    """How calls are authenticated: the block of the capability, and its variables."""

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
