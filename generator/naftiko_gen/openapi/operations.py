"""The operations of a document, each checked and read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from naftiko_gen.diagnostics import Span
from naftiko_gen.lower.node import Node
from naftiko_gen.names import kebab, words

from . import parameters
from .answers import read_answer
from .bodies import read_body
from .model import Credential, Operation
from .parameters import Skip
from .references import resolved
from .schemas import Inliner

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_CALLED = ("get", "put", "post", "delete", "patch")
_SLOT = re.compile(r"\{[^{}]*\}")
#: What MCP clients accept as the name of a tool.
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Place:
    """An operation where it stands."""

    path: str
    method: str
    item: Node
    node: Node
    name: str


def places(root: Node) -> list[Place]:
    """Every operation of ``root`` in its order; reports names and paths that clash."""
    found: list[Place] = []
    ids: dict[str, Node] = {}
    names: dict[str, Node] = {}
    shapes: dict[str, str] = {}
    for path, item, method, node in _all(root):
        shape = _SLOT.sub("{}", path)
        if shapes.setdefault(shape, path) != path:
            message = f"`{path}` and `{shapes[shape]}` are the same path"
            key = root.child("paths").key_span(path)
            root.report.add(
                "E509", message, key, "the names of placeholders do not count"
            )
            continue
        written = node.text("operationId")
        if written and written in ids:
            line = ids[written].span("operationId").start.line
            node.error(
                "E508",
                f"the operationId `{written}` is already used at line {line}",
                at="operationId",
            )
            continue
        if written:
            ids[written] = node
        name = _name(written, method, path)
        if name in names:
            line = _span(names[name]).start.line
            node.report.add(
                "E509",
                f"this operation and that at line {line} would both be called `{name}`",
                _span(node),
                "give each an operationId that differs in letters or digits",
            )
            continue
        names[name] = node
        if len(name) > _LONGEST:
            node.report.add(
                "E510",
                f"the tool name `{name}` has {len(name)} characters",
                _span(node),
                f"MCP clients accept {_LONGEST}: give the operation a shorter operationId",
            )
        found.append(Place(path, method, item, node, name))
    return found


def _all(root: Node) -> Iterator[tuple[str, Node, str, Node]]:
    for path, written in root.members("paths"):
        if not path.startswith("/"):
            continue
        item = resolved(written)
        for method in item.value if isinstance(item.value, dict) else ():
            node = item.child(method)
            if method in _METHODS and isinstance(node.value, dict):
                yield path, item, method, node


def _name(written: str, method: str, path: str) -> str:
    if words(written):
        return kebab(written)
    return f"{method}-{kebab(path, fallback='root')}"


def _span(node: Node) -> Span:
    if node.text("operationId"):
        return node.span("operationId")
    return node.source.span(node.path, key=True)


def read(
    found: list[Place], credential: Credential | None, *, old: bool
) -> tuple[Operation, ...]:
    """What can be called; W501 says of each other operation why it cannot."""
    inliner = Inliner()
    operations = []
    for place in found:
        nodes = parameters.declared(place.item, place.node)
        parameters.check_slots(place.path, nodes, place.node)
        try:
            operations.append(_read(place, nodes, credential, inliner, old=old))
        except Skip as why:
            place.node.report.add(
                "W501",
                f"`{place.method.upper()} {place.path}` is left out: {why}",
                place.node.source.span(place.node.path, key=True),
                None,
            )
    return tuple(operations)


def _read(
    place: Place,
    nodes: list[Node],
    credential: Credential | None,
    inliner: Inliner,
    *,
    old: bool,
) -> Operation:
    node = place.node
    _check_possible(place)
    body = read_body(node, place.method.upper(), nodes, inliner, old=old)
    inputs = parameters.read(nodes, credential, body)
    body = parameters.beside(body, inputs)
    answer = read_answer(node, inliner, old=old)
    title, notes = _texts(node)
    if node.has("callbacks"):
        message = "callbacks are left out: nothing here listens for them"
        node.report.add("W507", message, node.key_span("callbacks"), None)
    return Operation(
        name=place.name,
        method=place.method.upper(),
        path=place.path,
        title=title or f"{place.method.upper()} {place.path}",
        notes=notes,
        parameters=inputs,
        body=body,
        answer=answer,
    )


def _texts(node: Node) -> tuple[str, str]:
    """One line about an operation, and what else is said of it."""
    summary = " ".join(node.text("summary").split())
    description = node.text("description").strip()
    if not summary:
        first, _, description = description.partition("\n\n")
        summary, description = " ".join(first.split()), description.strip()
    return summary, "" if description == summary else description


def _check_possible(place: Place) -> None:
    """Raises Skip for what no capability can call."""
    if place.method not in _CALLED:
        raise Skip(f"a capability has no method {place.method.upper()}")
    for holder in (place.node, place.item):
        if holder.child("servers").value:
            raise Skip("it has servers of its own")
    bare = _SLOT.sub("x", place.path)
    if re.search(r"[?#{}\\]", bare):
        raise Skip("its path holds more than a path")
    if any(part in (".", "..") for part in bare.split("/")):
        raise Skip("its path has the segment `.` or `..`")
    slots = [tuple(words(slot)) for slot in _SLOT.findall(place.path)]
    if len(set(slots)) != len(slots):
        raise Skip("two placeholders of its path cannot be told apart")
