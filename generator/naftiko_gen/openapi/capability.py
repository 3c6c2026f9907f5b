"""An API as a capability (1.0.0-alpha2, or later where that lacks a word), and as an overlay what that format cannot say."""

from __future__ import annotations

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.names import kebab
from naftiko_gen.stamps import IKANOS

from .later import later, needs_later
from .model import Api, Body, Operation, Parameter

_REST_PORT = 8080
_MCP_PORT = 9090


def capability(api: Api) -> JsonObject:
    """The document: every operation consumed, served as a route, and offered as a tool."""
    document: JsonObject = {
        "naftiko": "1.0.0-alpha2",
        "info": {"label": api.title, "description": api.description},
    }
    if api.credential is not None:
        keys: JsonObject = {name: name for name in api.credential.variables}
        document["binds"] = [{"namespace": "env", "keys": keys}]
    document["capability"] = {
        "consumes": [_consumes(api)],
        "exposes": [_rest(api), _mcp(api)],
    }
    return later(document) if needs_later(api) else document


def version(api: Api) -> str:
    """The version that the capability of ``api`` is written for."""
    return IKANOS[-1] if needs_later(api) else "1.0.0-alpha2"


def overlay(api: Api) -> JsonObject | None:
    """What the format has no words for; None when there is nothing of it."""
    actions: list[JsonValue] = []
    for operation in api.operations:
        target = f"$.capability.consumes[0].resources[*].operations[?@.name=='{operation.name}']"
        if needs_later(api):
            target = (
                f"$.capability.consumes[0].resources[*].operations['{operation.name}']"
            )
        update = _extensions(operation)
        if update:
            actions.append({"target": target, "update": update})
        names = _required(operation)
        if names:
            tests = "?" + " || ".join(f"@.name=='{name}'" for name in names)
            if needs_later(api):
                tests = ",".join(f"'{name}'" for name in names)
            actions.append(
                {
                    "target": f"{target}.inputParameters[{tests}]",
                    "update": {"required": True},
                }
            )
    if not actions:
        return None
    title = f"What the OpenAPI document of {api.title} says and a capability cannot"
    return {
        "overlay": "1.0.0",
        "info": {"title": title, "version": "1.0.0"},
        "actions": actions,
    }


def _required(operation: Operation) -> list[str]:
    """The inputs that the upstream asks for, beside those that a path cannot do without."""
    names = [p.name for p in _inputs(operation) if p.required and p.location != "path"]
    body = operation.body
    if body and body.kind != "object":
        return names
    # A body that is the only input is written as its members, where none and {} are one.
    if body and body.schema is None and body.required and operation.parameters:
        names.append("body")
    return names


def _extensions(operation: Operation) -> JsonObject:
    update: JsonObject = {}
    if operation.notes:
        update["summary"] = operation.notes
    if operation.body is not None and operation.body.schema is not None:
        update["requestBody"] = operation.body.schema
    if operation.answer.schema:
        update["result"] = operation.answer.schema
    if operation.answer.sample:
        update["sample"] = operation.answer.sample[0]
    return update


def _inputs(operation: Operation) -> tuple[Parameter, ...]:
    """The parameters, and the fields of a form."""
    return (*operation.parameters, *(operation.body.fields if operation.body else ()))


def _grouped(api: Api) -> dict[str, tuple[str, list[Operation]]]:
    """The operations of each path, with the name of its resource."""
    found: dict[str, tuple[str, list[Operation]]] = {}
    names: set[str] = set()
    for operation in api.operations:
        if operation.path not in found:
            base = name = kebab(operation.path, fallback="root")
            number = 2
            while name in names:
                name = f"{base}-{number}"
                number += 1
            names.add(name)
            found[operation.path] = (name, [])
        found[operation.path][1].append(operation)
    return found


def _consumes(api: Api) -> JsonObject:
    block: JsonObject = {
        "type": "http",
        "namespace": api.namespace,
        "baseUri": api.base_uri,
        "description": api.description,
    }
    if api.credential is not None and api.credential.location == "cookie":
        block["inputParameters"] = [api.credential.authentication]
    elif api.credential is not None:
        block["authentication"] = api.credential.authentication
    block["resources"] = [
        {
            "name": name,
            "path": path,
            "operations": [_consumed(operation) for operation in operations],
        }
        for path, (name, operations) in _grouped(api).items()
    ]
    return block


