"""JSON Schemas of mapped answers.

Values are not converted and may be missing, so each may be null and its type is what the
capability says of it.
"""

from __future__ import annotations

from naftiko_gen.ir_mapping import JsonValue

from .node import Node

Schema = dict[str, JsonValue]


def of(node: Node, nullable: bool = False) -> Schema:
    """What the output at ``node`` gives."""
    kind = node.text("type")
    if kind == "object" and (node.members("properties") or not node.has("mapping")):
        own = members(list(node.members("properties")))
        based = node.text("mapping").strip() not in ("", "$", "$.")
        return {**own, "type": ["object", "null"]} if based and nullable else own
    if node.has("value"):
        unsure = "{{" in node.text("value") and kind != "string"
        return {"type": [kind, "null"] if unsure else kind}
    schema: Schema = {"type": [kind, "null"] if nullable else kind} if kind else {}
    if kind == "array" and node.has("items"):
        schema["items"] = of(node.child("items"), nullable=True)
    const = node.child("const").value
    if const is not None:
        schema["examples"] = [const]
    return schema


def members(nodes: list[tuple[str, Node]]) -> Schema:
    """An object that has all of these members."""
    properties: Schema = {name: of(node, nullable=True) for name, node in nodes}
    names: list[JsonValue] = list(properties)
    schema: Schema = {"type": "object", "properties": properties}
    return {**schema, "required": names} if names else schema


def either(schemas: list[Schema]) -> Schema:
    """One of several."""
    if len(schemas) == 1:
        return schemas[0]
    options: list[JsonValue] = []
    for schema in schemas:
        if schema not in options:
            options.append(schema)
    return {"anyOf": options} if len(options) > 1 else schemas[0]
