"""The operations of Scans as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_scan(arguments: JsonObject, context: Context) -> Reply:
    """get-scan: get-scan"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_scan(context.scanner, id_=given(id_))


async def get_film(arguments: JsonObject, context: Context) -> Reply:
    """get-film: get-film"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_film(context.scanner, id_=given(id_))


async def get_poster(arguments: JsonObject, context: Context) -> Reply:
    """get-poster: The poster of a film"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await flows.get_poster(context, id_=given(id_))


COMMANDS: dict[str, Command[Context]] = {
    "get-scan": get_scan,
    "get-film": get_film,
    "get-poster": get_poster,
}
