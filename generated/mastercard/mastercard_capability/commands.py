"""The operations of Mastercard services as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_ranges(arguments: JsonObject, context: Context) -> Reply:
    """list-ranges: Account ranges, a page at a time"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("page", "size", "body"),
    )
    page = arguments_.integer(faults, arguments, "page")
    size = arguments_.integer(faults, arguments, "size")
    body = inputs.list_ranges(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.list_ranges(
        context.mastercard,
        page=page,
        size=size,
        body=body,
    )


async def find_range(arguments: JsonObject, context: Context) -> Reply:
    """find-range: The issuer of an account range"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("accountRange",))
    account_range = arguments_.string(faults, arguments, "accountRange")
    faults.raise_any()
    return await operations.find_range(context.mastercard, account_range=account_range)


async def list_currencies(arguments: JsonObject, context: Context) -> Reply:
    """list-currencies: Currencies that settle"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.list_currencies(context.mastercard)


async def get_rate(arguments: JsonObject, context: Context) -> Reply:
    """get-rate: What a transaction costs in another currency"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("fxDate", "transCurr", "crdhldBillCurr", "bankFee", "transAmt"),
    )
    fx_date = arguments_.string(faults, arguments, "fxDate", required=True)
    trans_curr = arguments_.string(faults, arguments, "transCurr", required=True)
    crdhld_bill_curr = arguments_.string(
        faults,
        arguments,
        "crdhldBillCurr",
        required=True,
    )
    bank_fee = arguments_.number(faults, arguments, "bankFee")
    trans_amt = arguments_.number(faults, arguments, "transAmt", required=True)
    faults.raise_any()
    return await operations.get_rate(
        context.mastercard,
        fx_date=given(fx_date),
        trans_curr=given(trans_curr),
        crdhld_bill_curr=given(crdhld_bill_curr),
        bank_fee=bank_fee,
        trans_amt=given(trans_amt),
    )


async def add_inquiry(arguments: JsonObject, context: Context) -> Reply:
    """add-inquiry: Ask whether a merchant was terminated"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("AcquirerId", "name", "street", "city", "country"),
    )
    acquirer_id = arguments_.string(faults, arguments, "AcquirerId", required=True)
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


async def get_inquiry(arguments: JsonObject, context: Context) -> Reply:
    """get-inquiry: What an inquiry has found"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("reference", "AcquirerId"),
    )
    reference = arguments_.string(faults, arguments, "reference", required=True)
    acquirer_id = arguments_.string(faults, arguments, "AcquirerId", required=True)
    faults.raise_any()
    return await operations.get_inquiry(
        context.mastercard,
        reference=given(reference),
        acquirer_id=given(acquirer_id),
    )


COMMANDS: dict[str, Command[Context]] = {
    "list-ranges": list_ranges,
    "find-range": find_range,
    "list-currencies": list_currencies,
    "get-rate": get_rate,
    "add-inquiry": add_inquiry,
    "get-inquiry": get_inquiry,
}
