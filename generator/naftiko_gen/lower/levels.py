"""The parameters of a request, which a consumes block, a resource and an operation declare."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from naftiko_gen import ir

from .binds import check_variable
from .node import Node
from .templates import Settings, claim_setting

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

#: The types of a value that is no document.
_PLAIN = ("string", "integer", "number", "boolean")

#: Where API keys go: a parameter with the name of one is that one, wherever it stands there.
_CARRYING: tuple[str, ...] = ("header", "query", "cookie")


def is_credential(item: Node, block: Node) -> bool:
    """Whether the parameter ``item`` is the credential of ``block``, which callers never send."""
    node = block.child("authentication")
    if not isinstance(node.value, dict) or block.has("signing"):
        return False
    key, places = "Authorization", _CARRYING[:1]
    if node.text("type") == "apikey":
        key, places = node.text("key"), _CARRYING
    return item.text("name").lower() == key.lower() and item.text("in") in places


def merged(holders: Sequence[Node]) -> list[Node]:
    """The parameters of all ``holders``; of several with one name and place, the last one.

    The first of them is the consumes block, whose credential is not among them.
    """
    found: dict[tuple[str, str], Node] = {}
    for holder in holders:
        for item in holder.items("inputParameters"):
            if is_credential(item, holders[0]):
                continue
            name, place = item.text("name"), item.text("in", "body")
            # Names are compared as they are on the wire.
            key = (name.lower() if place == "header" else name, place)
            before = found.get(key)
            if before is None or before.path[:-1] != item.path[:-1]:
                found[key] = item
            elif key == ("body", "body"):
                # Two bodies are told apart from what may be one parameter, twice.
                found[(f"body {item.path[-1]}", place)] = item
            elif name:
                line = before.span("name").start.line
                item.error(
                    "E219",
                    f"the parameter `{name}` is already declared at line {line}",
                    at="name",
                )
    return list(found.values())


def of_caller(item: Node) -> bool:
    """Whether ``item`` is a value that a caller gives, and a template may name."""
    if item.text("in", "body") == "body" and item.text("name") == "body":
        return False
    return not item.has("value") and item.text("in") != "environment"


def body_is_field(items: Sequence[Node]) -> bool:
    """Whether a parameter called ``body`` is one field of several: a text, say, of a message."""
    kinds = {i.text("name"): i.text("type") for i in items if i.text("in") == "body"}
    return len(kinds) > 1 and kinds.get("body") in _PLAIN


def of_one_name(
    parameters: Iterable[ir.Parameter], needed: Collection[str]
) -> dict[str, ir.Parameter]:
    """What callers give, by name: one value goes to all places that have the same name.

    It is of the first type that one of them has, and required when one requires it, or when it
    is among the ``needed``.
    """
    found: dict[str, ir.Parameter] = {}
    for parameter in parameters:
        one = found.setdefault(parameter.name, parameter)
        kind = parameter.type if one.type == "json" else one.type
        must = one.required or parameter.required or one.name in needed
        found[one.name] = replace(one, type=kind, required=must)
    return found


def environment(items: Sequence[Node], settings: Settings) -> dict[str, ir.Credential]:
    """The parameters that the environment holds; they are read when the package starts."""
    found: dict[str, ir.Credential] = {}
    for item in items:
        name = item.text("name")
        if item.text("in") != "environment" or item.has("value"):
            continue
        if not _VARIABLE.fullmatch(name):
            check_variable(item, "name", name)
            continue
        ident = claim_setting(item.child("name"), settings.scope, name)
        found[name] = ir.Credential(name, ident, item.flag("required") is not False)
    return found


def check_together(node: Node, parameters: Sequence[ir.Parameter], whole: bool) -> None:
    """Report parameters that one request cannot have; ``whole``: one is the whole body."""
    headers = {p.name.lower() for p in parameters if p.location == "header"}
    if "cookie" in headers and any(p.location == "cookie" for p in parameters):
        node.report.add(
            "E336",
            "a Cookie header and parameters in cookies would be two headers of one name",
            node.key_span("inputParameters"),
            "write every cookie as a parameter with `in: cookie`",
        )
    if whole and any(p.location == "field" for p in parameters):
        two_bodies(
            node,
            "inputParameters",
            "the parameter `body` is the whole body, and the others are fields of it",
        )


def two_bodies(node: Node, key: str, message: str) -> None:
    """Report that one request would have two bodies."""
    node.report.add(
        "E332",
        message,
        node.key_span(key),
        "a request has one body: keep the one that is meant",
    )


def used_settings(
    parameters: Sequence[ir.Parameter], payload: ir.Payload | None
) -> tuple[ir.Credential, ...]:
    """The settings of the operator that a request is made with."""
    texts = [p.template for p in parameters if p.template is not None]
    if payload is not None:
        texts += payload.texts
    found = {
        part.variable: part
        for text in texts
        for part in text.parts
        if isinstance(part, ir.Credential)
    }
    return tuple(found.values())
