"""What is observed of Parcel desk."""

from __future__ import annotations

import asyncio

from .hidden import secrets_of
from .observing import OBSERVING, Options
from .settings import Settings

OPTIONS = Options(
    service="naftiko-Parcel desk",
    capability="Parcel desk",
    sampling=0.2,
    propagation="w3c",
    buffer_size=200,
)


def start(settings: Settings) -> None:
    """Begin to measure; spans need the extra `telemetry`."""
    OBSERVING.start(
        OPTIONS,
        endpoint=settings.otlp_endpoint,
        namespaces=((settings.tracking.base_uri, "tracking"),),
        secrets=secrets_of(settings),
    )


async def stop() -> None:
    """Export what is left."""
    await asyncio.to_thread(OBSERVING.stop)
