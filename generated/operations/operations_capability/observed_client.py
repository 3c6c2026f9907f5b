"""The calls to upstreams, counted, and in spans when there is tracing.

What is seen is the exchange up to the headers of the answer. A span names the address
without its query, where credentials can stand, and without the secrets in its path.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import SimpleNamespace

import aiohttp
from yarl import URL

from .hidden import hidden
from .telemetry import CLIENT_DURATION, CLIENT_TOTAL, Attributes, State


def client_trace(
    namespaces: Sequence[tuple[str, str]], secrets: Sequence[str]
) -> aiohttp.TraceConfig:
    """Hooks for the sessions of upstreams; `namespaces` behind the start of their URLs.

    `secrets` are texts that never stand in a span, as they are in URLs.
    """

    async def begin(
        session: aiohttp.ClientSession,
        call: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        call.started = time.perf_counter()
        call.span = None
        if State.tracer is not None:
            shown = str(params.url.with_query(None))
            attributes: Attributes = {
                "http.request.method": params.method,
                "url.full": hidden(shown, secrets),
                "naftiko.namespace": _namespace(namespaces, shown),
            }
            name = f"http.client.{params.method}"
            call.span = State.tracer.start(name, "client", attributes)
            State.tracer.inject(call.span, params.headers)

    async def end(
        session: aiohttp.ClientSession,
        call: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        status = params.response.status
        _count(params.method, params.url, call.started, str(status), "")
        if call.span is not None and State.tracer is not None:
            call.span.set("http.response.status_code", status)
            if status >= 500:
                call.span.fail(str(status))
            State.tracer.end(call.span)

    async def broke(
        session: aiohttp.ClientSession,
        call: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        _count(params.method, params.url, call.started, "", "transport")
        if call.span is not None and State.tracer is not None:
            call.span.fail(type(params.exception).__name__)
            State.tracer.end(call.span)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begin)
    trace.on_request_end.append(end)
    trace.on_request_exception.append(broke)
    return trace


def _namespace(namespaces: Sequence[tuple[str, str]], url: str) -> str:
    found = (name for start, name in namespaces if url.startswith(start))
    return next(found, "unknown")


def _count(method: str, url: URL, started: float, status: str, error: str) -> None:
    labels = (method, url.host or "", status, error)
    CLIENT_TOTAL.counter(*labels).value += 1
    CLIENT_DURATION.histogram(*labels).observe(time.perf_counter() - started)
