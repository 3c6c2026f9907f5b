"""The operations of Names that Python, the emitted modules or readers use for
something else as commands.
"""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def class_(arguments: JsonObject, context: Context) -> Reply:
    """class: A keyword with a "quoted" word"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=(
            "from",
            "in",
            "id",
            "body",
            "upstream",
            "faults",
            "context",
            "request",
            "arguments",
            "operations",
            "check",
            "given",
            "segment",
            "pairs",
            "X-Request-Start",
        ),
    )
    from_ = arguments_.string(faults, arguments, "from", required=True)
    in_ = arguments_.string(faults, arguments, "in", required=True)
    id_ = arguments_.string(faults, arguments, "id")
    body_ = arguments_.string(faults, arguments, "body")
    upstream_ = arguments_.string(faults, arguments, "upstream")
    faults_ = arguments_.string(faults, arguments, "faults")
    context_ = arguments_.string(faults, arguments, "context")
    request_ = arguments_.string(faults, arguments, "request")
    arguments__ = arguments_.string(faults, arguments, "arguments")
    operations_ = arguments_.string(faults, arguments, "operations")
    check_ = arguments_.string(faults, arguments, "check")
    given_ = arguments_.string(faults, arguments, "given")
    segment_ = arguments_.string(faults, arguments, "segment")
    pairs_ = arguments_.string(faults, arguments, "pairs")
    x_request_start = arguments_.string(faults, arguments, "X-Request-Start")
    faults.raise_any()
    return await operations.class_(
        context.settings_,
        from_=given(from_),
        in_=given(in_),
        id_=id_,
        body_=body_,
        upstream_=upstream_,
        faults_=faults_,
        context_=context_,
        request_=request_,
        arguments__=arguments__,
        operations_=operations_,
        check_=check_,
        given_=given_,
        segment_=segment_,
        pairs_=pairs_,
        x_request_start=x_request_start,
    )


async def list_(arguments: JsonObject, context: Context) -> Reply:
    """list: A builtin"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("from", "in", "inputs", "body"),
    )
    from_ = arguments_.string(faults, arguments, "from", required=True)
    in_ = arguments_.string(faults, arguments, "in", required=True)
    inputs_ = arguments_.boolean(faults, arguments, "inputs")
    body = inputs.list_(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.list_(
        context.settings_,
        from_=given(from_),
        in_=given(in_),
        inputs_=inputs_,
        body=body,
    )


async def check_(arguments: JsonObject, context: Context) -> Reply:
    """check: The name of an emitted module"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.check_(context.settings_)


async def pairs_(arguments: JsonObject, context: Context) -> Reply:
    """pairs: The name of an emitted helper"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.pairs_(context.settings_)


async def given_(arguments: JsonObject, context: Context) -> Reply:
    """given: The name of another one"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.given_(context.settings_)


async def main(arguments: JsonObject, context: Context) -> Reply:
    """main: The entry point"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.main(context.settings_)


async def n2fa(arguments: JsonObject, context: Context) -> Reply:
    """2fa: Starts with a digit"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.n2fa(context.settings_)


async def arguments(arguments: JsonObject, context: Context) -> Reply:
    """arguments: Ends with a hyphen"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.arguments(context.settings_)


async def command(arguments: JsonObject, context: Context) -> Reply:
    """command: A class of an emitted module"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=())
    faults.raise_any()
    return await operations.command(context.settings_)


COMMANDS: dict[str, Command[Context]] = {
    "class": class_,
    "list": list_,
    "check": check_,
    "pairs": pairs_,
    "given": given_,
    "main": main,
    "2fa": n2fa,
    "arguments": arguments,
    "command": command,
}
