"""The OpenAPI document of a REST adapter, as data (OpenAPI Specification 3.1.1)."""

from __future__ import annotations

import re

from naftiko_gen import contracts_access as access_
from naftiko_gen import contracts_choices as choices
from naftiko_gen import ir
from naftiko_gen.contracts_picks import picked_schema

_SLOT = re.compile(r"\{(\w+)\}")

#: Statuses that the emitted server itself answers with, and when.
_PROBLEMS = {
    "400": "The request is not valid: the error names every bad field.",
    "413": "The request body is larger than the server accepts.",
    "415": "The request body is not JSON.",
    "429": "The upstream's rate limit is reached; Retry-After says when to call again.",
    "502": "The upstream could not be reached, or its answer could not be used.",
    "503": "Calls are stopped for now; the error says why.",
    "504": "The upstream did not answer in time; the call may have been executed.",
}
_BODY_ONLY = ("413", "415")
_METHODS = ("get", "post", "put", "patch", "delete")


def openapi(capability: ir.Capability, adapter: ir.RestAdapter) -> ir.JsonObject:
    """The contract of ``adapter``: every route with its inputs, answers and errors."""
    paths: dict[str, ir.JsonValue] = {}
    described = {r.ident: _operation(r, adapter.access) for r in adapter.routes}
    for route in adapter.routes:
        item = paths.setdefault(route.path, {})
        assert isinstance(item, dict)
        choice = adapter.choice_of(route)
        document = described[route.ident]
        if choice is not None:
            parts = [described[one.ident] for one in choice.alternatives]
            document = choices.merged(choice, parts)
        item[route.method.lower()] = document
    for forward in adapter.forwards:
        item = paths.setdefault(forward.path, {})
        assert isinstance(item, dict)
        for method in _METHODS[:1] if forward.read_only else _METHODS:
            item.setdefault(method, _forward(forward, method))
    problems = access_.problems(adapter.access) | _PROBLEMS
    security: ir.JsonObject = {}
    schemes: ir.JsonObject = {}
    if adapter.access is not None:
        security["security"] = access_.security(adapter.access)
        schemes["securitySchemes"] = {access_.SCHEME: access_.scheme(adapter.access)}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": capability.label,
            "description": adapter.description or capability.description,
            "version": capability.version or "1.0.0",
        },
        "servers": [{"url": f"http://{adapter.address}:{adapter.port}"}],
        **security,
        "paths": paths,
        "components": {
            **schemes,
            "schemas": {"Problem": _problem_schema()},
            "responses": {
                f"Problem{status}": _problem_response(status, text)
                for status, text in sorted(problems.items())
            },
        },
    }


def _operation(route: ir.Route, access: ir.Access | None) -> ir.JsonObject:
    operation = route.runs
    document: dict[str, ir.JsonValue] = {
        "operationId": route.ident,
        "summary": route.title,
    }
    notes = [text for text in (route.description, _permission(operation)) if text]
    if notes:
        document["description"] = "\n\n".join(notes)
    # One input may feed several parameters.
    within = ("body", "document")
    outside = {
        (i.name, i.location): i for i in route.inputs if i.location not in within
    }
    parameters: list[ir.JsonValue] = [_parameter(item) for item in outside.values()]
    parameters += [_loose_slot(slot) for slot in _slots(route) if not _fed(route, slot)]
    if parameters:
        document["parameters"] = parameters
    if operation.body is not None:
        document["requestBody"] = {
            "required": operation.body.required,
            "content": {"application/json": {"schema": operation.body.schema}},
        }
    members = {i.name: i for i in route.inputs if i.location == "body"}
    if members or route.body_member is not None:
        document["requestBody"] = _members_body(route, tuple(members.values()))
    for item in route.inputs:
        if item.location == "document":
            document["requestBody"] = {
                "required": item.target.required or item.needed,
                "content": {"application/json": {"schema": item.target.schema}},
            }
    responses: dict[str, ir.JsonValue] = {
        "200": {
            "description": (
                "The upstream's answer, unchanged."
                if route.output is None
                else "What is taken from the upstream's answer."
            ),
            "content": _content(route),
        }
    }
    if route.media_type:
        binary: ir.JsonObject = {"schema": {"type": "string", "format": "binary"}}
        responses["200"] = {
            "description": "The upstream's answer, unchanged.",
            "content": {route.media_type: binary},
        }
    for status in sorted(access_.problems(access) | _PROBLEMS):
        if "requestBody" in document or status not in _BODY_ONLY:
            responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
    responses |= route.responses
    document["responses"] = responses
    return document


