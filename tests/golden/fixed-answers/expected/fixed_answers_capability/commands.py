"""The operations of Greeter as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, flows
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def say_hello(arguments: JsonObject, context: Context) -> Reply:
    """say-hello: Greet somebody"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("who",))
    who = arguments_.string(faults, arguments, "who")
    faults.raise_any()
    return await flows.say_hello(context, who=who)


async def get_state(arguments: JsonObject, context: Context) -> Reply:
    """get-state: get-state"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.get_state(context)


async def make_shape(arguments: JsonObject, context: Context) -> Reply:
    """make-shape: make-shape"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("size", "count"))
    size = arguments_.string(faults, arguments, "size", required=True)
    count = arguments_.integer(faults, arguments, "count")
    faults.raise_any()
    return await flows.make_shape(context, size=given(size), count=count)


async def drop(arguments: JsonObject, context: Context) -> Reply:
    """drop: drop"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await flows.drop(context)


async def greet(arguments: JsonObject, context: Context) -> Reply:
    """greet: Greet somebody"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("who", "loud"))
    who = arguments_.string(faults, arguments, "who", required=True)
    loud = arguments_.boolean(faults, arguments, "loud")
    faults.raise_any()
    return await flows.greet(context, who=given(who), loud=loud)


COMMANDS: dict[str, Command[Context]] = {
    "say-hello": say_hello,
    "get-state": get_state,
    "make-shape": make_shape,
    "drop": drop,
    "greet": greet,
}
