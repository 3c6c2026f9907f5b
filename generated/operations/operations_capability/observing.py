"""Starting and ending what is observed of a process."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from . import client
from .hidden import in_urls
from .observed_client import client_trace
from .peers import VARIABLE, Peers
from .telemetry import ACTIVE, State

if TYPE_CHECKING:
    from .tracing import SdkTracer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What the capability says of spans. `buffer_size` is how many traces are kept."""

    service: str
    capability: str
    sampling: float = 1.0
    propagation: Literal["w3c", "b3"] = "w3c"
    buffer_size: int | None = None


class Observing:
    """What is observed of this process, which `peers` tells."""

    def __init__(self) -> None:
        self.peers = Peers(os.environ.get(VARIABLE, ""))
        self._tracer: SdkTracer | None = None

    def start(
        self,
        options: Options,
        *,
        endpoint: str,
        namespaces: Sequence[tuple[str, str]],
        secrets: Sequence[str],
    ) -> None:
        """Begin to measure, and to make spans if the OpenTelemetry SDK is installed.

        `endpoint` is the collector's address (OTLP over HTTP), or empty; `namespaces`
        are those of the upstreams, each behind its base URI; no span holds one of the `secrets`.
        """
        State.capability = options.capability
        ACTIVE.counter(options.capability).value = 1
        client.TRACES[:] = [client_trace(namespaces, in_urls(secrets))]
        try:
            from .tracing import SdkTracer, TraceRing
        except ImportError:
            if endpoint:
                _log.warning(
                    "spans are not exported: install the package with its extra telemetry"
                )
            return
        size = options.buffer_size
        ring = None if size is None else TraceRing(size)
        tracer = SdkTracer(
            options.service,
            sampling=options.sampling,
            propagation=options.propagation,
            kept=ring,
            endpoint=endpoint,
        )
        self._tracer = State.tracer = tracer
        self.peers.ring, self.peers.tracing = ring, True

    def stop(self) -> None:
        """End it, once what is left has been exported; that can take some seconds."""
        State.tracer = None
        ACTIVE.children.clear()
        client.TRACES.clear()
        tracer, self._tracer = self._tracer, None
        self.peers.tracing = False
        if tracer is not None:
            tracer.stop()


OBSERVING: Final = Observing()
