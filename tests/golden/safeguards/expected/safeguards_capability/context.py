"""The upstreams of Vault, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .credentials import bearer
from .settings import Settings
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    vault: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.vault,)

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
        vault=Upstream(
            settings.vault,
            headers={"Authorization": bearer(settings.vault_key)},
        ),
    )
