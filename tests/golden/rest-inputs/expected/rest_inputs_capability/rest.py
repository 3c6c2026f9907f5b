"""The REST adapters of Weather: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import check, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .reply import Reply
from .rest_support import Route, build_app


async def get_forecast(request: web.Request, context: Context) -> Reply:
    """GET /forecast/{station_id}: A week of weather"""
    faults = Faults(context.settings.allow_unknown_fields)
    station = check.text_integer(
        faults,
        request.match_info.get("station_id"),
        "/path/station_id",
        required=True,
    )
    scale = check.text_number(faults, request.query.get("factor"), "/query/factor")
    lang = check.text_string(
        faults,
        request.headers.get("Accept-Language"),
        "/header/Accept-Language",
    )
    x_account = check.text_string(
        faults,
        request.headers.get("X-Account"),
        "/header/X-Account",
        required=True,
    )
    faults.raise_any()
    return await operations.get_forecast(
        context.weather,
        station=given(station),
        days=7,
        metric=True,
        scale=scale,
        lang=lang,
        x_account=given(x_account),
    )


WEATHER_REST: tuple[Route[Context], ...] = (
    Route("GET", "/forecast/{station_id}", "getForecast", get_forecast),
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
