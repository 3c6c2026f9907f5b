"""The control adapter of Depot."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .control_metrics import metrics_endpoints
from .control_support import About, build_control_app
from .control_traces import trace_endpoints
from .observing import OBSERVING
from .rest_support import Endpoints
from .running import RUNNING
from .script_control import SCRIPTING, Limits, script_endpoints

ABOUT = About("Depot", "1.0.0-alpha2")


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the control adapter."""
    endpoints: Endpoints = {}
    endpoints |= metrics_endpoints(OBSERVING.peers, access_log=access_log)
    endpoints |= trace_endpoints(OBSERVING.peers, 100, access_log=access_log)
    SCRIPTING.limits = Limits(allowed=("python", "javascript"))
    endpoints |= script_endpoints(
        {"defaultLocation": "file:///scripts", "defaultLanguage": "python"},
        timeout=2000,
        statements=5000,
        access_log=access_log,
    )
    app = build_control_app(
        ABOUT,
        RUNNING,
        endpoints,
        health=True,
        info=True,
        tracing=lambda: OBSERVING.peers.tracing,
        access_log=access_log,
    )
    app.cleanup_ctx.append(OBSERVING.peers.running)
    return app
