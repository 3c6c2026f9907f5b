"""The upstreams of Cards and records, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .nonces import RandomHex
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing_mastercard import MastercardSigner
from .signing_oauth1 import Oauth1Signer
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    cards: SignedUpstream
    records: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.cards, self.records)

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
        cards=SignedUpstream(
            settings.cards,
            MastercardSigner(
                settings.cards.base_uri,
                settings.consumer_key,
                settings.signing_key,
            ),
            nonces=RandomHex(16),
            overlap=True,
            queue_limit=settings.cards_queue_limit,
        ),
        records=SignedUpstream(
            settings.records,
            Oauth1Signer(
                settings.records.base_uri,
                settings.oauth_consumer_key,
                settings.oauth_consumer_secret,
                settings.oauth_token,
                settings.oauth_token_secret,
                signature_method="HMAC-SHA256",
                body_hash="sha256",
                realm="1234567",
            ),
            nonces=RandomHex(16),
            overlap=True,
            queue_limit=settings.records_queue_limit,
        ),
    )
