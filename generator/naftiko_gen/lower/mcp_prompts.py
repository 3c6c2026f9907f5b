"""``prompts`` of an MCP adapter: messages with places for arguments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from naftiko_gen.files import Files, Unusable
from naftiko_gen.ir_mcp import Message, Prompt, PromptArgument, Slot
from naftiko_gen.names import Scope

from .mcp_names import claim, once
from .node import Node

#: A place for an argument; this is no template language, and blanks inside are not allowed.
_SLOT = re.compile(r"\{\{([A-Za-z0-9_]+)\}\}")
_SPACED = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_MAX_TEXT = 256 * 1024


def lower_prompts(adapter: Node, functions: Scope, files: Files) -> tuple[Prompt, ...]:
    """The prompts of ``adapter``, in document order."""
    found: list[Prompt] = []
    lines: dict[str, int] = {}
    for node in adapter.items("prompts"):
        if not once(node, "prompt", lines):
            continue
        ident = claim(node, functions, adapter.text("namespace"))
        if ident is None:
            continue
        arguments = _arguments(node)
        messages = _messages(node, files)
        _check_slots(node, arguments, messages)
        found.append(
            Prompt(
                name=node.text("name"),
                ident=ident,
                title=node.text("label"),
                description=node.text("description"),
                arguments=arguments,
                messages=messages,
            )
        )
    return tuple(found)


def _arguments(node: Node) -> tuple[PromptArgument, ...]:
    lines: dict[str, int] = {}
    return tuple(
        PromptArgument(
            item.text("name"),
            item.text("label"),
            item.text("description"),
            item.flag("required") is not False,
        )
        for item in node.items("arguments")
        if once(item, "argument", lines)
    )


def _messages(node: Node, files: Files) -> tuple[Message, ...]:
    if node.has("location"):
        text = _file(node, files)
        return () if text is None else (Message("user", split(text)),)
    return tuple(
        Message(_role(item), split(item.text("content")))
        for item in node.items("template")
    )


def _role(item: Node) -> Literal["user", "assistant"]:
    return "assistant" if item.text("role") == "assistant" else "user"


def _file(node: Node, files: Files) -> str | None:
    files = files.at(node.folder())
    try:
        place = files.locate(node.text("location"))
        content = files.read(place, _MAX_TEXT)
    except Unusable as problem:
        node.error("E241", problem.message, at="location", hint=problem.hint)
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        node.error(
            "E241",
            f"`{place}` is not UTF-8: the byte at offset {problem.start} is not",
            at="location",
            hint="a prompt is a text: save the file as UTF-8",
        )
        return None


def split(text: str) -> tuple[str | Slot, ...]:
    """The texts and the places for arguments of a message."""
    parts: list[str | Slot] = []
    end = 0
    for found in _SLOT.finditer(text):
        parts += [text[end : found.start()], Slot(found.group(1))]
        end = found.end()
    parts.append(text[end:])
    return tuple(part for part in parts if part != "")


def _check_slots(
    node: Node, arguments: Sequence[PromptArgument], messages: Sequence[Message]
) -> None:
    """Warn of places and arguments that do not find each other."""
    if not messages:
        return
    declared = [argument.name for argument in arguments]
    texts = [part for m in messages for part in m.parts if isinstance(part, str)]
    slots = [part.name for m in messages for part in m.parts if isinstance(part, Slot)]
    spaced = [found.group(1) for text in texts for found in _SPACED.finditer(text)]
    at = "location" if node.has("location") else "template"
    for name in dict.fromkeys(slots):
        if name not in declared:
            _warn(node, at, f"the prompt has a place `{{{{{name}}}}}` and no argument")
    for name in dict.fromkeys(spaced):
        text = f"`{name}` with blanks in its braces is no place for an argument"
        _warn(node, at, f"{text}: it stays as it is written")
    for item in node.items("arguments"):
        name = item.text("name")
        if name not in slots and name not in spaced:
            _warn(item, "name", f"the argument `{name}` stands nowhere in the prompt")


def _warn(node: Node, at: str, message: str) -> None:
    node.report.add("W292", message, node.span(at), "write `{{name}}`, without blanks")
