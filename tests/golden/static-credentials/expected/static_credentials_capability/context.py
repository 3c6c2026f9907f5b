"""The upstreams of Four upstreams, shared by all adapters."""

from __future__ import annotations

from dataclasses import dataclass

from .credentials import basic, bearer
from .settings import Settings
from .upstream import Upstream


@dataclass(frozen=True, slots=True)
class Context:
    """What every handler gets: the settings and one upstream for each namespace."""

    settings: Settings
    alpha: Upstream
    beta: Upstream
    gamma: Upstream
    delta: Upstream

    def upstreams(self) -> tuple[Upstream, ...]:
        """All upstreams."""
        return (self.alpha, self.beta, self.gamma, self.delta)

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
        alpha=Upstream(
            settings.alpha,
            headers={"X-Api-Key": settings.alpha_api_key.reveal()},
        ),
        beta=Upstream(
            settings.beta,
            query=(("api_key", settings.beta_api_key.reveal()),),
        ),
        gamma=Upstream(
            settings.gamma,
            headers={"Authorization": bearer(settings.gamma_token)},
        ),
        delta=Upstream(
            settings.delta,
            headers={
                "Authorization": basic(settings.delta_user, settings.delta_password),
            },
        ),
    )
