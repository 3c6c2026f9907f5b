"""The control adapter of Archive."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .control_support import About, build_control_app
from .rest_support import Endpoints
from .running import RUNNING
from .script_control import SCRIPTING, Limits, script_endpoints

ABOUT = About("Archive", "1.0.0-alpha2")


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the control adapter."""
    endpoints: Endpoints = {}
    SCRIPTING.limits = Limits(allowed=("javascript",))
    endpoints |= script_endpoints(
        {"defaultLanguage": "javascript"},
        timeout=60000,
        statements=100000,
        access_log=access_log,
    )
    app = build_control_app(
        ABOUT,
        RUNNING,
        endpoints,
        health=True,
        info=True,
        tracing=lambda: False,
        access_log=access_log,
    )
    return app
