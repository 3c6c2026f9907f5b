"""The operations of Mastercard services: one function, one upstream request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payloads import object_of
from .reply import JsonObject, Reply
from .wire import pairs, segment

if TYPE_CHECKING:
    from .upstream import Upstream


async def list_ranges(
    upstream: Upstream,
    *,
    page: int | None = None,
    size: int | None = None,
    body: JsonObject | None = None,
) -> Reply:
    """Account ranges, a page at a time (POST /bin-resources/bin-ranges)."""
    return await upstream.send(
        "POST",
        "/bin-resources/bin-ranges",
        query=pairs(("page", page), ("size", size)),
        body=body,
    )


async def find_range(upstream: Upstream, *, account_range: str | None = None) -> Reply:
    """The issuer of an account range (POST
    /bin-resources/bin-ranges/account-searches).
    """
    return await upstream.send(
        "POST",
        "/bin-resources/bin-ranges/account-searches",
        body=object_of(("accountRange", account_range)),
    )


async def list_currencies(upstream: Upstream) -> Reply:
    """Currencies that settle (GET /settlement/currencyrate/settlement-currencies)."""
    return await upstream.send("GET", "/settlement/currencyrate/settlement-currencies")


async def get_rate(
    upstream: Upstream,
    *,
    fx_date: str,
    trans_curr: str,
    crdhld_bill_curr: str,
    trans_amt: float,
    bank_fee: float | None = None,
) -> Reply:
    """What a transaction costs in another currency (GET
    /settlement/currencyrate/conversion-rate).
    """
    return await upstream.send(
        "GET",
        "/settlement/currencyrate/conversion-rate",
        query=pairs(
            ("fxDate", fx_date),
            ("transCurr", trans_curr),
            ("crdhldBillCurr", crdhld_bill_curr),
            ("bankFee", bank_fee),
            ("transAmt", trans_amt),
        ),
    )


async def add_inquiry(
    upstream: Upstream,
    *,
    acquirer_id: str,
    name: str | None = None,
    street: str | None = None,
    city: str | None = None,
    country: str | None = None,
) -> Reply:
    """Ask whether a merchant was terminated (POST
    /fraud/merchant/v3/termination-inquiry).
    """
    return await upstream.send(
        "POST",
        "/fraud/merchant/v3/termination-inquiry",
        query=pairs(("AcquirerId", acquirer_id)),
        body={
            "terminationInquiryRequest": {
                "acquirerId": acquirer_id,
                "merchant": object_of(
                    ("name", name),
                    (
                        "address",
                        object_of(
                            ("line1", street),
                            ("city", city),
                            ("country", country),
                        ),
                    ),
                ),
            },
        },
    )


async def get_inquiry(upstream: Upstream, *, reference: str, acquirer_id: str) -> Reply:
    """What an inquiry has found (GET
    /fraud/merchant/v3/termination-inquiry/{reference}).
    """
    return await upstream.send(
        "GET",
        f"/fraud/merchant/v3/termination-inquiry/{segment(reference)}",
        query=pairs(("AcquirerId", acquirer_id)),
    )
