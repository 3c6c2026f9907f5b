"""The flows of Two shops: answers that the package itself makes."""

from __future__ import annotations

from . import operations
from .context import Context
from .reply import Reply
from .steps import Started, StepFailed, step


async def compare(context: Context) -> Reply:
    """What all of them have (steps: south, north, east)."""
    try:
        async with Started() as started:
            north_call = started.call(
                lambda: operations.north_list_items(context.north),
            )
            east_call = started.call(lambda: operations.east_list_items(context.east))
            await step("south", operations.south_list_items(context.south), 1, 3)
            await step("north", north_call, 2, 3)
            reply = await step("east", east_call, 3, 3)
            return reply
    except StepFailed as failed:
        return failed.reply
