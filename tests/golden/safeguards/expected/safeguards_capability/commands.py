"""The operations of Vault as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_boxes(arguments: JsonObject, context: Context) -> Reply:
    """list-boxes: All boxes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_boxes(context.vault)


async def find_boxes(arguments: JsonObject, context: Context) -> Reply:
    """find-boxes: Boxes with a word in them"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("word",))
    word = arguments_.string(faults, arguments, "word")
    faults.raise_any()
    return await operations.find_boxes(context.vault, word=word)


async def get_box(arguments: JsonObject, context: Context) -> Reply:
    """get-box: One box"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("box",))
    box = arguments_.string(faults, arguments, "box", required=True)
    faults.raise_any()
    return await operations.get_box(context.vault, box=given(box))


async def empty_box(arguments: JsonObject, context: Context) -> Reply:
    """empty-box: Throw away what is in a box"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("acknowledged", "box"),
    )
    acknowledged = arguments_.string(faults, arguments, "acknowledged")
    box = arguments_.string(faults, arguments, "box", required=True)
    faults.raise_any()
    return await operations.empty_box(
        context.vault,
        acknowledged=acknowledged,
        box=given(box),
    )


async def add_note(arguments: JsonObject, context: Context) -> Reply:
    """add-note: Leave a note"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text")
    faults.raise_any()
    return await operations.add_note(context.vault, text=text)


async def tidy(arguments: JsonObject, context: Context) -> Reply:
    """tidy: Reads, then writes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.tidy(context)


async def note_twice(arguments: JsonObject, context: Context) -> Reply:
    """note-twice: Leaves a note, and one about it."""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text", required=True)
    faults.raise_any()
    return await flows.note_twice(context, text=given(text))


COMMANDS: dict[str, Command[Context]] = {
    "list-boxes": list_boxes,
    "find-boxes": find_boxes,
    "get-box": get_box,
    "empty-box": empty_box,
    "add-note": add_note,
    "tidy": tidy,
    "note-twice": note_twice,
}