def _consumed(operation: Operation) -> JsonObject:
    document: JsonObject = {
        "name": operation.name,
        "method": operation.method,
        "description": operation.title,
    }
    answer, body = operation.answer, operation.body
    if answer.format:
        document["outputRawFormat"] = answer.format
    if answer.media_type:
        document["outputMediaType"] = answer.media_type
    inputs: list[JsonValue] = [
        {"name": p.name, "in": p.location} for p in _inputs(operation)
    ]
    if body is not None and body.kind == "object":
        inputs.append({"name": "body", "in": "body"})
    if body is not None and body.media_type and body.kind != "object":
        header = {"name": "Content-Type", "in": "header", "value": body.media_type}
        inputs.append({**header})
    if inputs:
        document["inputParameters"] = inputs
    if body is not None and body.kind != "object":
        document["body"] = _written(body)
    return document


def _written(body: Body) -> JsonObject:
    """``body`` of a consumed operation: where the values of the caller go."""
    if body.kind == "form":
        data: JsonValue = {f.wire: f"{{{{{f.name}}}}}" for f in body.fields}
        return {"type": "formUrlEncoded", "data": data}
    if body.kind == "multipart":
        return {"type": "multipartForm", "data": [_part(f) for f in body.fields]}
    return {"type": "json" if body.kind == "value" else "text", "data": "{{body}}"}


def _part(field: Parameter) -> JsonObject:
    part: JsonObject = {"name": field.wire, "value": f"{{{{{field.name}}}}}"}
    if field.file:
        # A part is a file only with a name, which no schema tells.
        part["filename"] = field.wire
    return {**part, "contentType": field.media_type} if field.media_type else part


def _rest(api: Api) -> JsonObject:
    return {
        "type": "rest",
        "namespace": f"{api.namespace}-rest",
        "port": _REST_PORT,
        "resources": [
            {
                "name": name,
                "path": path,
                "operations": [_route(api, operation) for operation in operations],
            }
            for path, (name, operations) in _grouped(api).items()
        ],
    }


def _route(api: Api, operation: Operation) -> JsonObject:
    document = {"method": operation.method, **_called(api, operation, "rest")}
    inputs: list[JsonValue] = [
        {
            "name": p.name,
            "in": "header" if p.location == "cookie" else p.location,
            "type": p.type,
            "description": p.description,
        }
        for p in _inputs(operation)
    ]
    if operation.body is not None and not operation.body.fields:
        inputs.append(
            {
                "name": "body",
                "in": "body",
                "type": operation.body.type,
                "description": operation.body.description or "The request body.",
            }
        )
    if inputs:
        document["inputParameters"] = inputs
    return document


def _mcp(api: Api) -> JsonObject:
    return {
        "type": "mcp",
        "namespace": f"{api.namespace}-mcp",
        "port": _MCP_PORT,
        "description": api.description,
        "tools": [_tool(api, operation) for operation in api.operations],
    }


def _tool(api: Api, operation: Operation) -> JsonObject:
    document = _called(api, operation, "tools")
    inputs: list[JsonValue] = []
    for p in _inputs(operation):
        item: JsonObject = {
            "name": p.name,
            "type": p.type,
            "description": p.description,
        }
        inputs.append(item if p.required else {**item, "required": False})
    if operation.body is not None and not operation.body.fields:
        inputs.append(
            {
                "name": "body",
                "type": operation.body.type,
                "description": operation.body.description or "The request body.",
            }
        )
    if inputs:
        document["inputParameters"] = inputs
    return document


def _called(api: Api, operation: Operation, prefix: str) -> JsonObject:
    """What routes and tools have alike; ``prefix`` is that of references to their inputs."""
    document: JsonObject = {
        "name": operation.name,
        "description": operation.title,
        "call": f"{api.namespace}.{operation.name}",
    }
    names = [p.name for p in _inputs(operation)]
    if operation.body is not None and not operation.body.fields:
        names.append("body")
    if names:
        document["with"] = {name: f"{prefix}.{name}" for name in names}
    return document
