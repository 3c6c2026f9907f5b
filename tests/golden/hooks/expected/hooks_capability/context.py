"""The upstreams of Trading desk, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .hooked_upstream import HookedUpstream, RunningHooks
from .nonces import no_nonce
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing import BinanceSigner
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    binance: Upstream
    news: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.binance, self.news)

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
    hooks = RunningHooks()
    return Context(
        settings=settings,
        binance=HookedUpstream(
            settings.binance,
            SignedUpstream(
                settings.binance,
                BinanceSigner(settings.binance_api_key, settings.binance_api_secret),
                nonces=no_nonce,
                overlap=True,
                queue_limit=settings.binance_queue_limit,
                refusals=((b'"code":-1021', "clock"),),
            ),
            "binance",
            hooks,
            headers=("x-mbx-apikey",),
            query=("recvwindow", "signature", "timestamp"),
        ),
        news=HookedUpstream(
            settings.news,
            Upstream(
                settings.news,
                headers={"X-News-Key": settings.news_token.reveal()},
            ),
            "news",
            hooks,
            headers=("x-news-key", "x-team-key"),
        ),
    )
