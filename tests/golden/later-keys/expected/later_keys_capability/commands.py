"""The operations of Archive as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_labels(arguments: JsonObject, context: Context) -> Reply:
    """list-labels: All labels"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_labels(context.labels)


async def get_photo(arguments: JsonObject, context: Context) -> Reply:
    """get-photo: Get a photograph"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id",))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    faults.raise_any()
    return await operations.get_photo(context.archive, id_=given(id_))


async def count(arguments: JsonObject, context: Context) -> Reply:
    """count: How many photographs there are."""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.count(context)


async def labelling_list_labels(arguments: JsonObject, context: Context) -> Reply:
    """labelling-list-labels: All labels."""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.labelling_list_labels(context)


COMMANDS: dict[str, Command[Context]] = {
    "list-labels": list_labels,
    "get-photo": get_photo,
    "count": count,
    "labelling-list-labels": labelling_list_labels,
}
