"""The operations of Harbour watch: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import Reply
from .wire import concat, concat_given, fields, pairs, segment

if TYPE_CHECKING:
    from .settings import Settings
    from .upstream import Upstream


async def list_positions(
    upstream: Upstream,
    *,
    settings: Settings,
    imo: int,
    tag: str,
    kind: str,
    unit: str | None = None,
    note: str | None = None,
    from_: str | None = None,
) -> Reply:
    """list-positions (GET /fleets/{{HARBOUR_AGENT}}/ships/{imo}/{track})."""
    return await upstream.send(
        "GET",
        f"/fleets/{segment(settings.harbour_agent.reveal())}/ships/{segment(imo)}/t-{segment(kind)}",
        query=pairs(
            ("unit", unit),
            ("tag", tag),
            ("note", note),
            ("since", concat_given(from_, "T00:00:00Z")),
            ("format", "full"),
            ("view", concat_given("full-", unit)),
        ),
        headers=fields(("X-Agent", concat("agent ", settings.harbour_agent.reveal()))),
    )
