"""The REST adapters of Weather: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, flows
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def get_forecast(request: web.Request, context: Context) -> Reply:
    """GET /forecasts/{station}: Temperature, wind and sky at a station in the days
    to come
    """
    faults = Faults(context.settings.allow_unknown_fields)
    place = check.text_string(
        faults,
        request.match_info.get("station"),
        "/path/station",
        required=True,
    )
    faults.raise_any()
    return await flows.forecast_get_forecast(context, place=given(place))


async def warned_stations(request: web.Request, context: Context) -> Reply:
    """GET /warnings: The stations for which a warning is out today, with their
    places
    """
    return await flows.warned_stations(context)


async def describe_units(request: web.Request, context: Context) -> Reply:
    """GET /units: The units of all numbers, in words"""
    faults = Faults(context.settings.allow_unknown_fields)
    language = check.text_string(
        faults,
        request.query.get("language"),
        "/query/language",
    )
    faults.raise_any()
    return await flows.describe_units(context, language=language)


async def get_health(request: web.Request, context: Context) -> Reply:
    """GET /health: Whether the service is there"""
    return await flows.get_health(context)


WEATHER_REST: tuple[Route[Context], ...] = (
    Route("GET", "/forecasts/{station}", "get-forecast", get_forecast),
    Route("GET", "/warnings", "warned-stations", warned_stations),
    Route("GET", "/units", "describe-units", describe_units),
    Route("GET", "/health", "get-health", get_health),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "weather-rest": (WEATHER_REST, "openapi.json"),
}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    routes, contract = ADAPTERS[namespace]
    document = read_contract(contract)
    if context.settings.safeguards.read_only:
        from .rest_choice import reading

        routes, document = reading(routes, document)
    app = build_app(
        routes,
        context,
        contract=document,
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )
    if context.settings.docs:
        from .docs import add_docs

        add_docs(app)
    return app
