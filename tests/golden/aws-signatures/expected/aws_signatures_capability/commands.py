"""The operations of Tables and files as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_tables(arguments: JsonObject, context: Context) -> Reply:
    """list-tables: listTables"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("limit",))
    limit = arguments_.integer(faults, arguments, "limit")
    faults.raise_any()
    return await operations.list_tables(context.tables, limit=limit)


async def list_files(arguments: JsonObject, context: Context) -> Reply:
    """list-files: listFiles"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("prefix",))
    prefix = arguments_.string(faults, arguments, "prefix")
    faults.raise_any()
    return await operations.list_files(context.files, prefix=prefix)


async def get_file(arguments: JsonObject, context: Context) -> Reply:
    """get-file: getFile"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("key",))
    key = arguments_.string(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.get_file(context.files, key=given(key))


COMMANDS: dict[str, Command[Context]] = {
    "list-tables": list_tables,
    "list-files": list_files,
    "get-file": get_file,
}
