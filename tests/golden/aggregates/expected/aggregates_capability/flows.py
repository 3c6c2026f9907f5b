"""The flows of Ships: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .json_values import at
from .mapped import mapped
from .reply import Reply
from .steps import Started, StepFailed, answered, found, step, targets
from .wire import concat


async def fleet_get_ship(context: Context, *, number: str) -> Reply:
    """The name of a ship"""
    reply = await operations.get_ship(context.registry, imo=number, lang="en")
    return mapped(reply, mappings.get_ship)


async def scrap_ship(context: Context, *, imo: str) -> Reply:
    """Take a ship off the registry"""
    return await operations.drop_ship(context.registry, imo=imo)


async def raw_ship(context: Context, *, imo: str) -> Reply:
    """A ship as the registry has it"""
    return await operations.get_ship(context.registry, imo=imo)


async def ship_with_crew(context: Context, *, imo: str) -> Reply:
    """A ship and its crew (steps: ship, crew)."""
    try:
        async with Started() as started:
            crew_call = started.call(
                lambda: operations.list_crew(context.registry, ship=imo),
            )
            reply = await step(
                "ship",
                operations.get_ship(context.registry, imo=imo),
                1,
                2,
            )
            ship = found("ship", reply)
            reply = await step("crew", crew_call, 2, 2)
            crew = found("crew", reply)
            answer = targets((("ship",), at(ship, "data")), (("crew",), crew))
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def about(context: Context, *, who: str | None = None) -> Reply:
    """What the registry is"""
    return answered({"greeting": concat("Registry for ", who), "ships": 3})
