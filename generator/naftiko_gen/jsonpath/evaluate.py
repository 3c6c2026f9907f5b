"""What mappings give for a document: the meaning that the emitted code is held against.

Written for clearness. It makes the expected answers of the emitted tests, so it shares
nothing with the view that makes the code.
"""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.ir_mapping import (
    At,
    Compare,
    Constant,
    Each,
    Every,
    Exists,
    Filter,
    Index,
    JsonValue,
    Mapping,
    Name,
    Not,
    Output,
    Path,
    Query,
    Rendered,
    Segment,
    Selector,
    Slice,
    Some,
    Test,
    Value,
    Wildcard,
)


def evaluate(output: Output, document: JsonValue) -> JsonValue:
    """The mapped answer; None when nothing maps."""
    values = (apply(mapping, document) for mapping in output.alternatives)
    return next((value for value in values if value is not None), None)


def apply(mapping: Mapping, node: JsonValue) -> JsonValue:
    """What ``mapping`` gives for ``node``."""
    if isinstance(mapping, Constant):
        return mapping.value
    if isinstance(mapping, Rendered):
        return mapping.sample
    if isinstance(mapping, At):
        return find(mapping.path, node)
    if isinstance(mapping, Each):
        items = find(mapping.path, node)
        if not isinstance(items, list) or mapping.item is None:
            return items if isinstance(items, list) else None
        return [apply(mapping.item, item) for item in items]
    base = find(mapping.base, node)
    if base is None and mapping.base.segments:
        return None
    return {name: apply(member, base) for name, member in mapping.members}


def find(path: Path, root: JsonValue) -> JsonValue:
    """The value at a definite path, the list that any other path gives, or None."""
    nodes = [root]
    for selector in path.stem:
        nodes = [found for node in nodes for found in _select(selector, node, root)]
    if not path.rest:
        return nodes[0] if nodes else None
    if not nodes or nodes[0] is None:
        return None
    for segment in path.rest:
        nodes = [found for node in nodes for found in _below(segment, node, root)]
    return nodes


def _below(segment: Segment, node: JsonValue, root: JsonValue) -> Iterator[JsonValue]:
    for start in _descendants(node) if segment.descend else (node,):
        for selector in segment.selectors:
            yield from _select(selector, start, root)


def _descendants(node: JsonValue) -> Iterator[JsonValue]:
    yield node
    for child in _children(node):
        yield from _descendants(child)


def _children(node: JsonValue) -> list[JsonValue]:
    if isinstance(node, dict):
        return list(node.values())
    return node if isinstance(node, list) else []


def _select(
    selector: Selector, node: JsonValue, root: JsonValue
) -> Iterator[JsonValue]:
    if isinstance(selector, Name):
        if isinstance(node, dict) and selector.name in node:
            yield node[selector.name]
    elif isinstance(selector, Index):
        size = len(node) if isinstance(node, list) else 0
        if isinstance(node, list) and -size <= selector.index < size:
            yield node[selector.index]
    elif isinstance(selector, Slice):
        if isinstance(node, list):
            yield from node[selector.start : selector.stop : selector.step]
    elif isinstance(selector, Wildcard):
        yield from _children(node)
    else:
        assert isinstance(selector, Filter)
        yield from (c for c in _children(node) if _passes(selector.test, c, root))


def _passes(test: Test, node: JsonValue, root: JsonValue) -> bool:
    if isinstance(test, Exists):
        return bool(_found(test.query, node, root))
    if isinstance(test, Not):
        return not _passes(test.test, node, root)
    if isinstance(test, Every):
        return all(_passes(part, node, root) for part in test.tests)
    if isinstance(test, Some):
        return any(_passes(part, node, root) for part in test.tests)
    assert isinstance(test, Compare)
    left, right = _found(test.left, node, root), _found(test.right, node, root)
    return {
        "==": _equal(left, right),
        "!=": not _equal(left, right),
        "<": _less(left, right),
        "<=": _less(left, right) or _equal(left, right),
        ">": _less(right, left),
        ">=": _less(right, left) or _equal(left, right),
    }[test.operator]


def _found(side: Query | Value, node: JsonValue, root: JsonValue) -> list[JsonValue]:
    """The one value, or none."""
    if isinstance(side, Value):
        return [side.value]
    nodes = [root if side.absolute else node]
    for step in side.steps:
        selector = Name(step) if isinstance(step, str) else Index(step)
        nodes = [child for n in nodes for child in _select(selector, n, root)]
    return nodes


def _equal(left: JsonValue, right: JsonValue) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        pairs = zip(left, right, strict=False)
        return len(left) == len(right) and all(_equal(a, b) for a, b in pairs)
    if isinstance(left, dict) and isinstance(right, dict):
        same = left.keys() == right.keys()
        return same and all(_equal(left[name], right[name]) for name in left)
    return left == right


def _less(left: list[JsonValue], right: list[JsonValue]) -> bool:
    if not left or not right:
        return False
    one, two = left[0], right[0]
    if isinstance(one, str) and isinstance(two, str):
        return one < two
    if isinstance(one, bool) or isinstance(two, bool):
        return False
    numbers = isinstance(one, int | float) and isinstance(two, int | float)
    return numbers and one < two  # type: ignore[operator]
