"""The operations of Notes as commands."""

from __future__ import annotations

from . import arguments as arguments_
from . import check, inputs, operations
from .arguments import given, whole_body
from .context import Context
from .faults import Faults
from .package import Command
from .reply import JsonObject, Reply


async def send_json(arguments: JsonObject, context: Context) -> Reply:
    """send-json: send-json"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "tag", "who", "count"),
    )
    title = arguments_.anything(faults, arguments, "title")
    tag = arguments_.anything(faults, arguments, "tag")
    who = arguments_.string(faults, arguments, "who")
    count = arguments_.anything(faults, arguments, "count")
    faults.raise_any()
    return await operations.send_json(
        context.notes,
        settings=context.settings,
        title=title,
        tag=tag,
        who=who,
        count=count,
    )


async def send_json_text(arguments: JsonObject, context: Context) -> Reply:
    """send-json-text: send-json-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "who", "count", "meta"),
    )
    title = arguments_.string(faults, arguments, "title", required=True)
    who = arguments_.string(faults, arguments, "who", required=True)
    count = arguments_.anything(faults, arguments, "count", required=True)
    meta = arguments_.anything(faults, arguments, "meta", required=True)
    faults.raise_any()
    return await operations.send_json_text(
        context.notes,
        title=given(title),
        who=given(who),
        count=given(count),
        meta=given(meta),
    )


async def send_text(arguments: JsonObject, context: Context) -> Reply:
    """send-text: send-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("who",))
    who = arguments_.string(faults, arguments, "who", required=True)
    faults.raise_any()
    return await operations.send_text(context.notes, who=given(who))


async def send_xml(arguments: JsonObject, context: Context) -> Reply:
    """send-xml: send-xml"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("who", "title"))
    who = arguments_.string(faults, arguments, "who", required=True)
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_xml(context.notes, who=given(who), title=given(title))


async def send_sparql(arguments: JsonObject, context: Context) -> Reply:
    """send-sparql: send-sparql"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("id", "title"))
    id_ = arguments_.string(faults, arguments, "id", required=True)
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_sparql(
        context.notes,
        id_=given(id_),
        title=given(title),
    )


async def send_form(arguments: JsonObject, context: Context) -> Reply:
    """send-form: send-form"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title", "who"))
    title = arguments_.anything(faults, arguments, "title")
    who = arguments_.string(faults, arguments, "who")
    faults.raise_any()
    return await operations.send_form(context.notes, title=title, who=who)


async def send_form_text(arguments: JsonObject, context: Context) -> Reply:
    """send-form-text: send-form-text"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_form_text(context.notes, title=given(title))


async def send_multipart(arguments: JsonObject, context: Context) -> Reply:
    """send-multipart: send-multipart"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(
        faults,
        arguments,
        "",
        required=True,
        known=("title", "who", "text", "more"),
    )
    title = arguments_.string(faults, arguments, "title")
    who = arguments_.string(faults, arguments, "who")
    text = arguments_.string(faults, arguments, "text")
    more = arguments_.string(faults, arguments, "more")
    faults.raise_any()
    return await operations.send_multipart(
        context.notes,
        title=title,
        who=who,
        text=text,
        more=more,
    )


async def send_raw(arguments: JsonObject, context: Context) -> Reply:
    """send-raw: send-raw"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_raw(context.notes, title=given(title))


async def send_raw_xml(arguments: JsonObject, context: Context) -> Reply:
    """send-raw-xml: send-raw-xml"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("title",))
    title = arguments_.string(faults, arguments, "title", required=True)
    faults.raise_any()
    return await operations.send_raw_xml(context.notes, title=given(title))


async def send_passed(arguments: JsonObject, context: Context) -> Reply:
    """send-passed: send-passed"""
    faults = Faults(context.settings.allow_unknown_fields)
    check.body_object(faults, arguments, "", required=True, known=("body",))
    body = inputs.send_passed(arguments.get("body"), faults, "/body")
    faults.raise_any()
    return await operations.send_passed(context.notes, body=body)


COMMANDS: dict[str, Command[Context]] = {
    "send-json": send_json,
    "send-json-text": send_json_text,
    "send-text": send_text,
    "send-xml": send_xml,
    "send-sparql": send_sparql,
    "send-form": send_form,
    "send-form-text": send_form_text,
    "send-multipart": send_multipart,
    "send-raw": send_raw,
    "send-raw-xml": send_raw_xml,
    "send-passed": whole_body(send_passed),
}
