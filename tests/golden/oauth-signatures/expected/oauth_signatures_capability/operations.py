"""The operations of Cards and records: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import Reply
from .wire import pairs

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_machines(upstream: Upstream, *, postal_code: str | None = None) -> Reply:
    """listMachines (GET /atms/v1/atm)."""
    return await upstream.send(
        "GET",
        "/atms/v1/atm",
        query=pairs(("PostalCode", postal_code)),
    )


async def add_customer(upstream: Upstream, *, name: str | None = None) -> Reply:
    """addCustomer (POST /record/v1/customer)."""
    return await upstream.send(
        "POST",
        "/record/v1/customer",
        body=object_of(("name", name)),
    )
