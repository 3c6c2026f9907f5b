"""The operations of Names that Python, the emitted modules or readers use for
something else: one function, one upstream request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reply import JsonObject, Reply
from .wire import fields, pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def class_(
    upstream: Upstream,
    *,
    from_: str,
    in_: str,
    id_: str | None = None,
    body_: str | None = None,
    upstream_: str | None = None,
    faults_: str | None = None,
    context_: str | None = None,
    request_: str | None = None,
    arguments__: str | None = None,
    operations_: str | None = None,
    check_: str | None = None,
    given_: str | None = None,
    segment_: str | None = None,
    pairs_: str | None = None,
    x_request_start: str | None = None,
) -> Reply:
    """A keyword with a "quoted" word (GET /class/{from}/{in})."""
    return await upstream.send(
        "GET",
        f"/class/{segment(from_)}/{segment(in_)}",
        query=pairs(
            ("id", id_),
            ("body", body_),
            ("upstream", upstream_),
            ("faults", faults_),
            ("context", context_),
            ("request", request_),
            ("arguments", arguments__),
            ("operations", operations_),
            ("check", check_),
            ("given", given_),
            ("segment", segment_),
            ("pairs", pairs_),
        ),
        headers=fields(("X-Request-Start", x_request_start)),
    )


async def list_(
    upstream: Upstream,
    *,
    from_: str,
    in_: str,
    inputs_: bool | None = None,
    body: JsonObject | None = None,
) -> Reply:
    """A builtin (PUT /class/{from}/{in})."""
    return await upstream.send(
        "PUT",
        f"/class/{segment(from_)}/{segment(in_)}",
        query=pairs(("inputs", inputs_)),
        body=body,
    )


async def check_(upstream: Upstream) -> Reply:
    """The name of an emitted module (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")


async def pairs_(upstream: Upstream) -> Reply:
    """The name of an emitted helper (DELETE /helpers/)."""
    return await upstream.send("DELETE", "/helpers/")


async def given_(upstream: Upstream) -> Reply:
    """The name of another one (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")


async def main(upstream: Upstream) -> Reply:
    """The entry point (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")


async def n2fa(upstream: Upstream) -> Reply:
    """Starts with a digit (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")


async def arguments(upstream: Upstream) -> Reply:
    """Ends with a hyphen (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")


async def command(upstream: Upstream) -> Reply:
    """A class of an emitted module (GET /helpers/)."""
    return await upstream.send("GET", "/helpers/")
