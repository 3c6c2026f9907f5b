"""The operations of Weather as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_forecast(arguments: JsonObject, context: Context) -> Reply:
    """get-forecast: The forecast of one station"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("station", "days"))
    station = arguments_.string(faults, arguments, "station", required=True)
    days = arguments_.string(faults, arguments, "days")
    faults.raise_any()
    return await operations.get_forecast(
        context.weather,
        station=given(station),
        days=days,
    )


async def list_stations(arguments: JsonObject, context: Context) -> Reply:
    """list-stations: All stations"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_stations(context.weather)


async def get_warnings(arguments: JsonObject, context: Context) -> Reply:
    """get-warnings: What is warned of today, and the ids of the stations concerned"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_warnings(context.weather)


async def forecast_get_forecast(arguments: JsonObject, context: Context) -> Reply:
    """forecast-get-forecast: Temperature, wind and sky at a station in the days to
    come
    """
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("place",))
    place = arguments_.string(faults, arguments, "place", required=True)
    faults.raise_any()
    return await flows.forecast_get_forecast(context, place=given(place))


async def warned_stations(arguments: JsonObject, context: Context) -> Reply:
    """warned-stations: The stations for which a warning is out today, with their
    places
    """
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.warned_stations(context)


async def describe_units(arguments: JsonObject, context: Context) -> Reply:
    """describe-units: The units of all numbers, in words"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("language",))
    language = arguments_.string(faults, arguments, "language")
    faults.raise_any()
    return await flows.describe_units(context, language=language)


async def get_health(arguments: JsonObject, context: Context) -> Reply:
    """get-health: Whether the service is there"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.get_health(context)


COMMANDS: dict[str, Command[Context]] = {
    "get-forecast": get_forecast,
    "list-stations": list_stations,
    "get-warnings": get_warnings,
    "forecast-get-forecast": forecast_get_forecast,
    "warned-stations": warned_stations,
    "describe-units": describe_units,
    "get-health": get_health,
}
