"""The flows of Weather: answers that the package itself makes."""

from __future__ import annotations

from . import mappings, operations
from .context import Context
from .json_values import at
from .lookups import index_of, look_up
from .mapped import mapped
from .reply import Reply
from .steps import (
    Started,
    StepFailed,
    answered,
    found,
    projected,
    step,
    stored,
    targets,
    within,
)
from .wire import concat


async def forecast_get_forecast(context: Context, *, place: str) -> Reply:
    """Temperature, wind and sky at a station in the days to come"""
    reply = await operations.get_forecast(context.weather, station=place, days="3")
    return mapped(reply, mappings.get_forecast)


async def warned_stations(context: Context) -> Reply:
    """The stations for which a warning is out today, with their places (steps:
    stations, warnings, places).
    """
    try:
        async with Started() as started:
            warnings_call = started.call(
                lambda: operations.get_warnings(context.weather),
            )
            reply = await step(
                "stations",
                operations.list_stations(context.weather),
                1,
                2,
            )
            stations = found("stations", reply)
            reply = await step("warnings", warnings_call, 2, 2)
            warnings = projected(
                found("warnings", reply),
                mappings.outputs_of_get_warnings,
            )
            stations_by_id = index_of(stations, "id")
            places = look_up(
                stations_by_id,
                within(warnings, "ids"),
                "id",
                "name",
                "region",
            )
            answer = targets(
                (("warning", "text"), at(warnings, "text")),
                (("warning", "stations"), stored(places)),
            )
            return reply if answer is None else answered(answer)
    except StepFailed as failed:
        return failed.reply


async def describe_units(context: Context, *, language: str | None = None) -> Reply:
    """The units of all numbers, in words"""
    return answered(
        {
            "temperature": "degrees Celsius",
            "wind": "metres per second",
            "note": concat("Texts are in ", language, "."),
            "decimals": 1,
        },
    )


async def get_health(context: Context) -> Reply:
    """Whether the service is there"""
    return answered({"value": "fine"})
