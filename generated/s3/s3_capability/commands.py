"""The operations of Amazon S3 bucket as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, operations
from .arguments import given
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def list_objects(arguments: JsonObject, context: Context) -> Reply:
    """list-objects: Keys of the bucket"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("prefix", "max-keys", "start-after"),
    )
    prefix = arguments_.string(faults, arguments, "prefix")
    max_keys = arguments_.integer(faults, arguments, "max-keys")
    start_after = arguments_.string(faults, arguments, "start-after")
    faults.raise_any()
    return await operations.list_objects(
        context.bucket,
        prefix=prefix,
        max_keys=max_keys,
        start_after=start_after,
    )


async def get_object(arguments: JsonObject, context: Context) -> Reply:
    """get-object: Download an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("key",))
    key = arguments_.string(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.get_object(context.bucket, key=given(key))


async def put_object(arguments: JsonObject, context: Context) -> Reply:
    """put-object: Upload an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("key", "x-amz-meta-note", "text"),
    )
    key = arguments_.string(faults, arguments, "key", required=True)
    x_amz_meta_note = arguments_.string(faults, arguments, "x-amz-meta-note")
    text = arguments_.string(faults, arguments, "text", required=True)
    faults.raise_any()
    return await operations.put_object(
        context.bucket,
        key=given(key),
        x_amz_meta_note=x_amz_meta_note,
        text=given(text),
    )


async def delete_object(arguments: JsonObject, context: Context) -> Reply:
    """delete-object: Delete an object"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("key",))
    key = arguments_.string(faults, arguments, "key", required=True)
    faults.raise_any()
    return await operations.delete_object(context.bucket, key=given(key))


COMMANDS: dict[str, Command[Context]] = {
    "list-objects": list_objects,
    "get-object": get_object,
    "put-object": put_object,
    "delete-object": delete_object,
}
