"""The operations of Market data: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .format_csv import convert_csv, convert_psv, convert_tsv
from .format_xml import convert_xml
from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_rates(upstream: Upstream, *, raw: bool = False) -> Reply:
    """Rates (GET /rates.csv)."""
    reply = await upstream.send("GET", "/rates.csv")
    if raw:
        return reply
    return convert_csv(reply)


async def list_banks(upstream: Upstream, *, raw_: str | None = None) -> Reply:
    """list-banks (GET /banks.tsv)."""
    reply = await upstream.send("GET", "/banks.tsv", query=pairs(("raw", raw_)))
    return convert_tsv(reply)


async def list_fees(upstream: Upstream) -> Reply:
    """list-fees (GET /fees.psv)."""
    reply = await upstream.send("GET", "/fees.psv")
    return convert_psv(reply)


async def list_news(upstream: Upstream, *, raw: bool = False) -> Reply:
    """list-news (GET /news.xml)."""
    reply = await upstream.send("GET", "/news.xml")
    if raw:
        return reply
    return convert_xml(reply)
