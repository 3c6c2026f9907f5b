"""The operations of Orders to read as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_line(arguments: JsonObject, context: Context) -> Reply:
    """get-line: get-line"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("locale", "number", "line", "tag"),
    )
    locale = arguments_.string(faults, arguments, "locale")
    number = arguments_.string(faults, arguments, "number", required=True)
    line = arguments_.string(faults, arguments, "line", required=True)
    tag = arguments_.string(faults, arguments, "tag")
    faults.raise_any()
    return await operations.get_line(
        context.shop,
        locale=locale,
        number=given(number),
        line=given(line),
        tag=tag,
    )


async def get_totals(arguments: JsonObject, context: Context) -> Reply:
    """get-totals: get-totals"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("locale",))
    locale = arguments_.string(faults, arguments, "locale")
    faults.raise_any()
    return await operations.get_totals(context.shop, locale=locale)


async def get_label(arguments: JsonObject, context: Context) -> Reply:
    """get-label: get-label"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("locale", "number"))
    locale = arguments_.string(faults, arguments, "locale")
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await operations.get_label(context.shop, locale=locale, number=given(number))


async def summary(arguments: JsonObject, context: Context) -> Reply:
    """summary: An order beside the totals."""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("order",))
    order = arguments_.string(faults, arguments, "order", required=True)
    faults.raise_any()
    return await flows.summary(context, order=given(order))


COMMANDS: dict[str, Command[Context]] = {
    "get-line": get_line,
    "get-totals": get_totals,
    "get-label": get_label,
    "summary": summary,
}
