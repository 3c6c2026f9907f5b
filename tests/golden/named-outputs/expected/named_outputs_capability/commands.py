"""The operations of Parcel as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_parcel(arguments: JsonObject, context: Context) -> Reply:
    """get-parcel: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await operations.get_parcel(context.parcels, number=given(number))


async def next_parcel(arguments: JsonObject, context: Context) -> Reply:
    """next-parcel: next-parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await flows.next_parcel(context, number=given(number))


COMMANDS: dict[str, Command[Context]] = {
    "get-parcel": get_parcel,
    "next-parcel": next_parcel,
}
