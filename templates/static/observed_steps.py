"""What is measured of flows and of their steps, and the spans around them."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

from .reply import JsonValue, Reply
from .telemetry import STEPS, Attributes, State

P = ParamSpec("P")


def observed_function(
    ref: str,
) -> Callable[[Callable[P, Awaitable[Reply]]], Callable[P, Coroutine[Any, Any, Reply]]]:
    """Put a span around each call of a function of an aggregate, when there is tracing.

    `ref` is what routes and tools call it.
    """
    attributes: Attributes = {"naftiko.aggregate.ref": ref}

    def observe(
        function: Callable[P, Awaitable[Reply]],
    ) -> Callable[P, Coroutine[Any, Any, Reply]]:
        @wraps(function)
        async def traced(*args: P.args, **kwargs: P.kwargs) -> Reply:
            if State.tracer is None:
                return await function(*args, **kwargs)
            with State.tracer.span(
                "aggregate.function", "internal", attributes
            ) as span:
                reply = await function(*args, **kwargs)
                if reply.failure is not None or reply.status >= 500:
                    span.fail(str(reply.http_status))
                return reply

        return traced

    return observe


@contextmanager
def observed_lookup(number: int, match: str) -> Iterator[None]:
    """Measure a lookup by the member `match`, in a span when there is tracing.

    `number` is that of the step, from 0.
    """
    started = time.perf_counter()
    try:
        if State.tracer is None:
            yield
            return
        attributes: Attributes = {
            "naftiko.step.index": number,
            "naftiko.step.match": match,
        }
        with State.tracer.span("step.lookup", "internal", attributes):
            yield
    finally:
        duration = time.perf_counter() - started
        STEPS.histogram("lookup", "unknown").observe(duration)


async def observed_call(
    number: int, called: str, namespace: str, call: Awaitable[Reply]
) -> Reply:
    """The answer of an upstream to a step, measured, in a span when there is tracing.

    `number` is that of the step, from 0; `called` the operation behind its namespace.
    """
    started = time.perf_counter()
    try:
        if State.tracer is None:
            return await call
        attributes: Attributes = {
            "naftiko.step.index": number,
            "naftiko.step.call": called,
            "naftiko.namespace": namespace,
        }
        with State.tracer.span("step.call", "internal", attributes) as span:
            reply = await call
            if reply.failure is not None or reply.status >= 500:
                span.fail(str(reply.http_status))
            return reply
    finally:
        duration = time.perf_counter() - started
        STEPS.histogram("call", namespace).observe(duration)


async def observed_script(
    number: int, file: str, language: str, work: Awaitable[JsonValue]
) -> JsonValue:
    """What the script of a step gives, measured, in a span when there is tracing."""
    started = time.perf_counter()
    try:
        if State.tracer is None:
            return await work
        attributes: Attributes = {
            "naftiko.step.index": number,
            "naftiko.step.script.file": file,
            "naftiko.step.script.language": language,
        }
        with State.tracer.span("step.script", "internal", attributes):
            return await work
    finally:
        duration = time.perf_counter() - started
        STEPS.histogram("script", "unknown").observe(duration)
