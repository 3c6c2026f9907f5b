"""Spans through the OpenTelemetry SDK: kept for a while, and exported with OTLP.

The only module that imports the SDK; a package without it runs all the same, untraced.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.propagators.textmap import TextMapPropagator
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import SpanKind, Status, StatusCode

from .errors import CallError
from .reply import JsonObject, JsonValue
from .telemetry import Attributes, Kind, Span

_KINDS = {
    "server": SpanKind.SERVER,
    "internal": SpanKind.INTERNAL,
    "client": SpanKind.CLIENT,
}
_PENDING = 1000
_SPANS = 1000


class OpenSpan:
    """A span of the SDK that is open."""

    __slots__ = ("inner",)

    def __init__(self, inner: trace.Span) -> None:
        self.inner = inner

    def set(self, key: str, value: str | int) -> None:
        self.inner.set_attribute(key, value)

    def fail(self, what: str) -> None:
        self.inner.set_status(Status(StatusCode.ERROR, what))


class SdkTracer:
    """Spans of one service. `stop` sends what is left."""

    def __init__(
        self,
        service: str,
        *,
        sampling: float,
        propagation: Literal["w3c", "b3"],
        kept: TraceRing | None,
        endpoint: str,
    ) -> None:
        sampler = ParentBased(TraceIdRatioBased(sampling))
        resource = Resource.create({"service.name": service})
        self._provider = TracerProvider(sampler=sampler, resource=resource)
        if kept is not None:
            self._provider.add_span_processor(kept)
        if endpoint:
            exporter = _exporter(endpoint)
            self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("naftiko")
        self._propagator = _propagator(propagation)

    @contextmanager
    def span(
        self,
        name: str,
        kind: Kind,
        attributes: Attributes,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[Span]:
        """A span for the time of a `with` block, below the one of `headers` if any."""
        parent: Context | None = None
        if headers is not None:
            parent = self._propagator.extract(
                {name.lower(): value for name, value in headers.items()}, Context()
            )
        inner = self._tracer.start_span(
            name, parent, _KINDS[kind], attributes=attributes
        )
        span = OpenSpan(inner)
        token = contexts.attach(trace.set_span_in_context(inner, parent))
        try:
            yield span
        except CallError as error:
            # The fault of a caller is no error of the server.
            if error.status >= 500 or kind != "server":
                span.fail(error.code)
                _record(inner, error, error.message)
            raise
        except BaseException as error:
            span.fail(type(error).__name__)
            # Without its text and its traceback, which may hold anything.
            _record(inner, error, "")
            raise
        finally:
            contexts.detach(token)
            inner.end()

    def start(self, name: str, kind: Kind, attributes: Attributes) -> OpenSpan:
        """A span below the present one, until `end`."""
        inner = self._tracer.start_span(name, None, _KINDS[kind], attributes=attributes)
        return OpenSpan(inner)

    def inject(self, span: Span, headers: Any) -> None:
        """Name the span in the headers of a request."""
        if isinstance(span, OpenSpan):
            context = trace.set_span_in_context(span.inner)
            self._propagator.inject(headers, context)

    def end(self, span: Span) -> None:
        """End a span of `start`."""
        if isinstance(span, OpenSpan):
            span.inner.end()

    def stop(self) -> None:
        """Export what is left; it can take some seconds."""
        self._provider.shutdown()


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace that has ended, as the control adapter shows it."""

    summary: JsonObject
    spans: tuple[JsonObject, ...]


class TraceRing(SpanProcessor):
    """The last traces whose root has ended."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._pending: OrderedDict[int, list[ReadableSpan]] = OrderedDict()
        self._kept: deque[Trace] = deque(maxlen=size)

    def on_end(self, span: ReadableSpan) -> None:
        context = span.get_span_context()
        if context is None or not context.trace_flags.sampled:
            return
        spans = self._pending.setdefault(context.trace_id, [])
        if len(spans) < _SPANS:
            spans.append(span)
        if span.parent is None or span.parent.is_remote:
            del self._pending[context.trace_id]
            self._kept.append(_trace(span, context.trace_id, spans))
        elif len(self._pending) > _PENDING:
            # Roots that will never end do not fill the memory.
            self._pending.popitem(last=False)

    def traces(self) -> Sequence[Trace]:
        """The traces, the newest first."""
        return tuple(reversed(self._kept))


def _trace(root: ReadableSpan, trace_id: int, spans: Sequence[ReadableSpan]) -> Trace:
    started = datetime.fromtimestamp((root.start_time or 0) / 1e9, UTC)
    shown = tuple(_shown(span) for span in spans)
    summary: JsonObject = {
        "traceId": trace.format_trace_id(trace_id),
        "operation": root.name,
        "durationMs": _milliseconds(root),
        "status": _status(root),
        "spanCount": len(shown),
        "timestamp": started.isoformat().replace("+00:00", "Z"),
    }
    return Trace(summary, shown)


def _shown(span: ReadableSpan) -> JsonObject:
    context, parent = span.get_span_context(), span.parent
    shown: JsonObject = {}
    if context is not None:
        shown["spanId"] = trace.format_span_id(context.span_id)
    if parent is not None:
        shown["parentSpanId"] = trace.format_span_id(parent.span_id)
    attributes: dict[str, JsonValue] = {
        key: value
        for key, value in (span.attributes or {}).items()
        if isinstance(value, (str, int, float, bool))
    }
    return {
        **shown,
        "name": span.name,
        "kind": span.kind.name,
        "durationMs": _milliseconds(span),
        "status": _status(span),
        "attributes": attributes,
    }


def _milliseconds(span: ReadableSpan) -> int:
    return ((span.end_time or 0) - (span.start_time or 0)) // 1_000_000


def _status(span: ReadableSpan) -> str:
    return "ERROR" if span.status.status_code is StatusCode.ERROR else "OK"


def _record(span: trace.Span, error: BaseException, message: str) -> None:
    attributes = {"exception.type": type(error).__name__}
    if message:
        attributes["exception.message"] = message
    span.add_event("exception", attributes)


def _exporter(endpoint: str) -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")


def _propagator(propagation: str) -> TextMapPropagator:
    if propagation == "b3":
        from opentelemetry.propagators.b3 import B3MultiFormat

        return B3MultiFormat()
    from opentelemetry.baggage.propagation import W3CBaggagePropagator
    from opentelemetry.propagators.composite import CompositePropagator
    from opentelemetry.trace.propagation.tracecontext import (
        TraceContextTextMapPropagator,
    )

    parts = [TraceContextTextMapPropagator(), W3CBaggagePropagator()]
    return CompositePropagator(parts)
