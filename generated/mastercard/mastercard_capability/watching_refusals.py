"""Callers who are not let in, noted in the audit log.

A line says what was asked for and with which status it was refused, and nothing that
such a caller has sent: neither a credential nor a name, an id or a path.
"""

from __future__ import annotations

import time

from aiohttp import hdrs, web

from .access import Handler
from .audit import Called
from .request_ids import REFUSED, REQUEST_ID, new_request_id
from .watching_calls import CallWatch


def watch_refusals(app: web.Application, namespace: str, watch: CallWatch) -> None:
    """Note the requests to an application that its guard refuses."""

    @web.middleware
    async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
        started = time.perf_counter()
        response = await handler(request)
        if request.get(REFUSED):
            resource = request.match_info.route.resource
            path = "" if resource is None else resource.canonical
            method = request.method if request.method in hdrs.METH_ALL else "*"
            called = Called(
                adapter=namespace,
                kind="route",
                target=f"{method} {path}",
                operation="",
                request_id=new_request_id(),
                outcome=response.status,
            )
            response.headers[REQUEST_ID] = called.request_id
            watch.refused(called, time.perf_counter() - started)
        return response

    app.middlewares.insert(0, watched)
