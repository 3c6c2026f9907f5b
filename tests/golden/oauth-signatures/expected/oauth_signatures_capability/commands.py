"""The operations of Cards and records as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_machines(arguments: JsonObject, context: Context) -> Reply:
    """list-machines: listMachines"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("PostalCode",))
    postal_code = arguments_.string(faults, arguments, "PostalCode")
    faults.raise_any()
    return await operations.list_machines(context.cards, postal_code=postal_code)


async def add_customer(arguments: JsonObject, context: Context) -> Reply:
    """add-customer: addCustomer"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("name",))
    name = arguments_.string(faults, arguments, "name")
    faults.raise_any()
    return await operations.add_customer(context.records, name=name)


COMMANDS: dict[str, Command[Context]] = {
    "list-machines": list_machines,
    "add-customer": add_customer,
}
