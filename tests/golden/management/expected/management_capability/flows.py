"""The flows of Depot: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .observed_steps import observed_call, observed_function
from .reply import Reply
from .steps import StepFailed, as_text, found, needed, projected, step, within


async def next_parcel(context: Context, *, number: str) -> Reply:
    """next-parcel (steps: first, second)."""
    try:
        reply = await step(
            "first",
            observed_call(
                0,
                "depot.get-parcel",
                "depot",
                operations.get_parcel(context.depot, number=number),
            ),
            1,
            2,
        )
        first = projected(found("first", reply), mappings.outputs_of_get_parcel)
        reply = await step(
            "second",
            observed_call(
                1,
                "depot.get-parcel",
                "depot",
                operations.get_parcel(
                    context.depot,
                    number=needed(
                        "second",
                        "number",
                        as_text("second", within(first, "next")),
                    ),
                ),
            ),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply


@observed_function("parcels.last")
async def last(context: Context, *, number: str) -> Reply:
    """The last parcel"""
    return await operations.get_parcel(context.depot, number=number)
