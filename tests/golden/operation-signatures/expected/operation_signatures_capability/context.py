"""The upstreams of Depot, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .credentials import bearer
from .nonces import no_nonce
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing_aws_sigv4 import AwsSigv4Signer
from .signing_hmac_body import HmacBodySigner
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    depot: Upstream
    depot_hmac_body: SignedUpstream
    depot_aws_sigv4: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.depot, self.depot_hmac_body, self.depot_aws_sigv4)

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
        depot=Upstream(
            settings.depot,
            headers={"Authorization": bearer(settings.depot_token)},
        ),
        depot_hmac_body=SignedUpstream(
            settings.depot_hmac_body,
            HmacBodySigner(settings.depot_order_secret),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.depot_hmac_body_queue_limit,
        ),
        depot_aws_sigv4=SignedUpstream(
            settings.depot_aws_sigv4,
            AwsSigv4Signer(
                settings.depot_aws_sigv4.base_uri,
                settings.aws_access_key_id,
                settings.aws_secret_access_key,
                settings.aws_session_token,
                region="eu-west-1",
                service="depot",
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.depot_aws_sigv4_queue_limit,
            refusals=(
                (b"RequestTimeTooSkewed", "clock"),
                (b"Signature expired", "clock"),
                (b"Signature not yet current", "clock"),
            ),
        ),
    )
