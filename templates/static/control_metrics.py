"""The endpoint for Prometheus: what all workers have counted."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from .metrics import prometheus
from .peers import Peers
from .reply import Reply
from .rest_support import Endpoints, guard
from .telemetry import FAMILIES

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"


def metrics_endpoints(peers: Peers, *, access_log: bool) -> Endpoints:
    """The endpoint, by path."""

    async def metrics(request: web.Request, _: None) -> Reply:
        text = prometheus(FAMILIES, await peers.metrics())
        return Reply(200, text.encode(), PROMETHEUS)

    path = "/metrics"
    return {path: {"GET": guard("GET", path, metrics, None, access_log)}}
