"""The upstreams of Kraken Futures, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .failures import find_failure_of_futures
from .pacing import NonceSource
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing import KrakenFuturesSigner
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    futures: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.futures,)

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment, or None when they can."""
        found = (upstream.obstacle() for upstream in self.upstreams())
        return next((reason for reason in found if reason is not None), None)

    async def close(self) -> None:
        """Close all connections."""
        for upstream in self.upstreams():
            await upstream.close()


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials; connections open with the first call."""
    return Context(
        settings=settings,
        futures=SignedUpstream(
            settings.futures,
            KrakenFuturesSigner(
                settings.kraken_futures_api_key,
                settings.kraken_futures_api_secret,
            ),
            nonces=NonceSource(1000000).take,
            overlap=True,
            queue_limit=settings.futures_queue_limit,
            find_failure=find_failure_of_futures,
        ),
    )
