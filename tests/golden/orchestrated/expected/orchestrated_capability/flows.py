"""The flows of Fleet: answers made of several calls."""

from __future__ import annotations

from . import operations
from .context import Context
from .json_values import at
from .reply import Reply
from .steps import StepFailed, answered, as_text, found, step, targets, within


async def ship_overview(
    context: Context,
    *,
    imo: str,
    most: int | None = None,
) -> Reply:
    """A ship and its crew (steps: ship, crew)."""
    try:
        reply = await step("ship", operations.get_ship(context.registry, imo=imo))
        ship = found("ship", reply)
        reply = await step(
            "crew",
            operations.list_crew(
                context.registry,
                ship=as_text(within(ship, "name")),
                limit=most,
            ),
        )
        crew = found("crew", reply)
        answer = targets(
            (("vessel", "name"), at(ship, "name")),
            (("vessel", "crew"), crew),
        )
        return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def ship_crew(context: Context, *, imo: str) -> Reply:
    """The crew of a ship (steps: ship, crew)."""
    try:
        reply = await step("ship", operations.get_ship(context.registry, imo=imo))
        ship = found("ship", reply)
        reply = await step(
            "crew",
            operations.list_crew(context.registry, ship=as_text(within(ship, "name"))),
        )
        return reply
    except StepFailed as failed:
        return failed.reply
