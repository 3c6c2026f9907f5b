"""The operations of Parcels as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_parcel(arguments: JsonObject, context: Context) -> Reply:
    """get-parcel: One parcel"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("depot-id", "number", "page-size", "fresh", "X-Trace"),
    )
    depot_id = arguments_.string(faults, arguments, "depot-id", required=True)
    number = arguments_.integer(faults, arguments, "number", required=True)
    page_size = arguments_.integer(faults, arguments, "page-size", required=True)
    fresh = arguments_.boolean(faults, arguments, "fresh")
    x_trace = arguments_.string(faults, arguments, "X-Trace")
    faults.raise_any()
    return await operations.get_parcel(
        context.parcels,
        depot_id=given(depot_id),
        number=given(number),
        page_size=given(page_size),
        fresh=fresh,
        x_trace=x_trace,
    )


async def delete_label(arguments: JsonObject, context: Context) -> Reply:
    """delete-label: deleteLabel"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.delete_label(context.parcels, id_=given(id_))


COMMANDS: dict[str, Command[Context]] = {
    "get-parcel": get_parcel,
    "delete-label": delete_label,
}