def _forward(forward: ir.Forward, method: str) -> ir.JsonObject:
    document: dict[str, ir.JsonValue] = {
        "operationId": f"{forward.ident}_{method}",
        "summary": forward.title,
    }
    parameters: list[ir.JsonValue] = [
        _loose_slot(s) for s in _SLOT.findall(forward.path)
    ]
    parameters += [
        {"name": name, "in": "header", "schema": {"type": "string"}}
        for name in forward.trusted
        # These three are no parameters (OpenAPI 3.1.1, section 4.8.12).
        if name.lower() not in ("accept", "authorization", "content-type")
    ]
    if parameters:
        document["parameters"] = parameters
    document["responses"] = {"default": {"description": "The upstream's answer."}}
    return document


def _content(route: ir.Route) -> ir.JsonObject:
    form = route.runs.format if isinstance(route.runs, ir.Operation) else None
    if form is None or route.output is not None:
        return {"application/json": {"schema": _answer(route)}}
    schema: ir.JsonObject = {}
    if form.kind == "binary":
        schema = {"schema": {"type": "string", "format": "binary"}}
    return {form.media_type.partition(";")[0]: schema}


def _answer(route: ir.Route) -> ir.JsonObject:
    return route.runs.answer if route.output is None else route.output.schema


def _permission(operation: ir.Runnable) -> str:
    return (
        f"Needs the permission: {operation.permission}." if operation.permission else ""
    )


def _slots(route: ir.Route) -> list[str]:
    return _SLOT.findall(route.path)


def _fed(route: ir.Route, slot: str) -> bool:
    return any(item.location == "path" and item.name == slot for item in route.inputs)


def _loose_slot(slot: str) -> ir.JsonObject:
    return {"name": slot, "in": "path", "required": True, "schema": {"type": "string"}}


def _parameter(item: ir.Input) -> ir.JsonObject:
    schema = {
        key: value for key, value in item.target.schema.items() if key != "description"
    }
    document: dict[str, ir.JsonValue] = {"name": item.name, "in": item.location}
    description = item.description or item.target.schema.get("description")
    if description:
        document["description"] = description
    document["required"] = (
        item.location == "path" or item.target.required or item.needed
    )
    if item.pattern:
        schema["pattern"] = item.pattern
    if item.target.type in ("array", "object"):
        document["content"] = {"application/json": {"schema": schema}}
    else:
        document["schema"] = schema
    return document


def _members_body(route: ir.Route, items: tuple[ir.Input, ...]) -> ir.JsonObject:
    whole = route.runs.body if route.body_member is None else None
    properties: ir.JsonObject = {}
    for item in items:
        described = {"description": item.description} if item.description else {}
        form = {"pattern": item.pattern} if item.pattern else {}
        properties[item.name] = {**item.target.schema, **form, **described}
    required: list[ir.JsonValue] = [
        item.name for item in items if item.target.required or item.needed
    ]
    if route.body_member is not None and route.runs.body is not None:
        properties[route.body_member] = route.runs.body.schema
        if route.runs.body.required:
            required.append(route.body_member)
    properties |= {name: {} for name in route.ignored}
    picks = [item for item in items if item.pick is not None]
    schema: ir.JsonObject = {"type": "object", "properties": properties}
    if whole is None:
        schema["additionalProperties"] = False
    if required:
        schema["required"] = required
    if picks:
        schema = picked_schema(picks, properties, required)
    elif whole is not None:
        schema = {"allOf": [whole.schema, schema]}
    return {
        "required": bool(required),
        "content": {"application/json": {"schema": schema}},
    }


def _problem_response(status: str, text: str) -> ir.JsonObject:
    response: dict[str, ir.JsonValue] = {"description": text}
    if status in ("429", "503"):
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds until a call may be made again (RFC 9110, section 10.2.3).",
                "schema": {"type": "integer", "minimum": 0},
            }
        }
    if status == "401":
        response["headers"] = {
            "WWW-Authenticate": {
                "description": "What to authenticate with (RFC 9110, section 11.6.1).",
                "schema": {"type": "string"},
            }
        }
    response["content"] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    return response


def _problem_schema() -> ir.JsonObject:
    fault: ir.JsonObject = {
        "type": "object",
        "required": ["pointer", "message"],
        "properties": {
            "pointer": {
                "type": "string",
                "description": "JSON Pointer of the bad field (RFC 6901).",
            },
            "message": {"type": "string"},
        },
    }
    error: ir.JsonObject = {
        "type": "object",
        "required": ["code", "message"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "faults": {"type": "array", "items": fault},
            "retryAfter": {"type": "number", "description": "Seconds."},
        },
    }
    return {
        "description": (
            "A failure of this server, or the upstream's own error document when it answered "
            "with one (then its members are the upstream's)."
        ),
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {"anyOf": [error, {"type": "array", "items": {"type": "string"}}]}
        },
    }
