"""The upstreams of Prices and orders, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .credentials import bearer
from .failures import find_failure_of_kraken
from .key_pool import connect_keys
from .numbered_keys import Key
from .pacing import CounterLimits
from .settings import Settings
from .signing import KrakenSpotSigner
from .upstream import Upstream

# The call counter of each tier: its ceiling, and what it loses each second.
KRAKEN_TIERS: dict[str, CounterLimits] = {
    "starter": CounterLimits(15.0, 0.33),
    "intermediate": CounterLimits(20.0, 0.5),
    "pro": CounterLimits(20.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    kraken: Upstream
    news: Upstream
    clock: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.kraken, self.news, self.clock)

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment, or None when they can."""
        found = (upstream.obstacle() for upstream in self.upstreams())
        return next((reason for reason in found if reason is not None), None)

    async def close(self) -> None:
        """Close all connections."""
        for upstream in self.upstreams():
            await upstream.close()


def sign_kraken(key: Key, base_uri: str) -> KrakenSpotSigner:
    """The signer of a key."""
    return KrakenSpotSigner(
        key.secret("KRAKEN_API_KEY"),
        key.secret("KRAKEN_API_SECRET"),
        key.optional("KRAKEN_OTP"),
    )


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials; connections open with the first call."""
    return Context(
        settings=settings,
        kraken=connect_keys(
            settings.kraken,
            settings.kraken_keys,
            sign_kraken,
            settings.nonce_sharing,
            overlap=settings.kraken_window > 0,
            queue_limit=settings.kraken_queue_limit,
            limits=KRAKEN_TIERS.get(settings.kraken_tier or "starter"),
            tier_named=settings.kraken_tier is not None,
            find_failure=find_failure_of_kraken,
        ),
        news=Upstream(
            settings.news,
            headers={"Authorization": bearer(settings.news_token)},
        ),
        clock=Upstream(settings.clock),
    )
