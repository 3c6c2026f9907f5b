"""The operations of Fleet as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_ship(arguments: JsonObject, context: Context) -> Reply:
    """get-ship: One ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo",))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await operations.get_ship(context.registry, imo=given(imo))


async def get_owner(arguments: JsonObject, context: Context) -> Reply:
    """get-owner: The owner of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("owner", "view"))
    owner = arguments_.string(faults, arguments, "owner", required=True)
    view = arguments_.string(faults, arguments, "view")
    faults.raise_any()
    return await operations.get_owner(context.registry, owner=given(owner), view=view)


async def list_crew(arguments: JsonObject, context: Context) -> Reply:
    """list-crew: All crews"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_crew(context.registry, limit=limit)


async def add_note(arguments: JsonObject, context: Context) -> Reply:
    """add-note: Leave a note"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text", "about"))
    text = arguments_.anything(faults, arguments, "text")
    about = arguments_.anything(faults, arguments, "about")
    faults.raise_any()
    return await operations.add_note(context.registry, text=text, about=about)


async def ship_overview(arguments: JsonObject, context: Context) -> Reply:
    """ship-overview: A ship, its owner and its crew"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("imo", "most", "X-View"),
    )
    imo = arguments_.string(faults, arguments, "imo", required=True)
    most = arguments_.integer(faults, arguments, "most")
    x_view = arguments_.string(faults, arguments, "X-View")
    faults.raise_any()
    return await flows.ship_overview(context, imo=given(imo), most=most, x_view=x_view)


async def leave_note(arguments: JsonObject, context: Context) -> Reply:
    """leave-note: A note about a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text", "imo"))
    text = arguments_.string(faults, arguments, "text")
    imo = arguments_.string(faults, arguments, "imo", required=True)
    faults.raise_any()
    return await flows.leave_note(context, text=text, imo=given(imo))


async def pass_note(arguments: JsonObject, context: Context) -> Reply:
    """pass-note: A note as it is, and all ships"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body_ = arguments_.object_(faults, arguments, "body")
    faults.raise_any()
    return await flows.pass_note(context, body_=body_)


async def find_sailor(arguments: JsonObject, context: Context) -> Reply:
    """find-sailor: A member of the crew of a ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("imo", "id", "most"))
    imo = arguments_.string(faults, arguments, "imo", required=True)
    id_ = arguments_.integer(faults, arguments, "id", required=True)
    most = arguments_.integer(faults, arguments, "most")
    faults.raise_any()
    return await flows.find_sailor(context, imo=given(imo), id_=given(id_), most=most)


COMMANDS: dict[str, Command[Context]] = {
    "get-ship": get_ship,
    "get-owner": get_owner,
    "list-crew": list_crew,
    "add-note": add_note,
    "ship-overview": ship_overview,
    "leave-note": leave_note,
    "pass-note": pass_note,
    "find-sailor": find_sailor,
}
