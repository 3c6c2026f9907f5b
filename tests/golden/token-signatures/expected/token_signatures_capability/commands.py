"""The operations of Apps and statements as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_apps(arguments: JsonObject, context: Context) -> Reply:
    """list-apps: listApps"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_apps(context.apps, limit=limit)


async def add_entry(arguments: JsonObject, context: Context) -> Reply:
    """add-entry: addEntry"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("text",))
    text = arguments_.string(faults, arguments, "text")
    faults.raise_any()
    return await operations.add_entry(context.ledger, text=text)


COMMANDS: dict[str, Command[Context]] = {"list-apps": list_apps, "add-entry": add_entry}
