"""The part of the IR that only MCP adapters have: published files and prompts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

#: What the argument is called with which agents confirm a destructive call.
ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Cache:
    """How long clients may keep what an adapter tells, in milliseconds, and who may share it."""

    ttl_ms: int
    scope: Literal["public", "private"]


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
