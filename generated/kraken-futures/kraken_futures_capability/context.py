"""The upstreams of Kraken Futures, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .failures import find_failure_of_futures
from .key_pool import connect_keys
from .numbered_keys import Key
from .settings import Settings
from .signing import KrakenFuturesSigner
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    futures: Upstream

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


def sign_futures(key: Key, base_uri: str) -> KrakenFuturesSigner:
    """The signer of a key."""
    return KrakenFuturesSigner(
        key.secret("KRAKEN_FUTURES_API_KEY"),
        key.secret("KRAKEN_FUTURES_API_SECRET"),
    )


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials; connections open with the first call."""
    return Context(
        settings=settings,
        futures=connect_keys(
            settings.futures,
            settings.futures_keys,
            sign_futures,
            settings.nonce_sharing,
            unit=1000000,
            overlap=True,
            queue_limit=settings.futures_queue_limit,
            find_failure=find_failure_of_futures,
        ),
    )
