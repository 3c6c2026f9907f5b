"""The upstreams of Orders and receipts, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .nonces import RandomHex
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing_oauth1_rsa import Oauth1RsaSigner
from .signing_rfc9421 import Rfc9421Signer
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    orders: SignedUpstream
    receipts: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.orders, self.receipts)

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
        orders=SignedUpstream(
            settings.orders,
            Rfc9421Signer(
                settings.orders.base_uri,
                settings.orders_key_id,
                settings.orders_private_key,
                algorithm="ed25519",
                label="orders",
                tag="shop",
                digest="sha-512",
                components=(
                    "@method",
                    "@target-uri",
                    '@query-param;name="page"',
                    "x-shop",
                    "content-type",
                    "content-digest",
                ),
                expires=300,
                nonces=True,
            ),
            nonces=RandomHex(16),
            overlap=True,
            queue_limit=settings.orders_queue_limit,
        ),
        receipts=SignedUpstream(
            settings.receipts,
            Oauth1RsaSigner(
                settings.receipts.base_uri,
                settings.oauth_consumer_key,
                settings.oauth_private_key,
                settings.oauth_token,
                signature_method="RSA-SHA256",
                body_hash="sha256",
            ),
            nonces=RandomHex(16),
            overlap=True,
            queue_limit=settings.receipts_queue_limit,
        ),
    )
