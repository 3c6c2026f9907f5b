"""The operations of Depot as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_crate(arguments: JsonObject, context: Context) -> Reply:
    """get-crate: One crate"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("lang", "crate"))
    lang = arguments_.string(faults, arguments, "lang")
    crate = arguments_.string(faults, arguments, "crate", required=True)
    faults.raise_any()
    return await operations.get_crate(
        context.depot,
        settings=context.settings,
        lang=lang,
        crate=given(crate),
    )


COMMANDS: dict[str, Command[Context]] = {"get-crate": get_crate}
