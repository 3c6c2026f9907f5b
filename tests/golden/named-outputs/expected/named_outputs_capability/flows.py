"""The flows of Parcel: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .json_values import at
from .reply import Reply
from .steps import (
    StepFailed,
    answered,
    as_text,
    found,
    needed,
    projected,
    step,
    targets,
    within,
)


async def next_parcel(context: Context, *, number: str) -> Reply:
    """next-parcel (steps: first, second)."""
    try:
        reply = await step(
            "first",
            operations.get_parcel(context.parcels, number=number),
            1,
            2,
        )
        first = projected(found("first", reply), mappings.outputs_of_get_parcel)
        reply = await step(
            "second",
            operations.get_parcel(
                context.parcels,
                number=needed(
                    "second",
                    "number",
                    as_text("second", within(first, "next")),
                ),
            ),
            2,
            2,
        )
        second = projected(found("second", reply), mappings.outputs_of_get_parcel)
        answer = targets((("arrived",), at(second, "arrived")))
        return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply
