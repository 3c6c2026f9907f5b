"""The operations of Parcel desk as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_parcel(arguments: JsonObject, context: Context) -> Reply:
    """get-parcel: A parcel and its last event"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await operations.get_parcel(context.tracking, number=given(number))


async def get_depot(arguments: JsonObject, context: Context) -> Reply:
    """get-depot: A depot and its opening hours"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("depot",))
    depot = arguments_.string(faults, arguments, "depot", required=True)
    faults.raise_any()
    return await operations.get_depot(context.tracking, depot=given(depot))


async def find_depot(arguments: JsonObject, context: Context) -> Reply:
    """find-depot: The depot that a parcel lies in"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("number",))
    number = arguments_.string(faults, arguments, "number", required=True)
    faults.raise_any()
    return await flows.find_depot(context, number=given(number))


COMMANDS: dict[str, Command[Context]] = {
    "get-parcel": get_parcel,
    "get-depot": get_depot,
    "find-depot": find_depot,
}
