"""What is measured of the calls of this process, and the spans around them.

One set of instruments for the process, as is the custom of metrics. Every wrapper finds
its instruments when the server is built; spans cost nothing until tracing is started.
"""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Final, Literal, Protocol, TypeAlias, TypeVar

from aiohttp import hdrs, web

from .errors import CallError
from .metrics import Counter, Family, Histogram
from .reply import JsonObject, Reply
from .rest_support import Handler, Route

ContextT = TypeVar("ContextT")
Attributes: TypeAlias = dict[str, str | int]
Kind: TypeAlias = Literal["server", "internal", "client"]
Tool: TypeAlias = Callable[[JsonObject, ContextT], Awaitable[Reply]]


class Span(Protocol):
    """What is done with a span that is open."""

    def set(self, key: str, value: str | int) -> None: ...
    def fail(self, what: str) -> None: ...


class Tracer(Protocol):
    """What makes spans, and carries them over the wire."""

    def span(
        self,
        name: str,
        kind: Kind,
        attributes: Attributes,
        headers: Mapping[str, str] | None = None,
    ) -> AbstractContextManager[Span]: ...

    def start(self, name: str, kind: Kind, attributes: Attributes) -> Span: ...
    def inject(self, span: Span, headers: object) -> None: ...
    def end(self, span: Span) -> None: ...


# What a placeholder of aiohttp says beside its name.
_PATTERN: Final = re.compile(r":[^{}/]+}")
_REQUEST: Final = ("naftiko.adapter.type", "naftiko.operation.id")
_CLIENT: Final = ("http.request.method", "server.address")
TOTAL: Final = Family(
    "naftiko.request.total",
    "Total number of requests handled by the engine",
    "counter",
    (*_REQUEST, "status"),
)
DURATION: Final = Family(
    "naftiko.request.duration.seconds",
    "Duration of request handling in seconds",
    "histogram",
    (*_REQUEST, "status"),
)
ERRORS: Final = Family(
    "naftiko.request.errors",
    "Total number of request errors",
    "counter",
    (*_REQUEST, "error.type"),
)
STEPS: Final = Family(
    "naftiko.step.duration.seconds",
    "Duration of step execution in seconds",
    "histogram",
    ("step.type", "naftiko.namespace"),
)
CLIENT_TOTAL: Final = Family(
    "naftiko.http.client.total",
    "Total number of outbound HTTP client calls",
    "counter",
    (*_CLIENT, "http.response.status_code", "error.type"),
)
CLIENT_DURATION: Final = Family(
    "naftiko.http.client.duration.seconds",
    "Duration of outbound HTTP client calls in seconds",
    "histogram",
    (*_CLIENT, "http.response.status_code", "error.type"),
)
ACTIVE: Final = Family(
    "naftiko.capability.active",
    "Number of active capabilities",
    "gauge",
    ("naftiko.capability",),
)
FAMILIES: Final = (
    *(TOTAL, DURATION, ERRORS, STEPS, CLIENT_TOTAL, CLIENT_DURATION, ACTIVE),
)


class State:
    """Whether spans are made, and of which capability."""

    tracer: Tracer | None = None
    capability: str = ""


class Requests:
    """The instruments of one operation of one adapter."""

    __slots__ = ("_adapter", "_known", "_operation")

    def __init__(self, adapter: str, operation: str) -> None:
        self._adapter = adapter
        self._operation = operation
        self._known: dict[int | str, tuple[Counter, Histogram]] = {}

    def done(self, status: int | str, started: float) -> None:
        """Count an answer of that status to a request of `started` (perf_counter)."""
        found = self._known.get(status)
        if found is None:
            labels = (self._adapter, self._operation, str(status))
            found = TOTAL.counter(*labels), DURATION.histogram(*labels)
            self._known[status] = found
        found[0].value += 1
        found[1].observe(time.perf_counter() - started)

    def failed(self, kind: str) -> None:
        """Count an error."""
        ERRORS.counter(self._adapter, self._operation, kind).add()


def written_path(path: str) -> str:
    """A path of aiohttp without the patterns of its placeholders."""
    return _PATTERN.sub("}", path)


