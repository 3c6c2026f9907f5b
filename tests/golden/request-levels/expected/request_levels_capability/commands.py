"""The operations of Depot stock as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def add_item(arguments: JsonObject, context: Context) -> Reply:
    """add-item: add-item"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("session", "sku", "count", "tags", "extra", "place"),
    )
    session = arguments_.string(faults, arguments, "session")
    sku = arguments_.string(faults, arguments, "sku", required=True)
    count = arguments_.integer(faults, arguments, "count")
    tags = arguments_.array(faults, arguments, "tags")
    extra = arguments_.anything(faults, arguments, "extra")
    place = arguments_.string(faults, arguments, "place")
    faults.raise_any()
    return await operations.add_item(
        context.stock,
        settings=context.settings,
        session=session,
        sku=given(sku),
        count=count,
        tags=tags,
        extra=extra,
        place=place,
    )


async def find_items(arguments: JsonObject, context: Context) -> Reply:
    """find-items: find-items"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("lang", "session"))
    lang = arguments_.string(faults, arguments, "lang")
    session = arguments_.string(faults, arguments, "session")
    faults.raise_any()
    return await operations.find_items(
        context.stock,
        settings=context.settings,
        lang=lang,
        session=session,
    )


COMMANDS: dict[str, Command[Context]] = {"add-item": add_item, "find-items": find_items}
