"""The operations of Four upstreams as commands."""

from __future__ import annotations

from . import check, operations
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def get_a(arguments: JsonObject, context: Context) -> Reply:
    """get-a: getA"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_a(context.alpha)


async def get_b(arguments: JsonObject, context: Context) -> Reply:
    """get-b: getB"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_b(context.beta)


async def get_c(arguments: JsonObject, context: Context) -> Reply:
    """get-c: getC"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_c(context.gamma)


async def get_d(arguments: JsonObject, context: Context) -> Reply:
    """get-d: getD"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.get_d(context.delta)


COMMANDS: dict[str, Command[Context]] = {
    "get-a": get_a,
    "get-b": get_b,
    "get-c": get_c,
    "get-d": get_d,
}
