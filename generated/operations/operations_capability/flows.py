"""The flows of Parcel desk: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .observed_steps import observed_call
from .reply import Reply
from .steps import StepFailed, as_text, found, needed, projected, step, within


async def find_depot(context: Context, *, number: str) -> Reply:
    """The depot that a parcel lies in (steps: parcel, depot)."""
    try:
        reply = await step(
            "parcel",
            observed_call(
                0,
                "tracking.get-parcel",
                "tracking",
                operations.get_parcel(context.tracking, number=number),
            ),
            1,
            2,
        )
        parcel = projected(found("parcel", reply), mappings.outputs_of_get_parcel)
        reply = await step(
            "depot",
            observed_call(
                1,
                "tracking.get-depot",
                "tracking",
                operations.get_depot(
                    context.tracking,
                    depot=needed(
                        "depot",
                        "depot",
                        as_text("depot", within(parcel, "depot")),
                    ),
                ),
            ),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply
