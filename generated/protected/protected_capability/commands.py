"""The operations of Parcel desk as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_parcel(arguments: JsonObject, context: Context) -> Reply:
    """get-parcel: Where a parcel is"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("parcel",))
    parcel = arguments_.string(faults, arguments, "parcel", required=True)
    faults.raise_any()
    return await operations.get_parcel(context.carrier, parcel=given(parcel))


COMMANDS: dict[str, Command[Context]] = {"get-parcel": get_parcel}
