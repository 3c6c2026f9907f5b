"""The flows of Parcel desk: answers made of several calls."""

from __future__ import annotations

from . import operations
from .context import Context
from .reply import Reply
from .steps import StepFailed, as_text, found, needed, step, within
from .telemetry import observed_call


async def find_depot(
    context: Context,
    *,
    number: str,
    depot: str | None = None,
) -> Reply:
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
        )
        parcel = found("parcel", reply)
        reply = await step(
            "depot",
            observed_call(
                1,
                "tracking.get-depot",
                "tracking",
                operations.get_depot(
                    context.tracking,
                    depot=needed("depot", "depot", as_text(within(parcel, "depot"))),
                ),
            ),
        )
        return reply
    except StepFailed as failed:
        return failed.reply