def observed_handler(
    handler: Handler[ContextT], adapter: str, path: str, method: str
) -> Handler[ContextT]:
    """The handler of a route, counted, and in a span when there is tracing."""
    path = written_path(path)
    operation = f"{path} {method}" if adapter == "rest" else path
    requests = Requests(adapter, operation)
    attributes = _attributes(adapter, operation)
    attributes["http.request.method"] = method

    async def counted(request: web.Request, context: ContextT) -> Reply:
        started = time.perf_counter()
        try:
            reply = await handler(request, context)
        except CallError as error:
            requests.done(error.status, started)
            raise
        except BaseException as error:
            requests.failed(type(error).__name__)
            raise
        requests.done(reply.http_status, started)
        return reply

    async def traced(request: web.Request, context: ContextT) -> Reply:
        tracer = State.tracer
        if tracer is None:
            return await counted(request, context)
        name = f"{adapter}.request"
        with tracer.span(name, "server", attributes, request.headers) as span:
            reply = await counted(request, context)
            if reply.http_status >= 500:
                span.fail(str(reply.http_status))
            return reply

    return counted if State.tracer is None else traced


def observed_routes(
    routes: Sequence[Route[ContextT]],
) -> tuple[Route[ContextT], ...]:
    """The routes of a REST adapter, observed."""
    return tuple(replace(route, handler=_observed_route(route)) for route in routes)


def _observed_route(route: Route[ContextT]) -> Handler[ContextT]:
    if route.method != "*":
        return observed_handler(route.handler, "rest", route.path, route.method)
    # By the method of the request; what clients make up is all one.
    known = {
        method: observed_handler(route.handler, "rest", route.path, method)
        for method in (*hdrs.METH_ALL, route.method)
    }

    async def handler(request: web.Request, context: ContextT) -> Reply:
        observed = known.get(request.method, known[route.method])
        return await observed(request, context)

    return handler


def observed_tools(
    tools: Mapping[str, Tool[ContextT]],
) -> dict[str, Tool[ContextT]]:
    """The handlers of an MCP adapter, observed."""
    return {name: _observed_tool(name, run) for name, run in tools.items()}


def _observed_tool(name: str, run: Tool[ContextT]) -> Tool[ContextT]:
    requests = Requests("mcp", name)
    attributes = _attributes("mcp", name)

    async def counted(arguments: JsonObject, context: ContextT) -> Reply:
        started = time.perf_counter()
        try:
            reply = await run(arguments, context)
        except CallError:
            requests.done("ERROR", started)
            requests.failed("handled_error")
            raise
        except BaseException as error:
            requests.failed(type(error).__name__)
            raise
        if reply.failure is None and reply.status < 400:
            requests.done("OK", started)
        else:
            requests.done("ERROR", started)
            requests.failed("handled_error")
        return reply

    async def traced(arguments: JsonObject, context: ContextT) -> Reply:
        tracer = State.tracer
        if tracer is None:
            return await counted(arguments, context)
        with tracer.span("mcp.tool", "internal", attributes) as span:
            reply = await counted(arguments, context)
            if reply.failure is not None or reply.status >= 400:
                span.fail("handled_error")
            return reply

    return counted if State.tracer is None else traced


def request_span(
    adapter: str, operation: str, headers: Mapping[str, str] | None
) -> AbstractContextManager[Span | None]:
    """A span around one request that is not a route; nothing without tracing."""
    if State.tracer is None:
        return nullcontext()
    attributes = _attributes(adapter, operation)
    return State.tracer.span(f"{adapter}.request", "server", attributes, headers)


def observe_skill(path: str, handler: Handler[None]) -> Handler[None]:
    """The handler of a catalogue's route, observed."""
    return observed_handler(handler, "skill", path, "GET")


def _attributes(adapter: str, operation: str) -> Attributes:
    attributes: Attributes = {
        "naftiko.adapter.type": adapter,
        "naftiko.operation.id": operation,
    }
    if State.capability:
        attributes["naftiko.capability"] = State.capability
    return attributes
