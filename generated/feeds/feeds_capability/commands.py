"""The operations of News feeds as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_feed(arguments: JsonObject, context: Context) -> Reply:
    """get-feed: The feed of a section"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("section",))
    section = arguments_.string(faults, arguments, "section", required=True)
    faults.raise_any()
    return await operations.get_feed(context.site, section=given(section))


COMMANDS: dict[str, Command[Context]] = {"get-feed": get_feed}
