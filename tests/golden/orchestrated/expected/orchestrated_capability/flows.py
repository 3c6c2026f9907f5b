"""The flows of Fleet: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .json_values import at
from .lookups import index_of, look_up
from .reply import JsonObject, Reply
from .steps import (
    Started,
    StepFailed,
    answered,
    as_text,
    found,
    needed,
    projected,
    step,
    stored,
    targets,
    within,
)
from .wire import concat_given


async def ship_overview(
    context: Context,
    *,
    imo: str,
    most: int | None = None,
    x_view: str | None = None,
) -> Reply:
    """A ship, its owner and its crew (steps: crew, ship, who, owner)."""
    try:
        async with Started() as started:
            ship_call = started.call(
                lambda: operations.get_ship(context.registry, imo=imo),
            )
            reply = await step(
                "crew",
                operations.list_crew(context.registry, limit=most),
                1,
                3,
            )
            crew = projected(found("crew", reply), mappings.outputs_of_list_crew)
            reply = await step("ship", ship_call, 2, 3)
            ship = projected(found("ship", reply), mappings.outputs_of_get_ship)
            crew_by_id = index_of(crew, "id")
            who = look_up(crew_by_id, within(ship, "ids"), "fullName", "rank")
            reply = await step(
                "owner",
                operations.get_owner(
                    context.registry,
                    owner=needed(
                        "owner",
                        "owner",
                        as_text("owner", within(ship, "owner")),
                    ),
                    view=concat_given("v-", x_view),
                ),
                3,
                3,
            )
            owner = found("owner", reply)
            answer = targets(
                (("vessel", "name"), at(ship, "shipName")),
                (("vessel", "owner"), at(owner, "name")),
                (("crew",), stored(who)),
            )
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def leave_note(context: Context, *, imo: str, text: str | None = None) -> Reply:
    """A note about a ship (steps: ship, crew, note, after)."""
    try:
        async with Started() as started:
            crew_call = started.call(lambda: operations.list_crew(context.registry))
            reply = await step(
                "ship",
                operations.get_ship(context.registry, imo=imo),
                1,
                4,
            )
            ship = projected(found("ship", reply), mappings.outputs_of_get_ship)
            await step("crew", crew_call, 2, 4)
            await step(
                "note",
                operations.add_note(
                    context.registry,
                    text=concat_given(text, " (", within(ship, "shipName"), ")"),
                    about=within(ship, "ids"),
                ),
                3,
                4,
            )
            reply = await step(
                "after",
                operations.get_ship(context.registry, imo=imo),
                4,
                4,
            )
            return reply
    except StepFailed as failed:
        return failed.reply


async def pass_note(context: Context, *, body_: JsonObject | None = None) -> Reply:
    """A note as it is, and all ships (steps: note, crew)."""
    try:
        await step(
            "note",
            operations.add_note(context.registry, text="all", about=body_),
            1,
            2,
        )
        reply = await step(
            "crew",
            operations.list_crew(context.registry, limit=5),
            2,
            2,
        )
        return reply
    except StepFailed as failed:
        return failed.reply


async def find_sailor(
    context: Context,
    *,
    imo: str,
    id_: int,
    most: int | None = None,
) -> Reply:
    """A member of the crew of a ship (steps: ship, crew, sailor)."""
    try:
        async with Started() as started:
            crew_call = started.call(
                lambda: operations.list_crew(context.registry, limit=most),
            )
            reply = await step(
                "ship",
                operations.get_ship(context.registry, imo=imo),
                1,
                2,
            )
            ship = projected(found("ship", reply), mappings.outputs_of_get_ship)
            reply = await step("crew", crew_call, 2, 2)
            crew = projected(found("crew", reply), mappings.outputs_of_list_crew)
            crew_by_id = index_of(crew, "id")
            sailor = look_up(crew_by_id, id_, "id", "fullName")
            answer = targets((("ship",), ship), (("sailor",), stored(sailor)))
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply
