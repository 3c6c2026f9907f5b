"""Spans: their parents over the wire, what is kept of them, and what is never in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest

from static.errors import CallError
from static.tracing import SdkTracer, TraceRing

PARENT = "0af7651916cd43dd8448eb211c80319c"
W3C = {"Traceparent": f"00-{PARENT}-b7ad6b7169203331-01"}
B3 = {"X-B3-TraceId": PARENT, "X-B3-SpanId": "b7ad6b7169203331", "X-B3-Sampled": "1"}


def tracer(
    ring: TraceRing, propagation: Literal["w3c", "b3"] = "w3c", sampling: float = 1.0
) -> SdkTracer:
    return SdkTracer(
        "naftiko-Test",
        sampling=sampling,
        propagation=propagation,
        kept=ring,
        endpoint="",
    )


@pytest.fixture
def ring() -> Iterator[TraceRing]:
    yield TraceRing(10)


@pytest.mark.parametrize(("propagation", "headers"), [("w3c", W3C), ("b3", B3)])
def test_a_trace_goes_on_over_the_wire(
    ring: TraceRing, propagation: Literal["w3c", "b3"], headers: dict[str, str]
) -> None:
    spans = tracer(ring, propagation)
    sent: dict[str, str] = {}
    with spans.span("rest.request", "server", {"a": "b"}, headers):
        call = spans.start("http.client.GET", "client", {})
        spans.inject(call, sent)
        call.set("http.response.status_code", 200)
        spans.end(call)
    (trace,) = ring.traces()
    assert trace.summary["traceId"] == PARENT
    assert trace.summary["spanCount"] == 2
    client, server = trace.spans
    assert (client["name"], server["name"]) == ("http.client.GET", "rest.request")
    assert client["parentSpanId"] == server["spanId"]
    assert server["parentSpanId"] == "b7ad6b7169203331"
    named = " ".join(sent.values())
    assert PARENT in named and str(client["spanId"]) in named


def test_what_another_format_says_is_not_read(ring: TraceRing) -> None:
    with tracer(ring).span("rest.request", "server", {}, B3):
        pass
    (trace,) = ring.traces()
    assert trace.summary["traceId"] != PARENT


def test_faults_of_callers_are_no_errors(ring: TraceRing) -> None:
    spans = tracer(ring)
    for error in (
        CallError(400, "invalid", "bad"),
        CallError(502, "bad_answer", "gone"),
    ):
        with pytest.raises(CallError), spans.span("rest.request", "server", {}, {}):
            raise error
    assert [trace.summary["status"] for trace in ring.traces()] == ["ERROR", "OK"]


def test_texts_of_exceptions_are_not_in_spans(ring: TraceRing) -> None:
    spans = tracer(ring)
    with pytest.raises(ValueError), spans.span("rest.request", "server", {}, {}):
        raise ValueError("hunter2")
    (trace,) = ring.traces()
    assert trace.summary["status"] == "ERROR"
    assert "hunter2" not in repr(trace)


def test_the_ring_keeps_the_newest(ring: TraceRing) -> None:
    spans = tracer(ring)
    for number in range(15):
        with spans.span(f"n{number}", "server", {}, {}):
            pass
    assert [trace.summary["operation"] for trace in ring.traces()] == [
        f"n{number}" for number in range(14, 4, -1)
    ]


def test_sampling_follows_the_caller(ring: TraceRing) -> None:
    spans = tracer(ring, sampling=0.0)
    with spans.span("alone", "server", {}, {}):
        pass
    with spans.span("asked", "server", {}, W3C):
        pass
    assert [trace.summary["operation"] for trace in ring.traces()] == ["asked"]
