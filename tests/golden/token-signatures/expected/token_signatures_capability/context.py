"""The upstreams of Apps and statements, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .nonces import no_nonce, random_uuid
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing_app_store_connect import AppStoreConnectSigner
from .signing_ledger_signature import LedgerSignatureSigner
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    apps: SignedUpstream
    ledger: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.apps, self.ledger)

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
        apps=SignedUpstream(
            settings.apps,
            AppStoreConnectSigner(
                settings.app_store_connect_key_id,
                settings.app_store_connect_issuer_id,
                settings.app_store_connect_private_key,
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.apps_queue_limit,
        ),
        ledger=SignedUpstream(
            settings.ledger,
            LedgerSignatureSigner(
                settings.ledger.base_uri,
                settings.ledger_key,
                settings.ledger_secret,
            ),
            nonces=random_uuid,
            overlap=True,
            queue_limit=settings.ledger_queue_limit,
        ),
    )
