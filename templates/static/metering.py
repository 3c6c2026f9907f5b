"""Requests and calls, counted for Prometheus because the operator asked for it.

Names and labels are those of the metrics of a control adapter. A request is counted
with all that stands before its route, so that callers who are not let in count as well.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from aiohttp import hdrs, web

from . import client
from .access import Handler
from .control_metrics import metrics_endpoints
from .environment import Environment
from .observed_client import client_trace
from .package import Adapter, ContextT, Package, SettingsT, Watch
from .peers import VARIABLE, Peers
from .rest_support import SERVED, assemble
from .telemetry import ACTIVE, STEPS, Requests, written_path

_REFUSED: Final = (401, 403)


def metered(
    package: Package[SettingsT, ContextT], values: Mapping[str, str], label: str
) -> Package[SettingsT, ContextT]:
    """The package with all of its calls counted, and one more adapter, the last, for /metrics.

    `values` say where that one listens; SettingsError when it cannot. `label` is the
    capability's.
    """
    environment = Environment(values)
    variable = f"{package.prefix}_METRICS"
    host = environment.text(f"{variable}_HOST", "127.0.0.1")
    port = environment.integer(f"{variable}_PORT", 0, minimum=0, maximum=65535)
    environment.finish()
    name = "metrics"
    while any(adapter.namespace == name for adapter in package.adapters):
        name += "-"
    peers = Peers(values.get(VARIABLE, ""))
    inner = package.guard

    def connect(settings: SettingsT) -> ContextT:
        ACTIVE.counter(label).value = 1
        client.TRACES[:] = [client_trace((), ())]
        return package.connect(settings)

    def rest_app(
        namespace: str, context: ContextT, access_log: bool
    ) -> web.Application:
        if namespace != name:
            return package.rest_app(namespace, context, access_log)
        endpoints = metrics_endpoints(peers, access_log=access_log)
        app = assemble(endpoints, context.obstacle, body_limit=1, access_log=access_log)
        app.cleanup_ctx.append(peers.running)
        return app

    def mcp_server(namespace: str, context: ContextT) -> Any:
        server = package.mcp_server(namespace, context)
        # By name: a package without MCP adapters has no such module.
        module = importlib.import_module(".metering_tools", __package__)
        module.count_tools(server)
        return server

    def guard(namespace: str, settings: SettingsT) -> Any:
        if inner is None or namespace == name:
            return None
        return inner(namespace, settings)

    def watch() -> Watch:
        return _Counting(name, None if package.watch is None else package.watch())

    return replace(
        package,
        adapters=(*package.adapters, Adapter(name, "control", host, port)),
        connect=connect,
        rest_app=rest_app,
        mcp_server=mcp_server,
        guard=guard,
        watch=watch,
        peers_variable=VARIABLE,
    )


def count_step(kind: str, namespace: str, seconds: float) -> None:
    """Count a step of a flow."""
    STEPS.histogram(kind, namespace).observe(seconds)


class _Counting:
    """Counts the requests to all adapters but that of the metrics."""

    def __init__(self, own: str, other: Watch | None) -> None:
        self._own, self._other = own, other

    def expect(self, known: Sequence[Adapter], served: Sequence[Adapter]) -> None:
        if self._other is not None:
            self._other.expect(known, served)

    def follow(self, adapter: Adapter, port: int, app: web.Application) -> None:
        if self._other is not None:
            self._other.follow(adapter, port, app)
        if adapter.kind != "control":
            _count_requests(adapter, app)


def _count_requests(adapter: Adapter, app: web.Application) -> None:
    routes, _ = app.get(SERVED, ((), b""))
    served = {(route.method, written_path(route.path)) for route in routes}
    if adapter.kind == "skill":
        paths = (resource.canonical for resource in app.router.resources())
        served = {("GET", path) for path in paths if path.startswith("/skills")}
    instruments: dict[str, Requests] = {}

    def instrument(path: str, method: str) -> Requests:
        operation = f"{path} {method}" if adapter.kind == "rest" else path
        if operation not in instruments:
            instruments[operation] = Requests(adapter.kind, operation)
        return instruments[operation]

    @web.middleware
    async def counted(request: web.Request, handler: Handler) -> web.StreamResponse:
        started = time.perf_counter()
        resource = request.match_info.route.resource
        path = "" if resource is None else resource.canonical
        # What clients make up is all one.
        method = request.method if request.method in hdrs.METH_ALL else "*"
        if method == hdrs.METH_HEAD and (hdrs.METH_GET, path) in served:
            method = hdrs.METH_GET
        known = (method, path) in served or ("*", path) in served
        try:
            response = await handler(request)
        except BaseException as error:
            if known:
                instrument(path, method).failed(type(error).__name__)
            raise
        if known or response.status in _REFUSED:
            instrument(path, method).done(response.status, started)
        return response

    # Before everything that may refuse a request.
    app.middlewares.insert(0, counted)
