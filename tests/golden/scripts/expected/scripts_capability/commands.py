"""The operations of Ranking as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_ships(arguments: JsonObject, context: Context) -> Reply:
    """list-ships: All ships"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_ships(context.ships)


async def book_berth(arguments: JsonObject, context: Context) -> Reply:
    """book-berth: Book a berth"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("ship",))
    ship = arguments_.anything(faults, arguments, "ship")
    faults.raise_any()
    return await operations.book_berth(context.ships, ship=ship)


async def rank_ships(arguments: JsonObject, context: Context) -> Reply:
    """rank-ships: rankShips"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await flows.rank_ships(context, limit=limit)


async def find_size(arguments: JsonObject, context: Context) -> Reply:
    """find-size: findSize"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("code",))
    code = arguments_.string(faults, arguments, "code")
    faults.raise_any()
    return await flows.find_size(context, code=code)


async def book_longest(arguments: JsonObject, context: Context) -> Reply:
    """book-longest: Book a berth for the longest ship"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.book_longest(context)


COMMANDS: dict[str, Command[Context]] = {
    "list-ships": list_ships,
    "book-berth": book_berth,
    "rank-ships": rank_ships,
    "find-size": find_size,
    "book-longest": book_longest,
}
