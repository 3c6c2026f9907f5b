"""The part of a REST adapter that is the same for every capability.

No middleware: each handler is wrapped once, when the application is built, in a
closure that gives the request its id and turns whatever happens into a response.
"""

from __future__ import annotations

import json
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

from aiohttp import hdrs, web
from multidict import istr

from .errors import CallError
from .reply import JsonObject, JsonValue, Reply
from .request_ids import REQUEST_ID, request_id_of, request_key
from .strict_json import parse_json

ContextT = TypeVar("ContextT")
Handler: TypeAlias = Callable[[web.Request, ContextT], Awaitable[Reply]]
Endpoint: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Endpoints: TypeAlias = dict[str, dict[str, Endpoint]]
Obstacle: TypeAlias = Callable[[], str | None]

FAILED_STEP: Final = istr("X-Failed-Step")
# Where a request keeps its body, once it was read as JSON.
SENT: Final = request_key("sent")
JSON_TYPE: Final = "application/json"
# What an upstream says about its document and callers should know (RFC 9110, section 8;
# RFC 9111, section 5).
DESCRIBING: Final = tuple(
    map(
        istr,
        (
            *("Cache-Control", "Content-Disposition", "Content-Language"),
            *("Content-Range", "ETag", "Expires", "Last-Modified", "Vary"),
        ),
    )
)

_log = logging.getLogger(__name__)
_access = logging.getLogger("access")


@dataclass(frozen=True, slots=True)
class Route(Generic[ContextT]):
    """One route: `path` in aiohttp's syntax, `name` of the operation behind it.

    `method` is `*` for all that no other route of the path answers; whether a route
    only `reads` is told where its method says otherwise.
    """

    method: str
    path: str
    name: str
    handler: Handler[ContextT]
    reads: bool | None = None


@dataclass(slots=True)
class Lifecycle:
    """Whether a site is on its way out; whoever stops it sets `draining`."""

    draining: bool = False


LIFECYCLE: Final = web.AppKey("lifecycle", Lifecycle)
# Paths that answer to everybody, whoever else is asked who calls.
OPEN: Final[web.AppKey[frozenset[str]]] = web.AppKey("open", frozenset)
# The routes of the capability and their contract.
SERVED: Final[web.AppKey[tuple[Sequence[Route[Any]], bytes]]] = web.AppKey("served")


def build_app(
    routes: Sequence[Route[ContextT]],
    context: ContextT,
    *,
    contract: bytes,
    body_limit: int,
    access_log: bool,
    obstacle: Obstacle,
) -> web.Application:
    """An application of these routes, `/openapi.json` and the health routes.

    `contract` is the OpenAPI document, `body_limit` the largest request body in bytes,
    `obstacle` tells why calls cannot be made at the moment. Whatever fails is answered
    with an error document (see CallError.document). A route of the capability wins.
    """

    async def openapi(request: web.Request, context: ContextT) -> Reply:
        return Reply(200, contract, JSON_TYPE)

    endpoints: Endpoints = {}
    for route in routes:
        methods = endpoints.setdefault(route.path, {})
        methods[route.method] = guard(
            route.method, route.path, route.handler, context, access_log
        )
    path = "/openapi.json"
    if path not in endpoints:
        endpoints[path] = {"GET": guard("GET", path, openapi, context)}
    app = assemble(endpoints, obstacle, body_limit=body_limit, access_log=access_log)
    app[SERVED] = routes, contract
    return app


def assemble(
    endpoints: Endpoints, obstacle: Obstacle, *, body_limit: int, access_log: bool
) -> web.Application:
    """An application of these endpoints, by path and method, and the health routes.

    HEAD is answered where GET is, other methods with 405, other paths with 404.
    """
    app = web.Application(client_max_size=body_limit)
    lifecycle = app[LIFECYCLE] = Lifecycle()

    async def live(request: web.Request, _: None) -> Reply:
        return _json_reply(200, {"status": "live"})

    async def ready(request: web.Request, _: None) -> Reply:
        reason = "shutting down" if lifecycle.draining else obstacle()
        if reason is None:
            return _json_reply(200, {"status": "ready"})
        # An answer, not a failure: nothing to warn about at each probe.
        return _json_reply(503, {"status": "not ready", "reason": reason})

    async def missing(request: web.Request, _: None) -> Reply:
        raise CallError(404, "not_found", "there is no such path")

    health = {"/health/live": live, "/health/ready": ready}
    app[OPEN] = frozenset(health) - frozenset(endpoints)
    for path, handler in health.items():
        if path not in endpoints:
            endpoints[path] = {"GET": guard("GET", path, handler, None, quiet=True)}
    for path, methods in endpoints.items():
        # By itself, aiohttp lets no placeholder take a text with braces in it.
        pattern = re.sub(r"\{(\w+)\}", r"{\1:[^/]+}", path)
        if "GET" in methods:
            methods.setdefault("HEAD", methods["GET"])
        every = methods.pop("*", None)
        for method, endpoint in methods.items():
            app.router.add_route(method, pattern, endpoint)
        if every is None:
            every = _not_allowed(path, ", ".join(sorted(methods)), access_log)
        app.router.add_route("*", pattern, every)
    rest = guard("*", "(no route)", missing, None, access_log)
    app.router.add_route("*", "/{path:.*}", rest)
    return app


