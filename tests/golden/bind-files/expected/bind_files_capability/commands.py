"""The operations of Library as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_books(arguments: JsonObject, context: Context) -> Reply:
    """list-books: listBooks"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_books(context.library, settings=context.settings)


async def add_book(arguments: JsonObject, context: Context) -> Reply:
    """add-book: addBook"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.anything(faults, arguments, "title")
    faults.raise_any()
    return await operations.add_book(
        context.library,
        settings=context.settings,
        title=title,
    )


async def list_boxes(arguments: JsonObject, context: Context) -> Reply:
    """list-boxes: listBoxes"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_boxes(context.archive)


COMMANDS: dict[str, Command[Context]] = {
    "list-books": list_books,
    "add-book": add_book,
    "list-boxes": list_boxes,
}
