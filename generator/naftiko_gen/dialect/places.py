"""The parts of a document that rules look at, with their paths, in document order.

Nothing is checked yet when rules run: what has not the expected shape is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from naftiko_gen.source import JsonValue, NodePath

JsonObject = dict[str, JsonValue]
Place = tuple[NodePath, JsonObject]


def member(place: Place, key: str) -> Iterator[Place]:
    """Yield the mapping at `key`, if there is one."""
    path, node = place
    value = node.get(key)
    if isinstance(value, dict):
        yield (*path, key), value


def entries(place: Place, key: str) -> Sequence[Place]:
    """Return the mappings in the list at `key`."""
    path, node = place
    value = node.get(key)
    if not isinstance(value, list):
        return ()
    return [
        ((*path, key, index), item)
        for index, item in enumerate(value)
        if isinstance(item, dict)
    ]


_Walk = Callable[[JsonValue], Iterable[Place]]
#: The latest document, and what walks over it have found.
_latest: tuple[JsonValue, dict[_Walk, list[Place]]] = (None, {})


def _once(walk: _Walk) -> Callable[[JsonValue], Sequence[Place]]:
    """Walk a document once for all rules: they change copies, and never a document."""

    def found(data: JsonValue) -> Sequence[Place]:
        global _latest
        if _latest[0] is not data:
            _latest = (data, {})
        known = _latest[1]
        if walk not in known:
            known[walk] = list(walk(data))
        return known[walk]

    return found


def capability(data: JsonValue) -> Iterator[Place]:
    """Yield the capability block, if there is one."""
    if isinstance(data, dict):
        yield from member(((), data), "capability")


@_once
def consumes_blocks(data: JsonValue) -> Iterator[Place]:
    """Yield the consumes blocks of a capability or of a shared file."""
    if isinstance(data, dict):
        yield from entries(((), data), "consumes")
    for place in capability(data):
        yield from entries(place, "consumes")


def consumed_operations(block: Place) -> Iterator[Place]:
    """Yield the operations of a consumes block."""
    for resource in entries(block, "resources"):
        yield from entries(resource, "operations")


def consumed_inputs(block: Place) -> Iterator[Place]:
    """Yield the input parameters of a consumes block, at all of its levels."""
    yield from entries(block, "inputParameters")
    for resource in entries(block, "resources"):
        yield from entries(resource, "inputParameters")
        for operation in entries(resource, "operations"):
            yield from entries(operation, "inputParameters")


def adapters(data: JsonValue, kind: str | None = None) -> Iterator[Place]:
    """Yield the exposed adapters, or those of one `type`."""
    for block in capability(data):
        for adapter in entries(block, "exposes"):
            if kind is None or adapter[1].get("type") == kind:
                yield adapter


def exposed_units(adapter: Place) -> Iterator[Place]:
    """Yield what an adapter answers: tools, MCP resources, REST operations."""
    yield from entries(adapter, "tools")
    for resource in entries(adapter, "resources"):
        yield resource
        yield from entries(resource, "operations")


@_once
def functions(data: JsonValue) -> Iterator[Place]:
    """Yield the functions of all aggregates."""
    for block in capability(data):
        for aggregate in entries(block, "aggregates"):
            yield from entries(aggregate, "functions")


def outputs(unit: Place) -> Iterator[Place]:
    """Yield the output parameters of a unit and what they contain, outermost first."""
    for output in entries(unit, "outputParameters"):
        yield from _with_parts(output)


def _with_parts(output: Place) -> Iterator[Place]:
    yield output
    path, node = output
    properties = node.get("properties")
    if isinstance(properties, dict):
        for name in properties:
            for part in member(((*path, "properties"), properties), name):
                yield from _with_parts(part)
    for part in member(output, "items"):
        yield from _with_parts(part)


def name_in(node: JsonObject, key: str = "namespace") -> str:
    """Return the name of a node for a message, in backticks; `?` without a name."""
    value = node.get(key)
    return f"`{value}`" if isinstance(value, str) else "`?`"


def count_of(number: int, noun: str, many: str = "") -> str:
    """Say how many, as in `1 output` and `12 outputs`."""
    return f"{number} {noun}" if number == 1 else f"{number} {many or noun + 's'}"


@_once
def callers(data: JsonValue) -> Iterator[Place]:
    """Yield everything with a `call`: tools, resources, operations, functions, their steps."""
    for block in capability(data):
        for key in ("exposes", "aggregates"):
            for part in entries(block, key):
                yield from _callers(part)


def _callers(place: Place) -> Iterator[Place]:
    path, node = place
    if isinstance(node.get("call"), str):
        yield place
    for key in (
        "tools",
        "resources",
        "operations",
        "functions",
        "steps",
    ):
        if key in node:
            for part in entries(place, key):
                yield from _callers(part)


def called(data: JsonValue) -> dict[str, Place]:
    """Return every consumed operation by ``namespace.name``, the first of several."""
    found: dict[str, Place] = {}
    for block in consumes_blocks(data):
        for operation in consumed_operations(block):
            namespace, name = block[1].get("namespace"), operation[1].get("name")
            if isinstance(namespace, str) and isinstance(name, str):
                found.setdefault(f"{namespace}.{name}", operation)
    return found


def text_of(node: JsonObject, key: str) -> str:
    """Return the text at `key`, or nothing."""
    value = node.get(key)
    return value if isinstance(value, str) else ""
