"""The part of the IR that only MCP adapters have: resources, published files, prompts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from .ir_mapping import Output

if TYPE_CHECKING:
    from .ir import Fixed, Input, Operation, Parameter


@dataclass(frozen=True, slots=True)
class Cache:
    """How long clients may keep what an adapter tells, in milliseconds, and who may share it."""

    ttl_ms: int
    scope: Literal["public", "private"]


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource whose content is an upstream's answer.

    ``literals`` are the texts around the ``variables`` of its URI; one that stands alone is a
    URI without variables. ``mime_type`` is empty when the capability does not say it.
    """

    name: str
    ident: str
    title: str
    description: str
    uri: str
    mime_type: str
    binary: bool
    literals: tuple[str, ...]
    variables: tuple[str, ...]
    operation: Operation
    inputs: tuple[Input, ...]
    fixed: tuple[tuple[Parameter, Fixed], ...] = ()
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that is a resource; ``path`` is where it lies among the files of the package."""

    uri: str
    path: str
    mime_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Folder:
    """Files that are copied into the package; each one is a resource."""

    name: str
    ident: str
    title: str
    description: str
    uri: str
    files: tuple[PublishedFile, ...]


Exposed: TypeAlias = "Resource | Folder"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a message that holds an argument's text, or stays as it is written."""

    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Literal["user", "assistant"]
    parts: tuple[str | Slot, ...]


@dataclass(frozen=True, slots=True)
class PromptArgument:
    """What a caller of a prompt may give, as text."""

    name: str
    title: str
    description: str
    required: bool


@dataclass(frozen=True, slots=True)
class Prompt:
    """Messages that a client can ask for by name."""

    name: str
    ident: str
    title: str
    description: str
    arguments: tuple[PromptArgument, ...]
    messages: tuple[Message, ...]
