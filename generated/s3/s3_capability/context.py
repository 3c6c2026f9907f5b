"""The upstreams of Amazon S3 bucket, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .nonces import no_nonce
from .settings import Settings
from .signed_upstream import SignedUpstream
from .signing import AwsSigv4Signer
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    bucket: SignedUpstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.bucket,)

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
        bucket=SignedUpstream(
            settings.bucket,
            AwsSigv4Signer(
                settings.bucket.base_uri,
                settings.aws_access_key_id,
                settings.aws_secret_access_key,
                settings.aws_session_token,
                settings.region,
                service="s3",
            ),
            nonces=no_nonce,
            overlap=True,
            queue_limit=settings.bucket_queue_limit,
            refusals=(
                (b"RequestTimeTooSkewed", "clock"),
                (b"Signature expired", "clock"),
                (b"Signature not yet current", "clock"),
            ),
        ),
    )
