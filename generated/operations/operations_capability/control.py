"""The control adapter of Parcel desk."""

from __future__ import annotations

from aiohttp import web

from .context import Context
from .control_logs import attach_logs, log_endpoints
from .control_metrics import metrics_endpoints
from .control_support import About, build_control_app
from .control_traces import trace_endpoints
from .hidden import secrets_of
from .observing import OBSERVING
from .recent_logs import RecentLogs
from .rest_support import Endpoints
from .running import RUNNING

ABOUT = About("Parcel desk", "1.0.0-alpha2")


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the control adapter."""
    endpoints: Endpoints = {}
    endpoints |= metrics_endpoints(OBSERVING.peers, access_log=access_log)
    endpoints |= trace_endpoints(OBSERVING.peers, 200, access_log=access_log)
    logs = RecentLogs(secrets_of(context.settings))
    endpoints |= log_endpoints(
        logs,
        level_control=True,
        subscribers=5,
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
    attach_logs(app, logs)
    app.cleanup_ctx.append(OBSERVING.peers.running)
    return app