def guard(
    method: str,
    path: str,
    handler: Handler[ContextT],
    context: ContextT,
    access_log: bool = False,
    *,
    quiet: bool = False,
) -> Endpoint:
    """The aiohttp handler for ours: request id, error documents, log lines.

    Failures of ours and of the upstream are one WARNING line each, except `quiet`
    ones. A line never holds a body or a query. Cancellation passes through: so a call
    ends whose client has gone away.
    """

    async def endpoint(request: web.Request) -> web.StreamResponse:
        started = time.perf_counter() if access_log else 0.0
        request_id = request_id_of(request)
        try:
            reply = await handler(request, context)
            response = respond(reply)
            if (reply.failure or response.status >= 500) and not quiet:
                cause = reply.failure.kind if reply.failure else "the upstream's status"
                _warn(method, path, response.status, cause, request_id)
        except CallError as error:
            response = respond_error(error)
            if error.status >= 500:
                cause = f"{error.code}: {error.message}"
                _warn(method, path, error.status, cause, request_id)
        # The last line of defence: the caller gets a document, the log a traceback.
        except Exception:  # noqa: BLE001
            _log.exception("%s %s failed, request %s", method, path, request_id)
            message = "the call failed inside of this server"
            response = respond_error(CallError(500, "internal", message))
        response.headers[REQUEST_ID] = request_id
        if access_log:
            took = (time.perf_counter() - started) * 1000
            line = "%s %s %d %.1f ms, request %s"
            name = request.method if method == "*" else method
            _access.info(line, name, path, response.status, took, request_id)
        return response

    return endpoint


async def json_body(request: web.Request) -> JsonValue:
    """The request's body as JSON; None when there is no body.

    Raises CallError: 413 `body_too_large`, 415 `unsupported_media_type`, or 400
    `invalid_json` (see parse_json).
    """
    raw = await read_body(request)
    if not raw:
        return None
    if request.headers.get(hdrs.CONTENT_TYPE) != JSON_TYPE:
        _check_media_type(request.content_type, request.charset)
    sent = request[SENT] = parse_json(raw)
    return sent


async def read_body(request: web.Request) -> bytes:
    """The request's body; CallError 413 `body_too_large` or 400 `invalid_json`."""
    try:
        return await request.read()
    except web.HTTPRequestEntityTooLarge:
        message = f"the body is larger than {request.client_max_size} bytes"
        raise CallError(413, "body_too_large", message) from None
    except web.RequestPayloadError:
        message = "the body is not what its headers say"
        raise CallError(400, "invalid_json", message) from None


def respond(reply: Reply) -> web.Response:
    """An upstream's answer as ours: bytes, content type and validators unchanged.

    A failure inside of the answer gives the status and Retry-After; X-Failed-Step names
    the step that failed, where a route has several.
    """
    headers: dict[str, str] = {hdrs.CONTENT_TYPE: reply.content_type}
    if (answered := reply.headers) is not None:
        headers |= {name: answered[name] for name in DESCRIBING if name in answered}
    failure = reply.failure
    after = reply.retry_after if failure is None else failure.retry_after
    if after is not None:
        headers[hdrs.RETRY_AFTER] = _whole_seconds(after)
    if reply.step:
        headers[FAILED_STEP] = reply.step
    return web.Response(body=reply.body, status=reply.http_status, headers=headers)


def respond_error(error: CallError) -> web.Response:
    """An error as its document, with Retry-After when the delay is known."""
    response = respond(_json_reply(error.status, error.document()))
    if error.retry_after is not None:
        response.headers[hdrs.RETRY_AFTER] = _whole_seconds(error.retry_after)
    if error.step:
        response.headers[FAILED_STEP] = error.step
    return response


def _json_reply(status: int, document: JsonObject) -> Reply:
    body = json.dumps(document, separators=(",", ":")).encode()
    return Reply(status, body, JSON_TYPE)


def _whole_seconds(seconds: float) -> str:
    return str(max(0, math.ceil(seconds)))


def _check_media_type(kind: str, charset: str | None) -> None:
    if kind != JSON_TYPE and not kind.endswith("+json"):
        message = "the body must be sent as application/json"
        raise CallError(415, "unsupported_media_type", message)
    if charset is not None and charset.lower() not in ("utf-8", "utf8", "us-ascii"):
        message = "a body of JSON must be UTF-8 (RFC 8259)"
        raise CallError(415, "unsupported_media_type", message)


def _warn(method: str, path: str, status: int, cause: str, request_id: str) -> None:
    line = "%s %s -> %d (%s), request %s"
    _log.warning(line, method, path, status, cause, request_id)


def _not_allowed(path: str, allowed: str, access_log: bool) -> Endpoint:
    async def refuse(request: web.Request, _: None) -> Reply:
        message = f"this path answers to {allowed} only"
        raise CallError(405, "method_not_allowed", message)

    guarded = guard("*", path, refuse, None, access_log)

    async def endpoint(request: web.Request) -> web.StreamResponse:
        response = await guarded(request)
        response.headers[hdrs.ALLOW] = allowed
        return response

    return endpoint
