"""The operations of Documents: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .converted import as_bytes
from .format_avro import convert_avro
from .format_html import convert_html
from .format_markdown import convert_markdown
from .format_protobuf import convert_protobuf
from .format_yaml import convert_yaml
from .reply import Reply
from .wire import segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def get_settings(upstream: Upstream) -> Reply:
    """get-settings (GET /settings.yaml)."""
    reply = await upstream.send("GET", "/settings.yaml")
    return convert_yaml(reply)


async def list_prices(upstream: Upstream) -> Reply:
    """list-prices (GET /prices.html)."""
    reply = await upstream.send("GET", "/prices.html")
    return convert_html(reply, "#prices table.list")


async def get_notes(upstream: Upstream) -> Reply:
    """get-notes (GET /notes.md)."""
    reply = await upstream.send("GET", "/notes.md")
    return convert_markdown(reply, "Release")


async def get_order(upstream: Upstream, *, id_: str, raw: bool = False) -> Reply:
    """get-order (GET /orders/{id})."""
    reply = await upstream.send("GET", f"/orders/{segment(id_)}")
    if raw:
        return as_bytes(reply)
    return convert_avro(reply, "order.avsc")


async def get_ship(upstream: Upstream, *, imo: str, raw: bool = False) -> Reply:
    """get-ship (GET /ships/{imo})."""
    reply = await upstream.send("GET", f"/ships/{segment(imo)}")
    if raw:
        return as_bytes(reply)
    return convert_protobuf(reply, "ship.desc", "fleet.Ship")
