"""The operations of Weather as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_forecast(arguments: JsonObject, context: Context) -> Reply:
    """get-forecast: The forecast of a station"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("station", "days", "metric", "scale", "lang", "X-Account"),
    )
    station = arguments_.integer(faults, arguments, "station", required=True)
    days = arguments_.integer(faults, arguments, "days", required=True)
    metric = arguments_.boolean(faults, arguments, "metric")
    scale = arguments_.number(faults, arguments, "scale")
    lang = arguments_.string(faults, arguments, "lang")
    x_account = arguments_.string(faults, arguments, "X-Account", required=True)
    faults.raise_any()
    return await operations.get_forecast(
        context.weather,
        station=given(station),
        days=given(days),
        metric=metric,
        scale=scale,
        lang=lang,
        x_account=given(x_account),
    )


COMMANDS: dict[str, Command[Context]] = {"get-forecast": get_forecast}
