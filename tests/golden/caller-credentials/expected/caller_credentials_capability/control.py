"""The control adapter of Guarded harbour."""

from __future__ import annotations

from aiohttp import web

from .access import protect
from .context import Context
from .control_metrics import metrics_endpoints
from .control_support import About, build_control_app
from .control_traces import trace_endpoints
from .guards import guard_of
from .observing import OBSERVING
from .rest_support import Endpoints
from .running import RUNNING

ABOUT = About("Guarded harbour", "1.0.0-alpha2")


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the control adapter."""
    endpoints: Endpoints = {}
    endpoints |= metrics_endpoints(OBSERVING.peers, access_log=access_log)
    endpoints |= trace_endpoints(OBSERVING.peers, 100, access_log=access_log)
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
    return protect(app, guard_of(namespace, context.settings))
