"""The REST adapters of Mastercard services: one handler for each route."""

from __future__ import annotations

from aiohttp import web

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .contract import read_contract
from .faults import Faults
from .patterns import check_pattern
from .reply import Reply
from .rest_support import Route, build_app, json_body


async def list_ranges(request: web.Request, context: Context) -> Reply:
    """GET /ranges: Account ranges, a page at a time"""
    faults = Faults(context.settings.allow_unknown_fields)
    page = check.text_integer(faults, request.query.get("page"), "/query/page")
    size = check.text_integer(faults, request.query.get("size"), "/query/size")
    body = inputs.list_ranges(await json_body(request), faults)
    faults.raise_any()
    return await operations.list_ranges(
        context.mastercard,
        page=page,
        size=size,
        body=body,
    )


async def find_range(request: web.Request, context: Context) -> Reply:
    """GET /ranges/{account_range}: The issuer of an account range"""
    faults = Faults(context.settings.allow_unknown_fields)
    account_range = check.text_string(
        faults,
        request.match_info.get("account_range"),
        "/path/account_range",
    )
    check_pattern(faults, account_range, "/path/account_range", "^[0-9]{6,11}$")
    faults.raise_any()
    return await operations.find_range(context.mastercard, account_range=account_range)


async def list_currencies(request: web.Request, context: Context) -> Reply:
    """GET /currencies: Currencies that settle"""
    return await operations.list_currencies(context.mastercard)


async def get_rate(request: web.Request, context: Context) -> Reply:
    """GET /rates/{trans_curr}/{crdhld_bill_curr}: What a transaction costs in
    another currency
    """
    faults = Faults(context.settings.allow_unknown_fields)
    fx_date = check.text_string(
        faults,
        request.query.get("fxDate"),
        "/query/fxDate",
        required=True,
    )
    check_pattern(faults, fx_date, "/query/fxDate", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    trans_curr = check.text_string(
        faults,
        request.match_info.get("trans_curr"),
        "/path/trans_curr",
        required=True,
    )
    check_pattern(faults, trans_curr, "/path/trans_curr", "^[A-Z]{3}$")
    crdhld_bill_curr = check.text_string(
        faults,
        request.match_info.get("crdhld_bill_curr"),
        "/path/crdhld_bill_curr",
        required=True,
    )
    check_pattern(faults, crdhld_bill_curr, "/path/crdhld_bill_curr", "^[A-Z]{3}$")
    bank_fee = check.text_number(faults, request.query.get("bankFee"), "/query/bankFee")
    trans_amt = check.text_number(
        faults,
        request.query.get("transAmt"),
        "/query/transAmt",
        required=True,
    )
    faults.raise_any()
    return await operations.get_rate(
        context.mastercard,
        fx_date=given(fx_date),
        trans_curr=given(trans_curr),
        crdhld_bill_curr=given(crdhld_bill_curr),
        bank_fee=bank_fee,
        trans_amt=given(trans_amt),
    )


async def add_inquiry(request: web.Request, context: Context) -> Reply:
    """POST /inquiries: Ask whether a merchant was terminated"""
    faults = Faults(context.settings.allow_unknown_fields)
    arguments = arguments_.members(faults, await json_body(request))
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("name", "street", "city", "country"),
    )
    acquirer_id = check.text_string(
        faults,
        request.query.get("AcquirerId"),
        "/query/AcquirerId",
        required=True,
    )
    check_pattern(faults, acquirer_id, "/query/AcquirerId", "^[0-9]{1,11}$")
    name = arguments_.string(faults, arguments, "name")
    street = arguments_.string(faults, arguments, "street")
    city = arguments_.string(faults, arguments, "city")
    country = arguments_.string(faults, arguments, "country")
    faults.raise_any()
    return await operations.add_inquiry(
        context.mastercard,
        acquirer_id=given(acquirer_id),
        name=name,
        street=street,
        city=city,
        country=country,
    )


async def get_inquiry(request: web.Request, context: Context) -> Reply:
    """GET /inquiries/{reference}: What an inquiry has found"""
    faults = Faults(context.settings.allow_unknown_fields)
    reference = check.text_string(
        faults,
        request.match_info.get("reference"),
        "/path/reference",
        required=True,
    )
    acquirer_id = check.text_string(
        faults,
        request.query.get("AcquirerId"),
        "/query/AcquirerId",
        required=True,
    )
    check_pattern(faults, acquirer_id, "/query/AcquirerId", "^[0-9]{1,11}$")
    faults.raise_any()
    return await operations.get_inquiry(
        context.mastercard,
        reference=given(reference),
        acquirer_id=given(acquirer_id),
    )


CARDS: tuple[Route[Context], ...] = (
    Route("GET", "/ranges", "listRanges", list_ranges),
    Route("GET", "/ranges/{account_range}", "findRange", find_range),
    Route("GET", "/currencies", "listCurrencies", list_currencies),
    Route("GET", "/rates/{trans_curr}/{crdhld_bill_curr}", "getRate", get_rate),
    Route("POST", "/inquiries", "addInquiry", add_inquiry),
    Route("GET", "/inquiries/{reference}", "getInquiry", get_inquiry),
)

# The routes and the contract of each adapter, by namespace.
ADAPTERS: dict[str, tuple[tuple[Route[Context], ...], str]] = {
    "cards": (CARDS, "openapi.json"),
}


def create_app(
    namespace: str, context: Context, *, access_log: bool = False
) -> web.Application:
    """The application of the adapter `namespace`; KeyError for an unknown one."""
    routes, contract = ADAPTERS[namespace]
    document = read_contract(contract)
    if context.settings.safeguards.read_only:
        from .rest_choice import reading

        routes, document = reading(routes, document)
    app = build_app(
        routes,
        context,
        contract=document,
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )
    if context.settings.docs:
        from .docs import add_docs

        add_docs(app)
    return app
