"""What is observed of Depot."""

from __future__ import annotations

import asyncio

from .observing import OBSERVING, Options
from .settings import Settings

OPTIONS = Options(
    service="naftiko-Depot",
    capability="Depot",
    sampling=1.0,
    propagation="w3c",
    buffer_size=100,
)


def start(settings: Settings) -> None:
    """Begin to measure; spans need the extra `telemetry`."""
    OBSERVING.start(
        OPTIONS,
        endpoint=settings.otlp_endpoint,
        namespaces=((settings.depot.base_uri, "depot"),),
    )


async def stop() -> None:
    """Export what is left."""
    await asyncio.to_thread(OBSERVING.stop)
