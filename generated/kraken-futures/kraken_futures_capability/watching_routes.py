"""The routes of a REST adapter, each call watched."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import hdrs, web

from .access import Handler
from .audit import Called
from .errors import CallError
from .request_ids import CALLER, REQUEST_ID, request_id_of
from .rest_choice import SAFE, reads, written_path
from .rest_support import SENT, SERVED, respond_error
from .watching_calls import CallWatch


def watch_routes(app: web.Application, namespace: str, watch: CallWatch) -> None:
    """Watch the calls of an application; who calls has been found out by then."""
    routes, contract = app[SERVED]
    known = {(route.method, written_path(route.path)): route for route in routes}
    names = {
        (path, method): frozenset(_names(operation))
        for path, item in json.loads(contract)["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, Mapping)
    }

    @web.middleware
    async def watched(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        path = "" if resource is None else resource.canonical
        method = "GET" if request.method == hdrs.METH_HEAD else request.method
        route = known.get((method, path)) or known.get(("*", path))
        if route is None:
            return await handler(request)
        called = Called(
            adapter=namespace,
            kind="route",
            target=f"{route.method} {path}",
            operation=route.name,
            caller=request.get(CALLER, ""),
            request_id=request_id_of(request),
        )
        safe = method in SAFE if route.method == "*" else reads(route)
        try:
            with watch.call(called, request.remote or "", reads=safe):
                try:
                    response = await handler(request)
                    called.outcome = response.status
                finally:
                    declared = names.get((path, method.lower()), frozenset())
                    called.arguments = sorted(declared & set(_given(request)))
        except CallError as error:
            response = respond_error(error)
            response.headers[REQUEST_ID] = called.request_id
        return response

    app.middlewares.append(watched)


def _given(request: web.Request) -> Iterator[str]:
    """The names of what was sent; of a body that has been read only."""
    yield from request.match_info
    yield from request.query
    yield from (name.lower() for name in request.headers)
    yield from request.cookies
    sent = request.get(SENT)
    if isinstance(sent, dict):
        yield from sent


def _names(operation: Mapping[str, Any]) -> Iterator[str]:
    """The names of the inputs that the contract has; those of headers in lower case."""
    for parameter in operation.get("parameters", ()):
        name = parameter["name"]
        yield name.lower() if parameter["in"] == "header" else name
    content = operation.get("requestBody", {}).get("content", {})
    for kind in content.values():
        yield from _members(kind.get("schema", {}))


def _members(schema: Mapping[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", ())
    for keyword in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(keyword, ()):
            yield from _members(one)
