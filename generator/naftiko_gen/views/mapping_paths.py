"""Source text of paths: member by member, list by list."""

from __future__ import annotations

from naftiko_gen import ir_mapping as m
from naftiko_gen.pycode import Call, Code, Value, code, dotted, joined, literal

from .mapping_code import LIST_OR_NONE, Block

_Stem = tuple[m.Name | m.Index, ...]


def value_at(block: Block, base: str, stem: _Stem) -> Value:
    """What stands at the end of a definite path, or None."""
    if not stem:
        return _name(base)
    last = stem[-1]
    if isinstance(last, m.Name):
        return Call(dotted(_object(block, base, stem[:-1]), "get"), (last.name,))
    before = value_at(block, base, stem[:-1])
    return Call(block.writer.helper("item"), (before, last.index))


def _name(base: str) -> Code:
    return dotted(base)


def _object(block: Block, base: str, stem: _Stem) -> Code:
    last = stem[-1] if stem else None
    hint = last.name if isinstance(last, m.Name) else "fields" if stem else "root"
    if not stem and base != "document":
        hint = "fields"
    key = (base, stem)
    known = block.objects.get(key)
    return known or block.object(key, hint, value_at(block, base, stem))


def collect(block: Block, path: m.Path, base: str, hint: str) -> Code:
    """A variable with the list that an indefinite path gives, or None."""
    source = block.variable("found", value_at(block, base, path.stem))
    result = block.declare(hint, LIST_OR_NONE)
    inner = block.when(joined(source, code(" is not None")))
    nodes = _Nodes(source, single=True)
    for number, segment in enumerate(path.rest, 1):
        last = number == len(path.rest)
        short = None if not nodes.single else _short(inner, segment, nodes.source)
        if short is not None:
            nodes = _Nodes(short, single=False)
            if last:
                value = joined(code("list("), short, code(")"))
                inner.statement(joined(result, code(" =")), value)
            continue
        target = result if last else inner.writer.name("nodes")
        empty = code(" = []") if last else code(": list[JsonValue] = []")
        inner.put(joined(target, empty))
        _select(inner, segment, nodes, target, base)
        nodes = _Nodes(target, single=False)
    return result


class _Nodes:
    """Where the nodes of a stage come from: one variable, or what a loop goes through."""

    def __init__(self, source: Code, *, single: bool) -> None:
        self.source = source
        self.single = single


def _short(block: Block, segment: m.Segment, node: Code) -> Code | None:
    """The children that one node gives, when that is one expression."""
    if segment.descend or len(segment.selectors) != 1:
        return None
    selector = segment.selectors[0]
    if isinstance(selector, m.Wildcard):
        return literal(Call(block.writer.helper("children"), (node,)))
    if isinstance(selector, m.Slice):
        found = literal(Call(block.writer.helper("items"), (node,)))
        return joined(found, _bounds(selector))
    return None


def _select(
    block: Block, segment: m.Segment, nodes: _Nodes, target: Code, base: str
) -> None:
    """Append to ``target`` what ``segment`` finds below each of ``nodes``."""
    node = nodes.source
    if not nodes.single:
        block, node = block.loop("node", nodes.source)
    if segment.descend:
        everything = literal(Call(block.writer.helper("descendants"), (node,)))
        block, node = block.loop("node", everything)
    for selector in segment.selectors:
        _append(block, selector, node, target, base)


def _append(
    block: Block, selector: m.Selector, node: Code, target: Code, base: str
) -> None:
    append = dotted(target, "append")
    if isinstance(selector, m.Name):
        name = literal(selector.name)
        is_object = joined(code("isinstance("), node, code(", dict) and "))
        inner = block.when(joined(is_object, name, code(" in "), node))
        inner.call(append, joined(node, code("["), name, code("]")))
    elif isinstance(selector, m.Index):
        least = -selector.index if selector.index < 0 else selector.index + 1
        is_list = joined(code("isinstance("), node, code(", list) and len("))
        enough = joined(node, code(") >= "), literal(least))
        inner = block.when(joined(is_list, enough))
        at = literal(selector.index)
        inner.call(append, joined(node, code("["), at, code("]")))
    elif isinstance(selector, m.Filter):
        children = literal(Call(block.writer.helper("children"), (node,)))
        loop, child = block.loop("child", children)
        inner = loop.when(_test(block, selector.test, child, base))
        inner.call(append, child)
    else:
        short = _short(block, m.Segment((selector,)), node)
        assert short is not None
        block.call(dotted(target, "extend"), short)


def _bounds(selector: m.Slice) -> Code:
    parts = [
        code("") if part is None else literal(part)
        for part in (selector.start, selector.stop)
    ]
    step = (
        code("") if selector.step is None else joined(code(":"), literal(selector.step))
    )
    return joined(code("["), parts[0], code(":"), parts[1], step, code("]"))


def _test(block: Block, test: m.Test, node: Code, base: str) -> Code:
    if isinstance(test, m.Exists):
        block.writer.helpers.add("MISSING")
        found = literal(_side(block, test.query, node, base))
        return joined(found, code(" is not MISSING"))
    if isinstance(test, m.Not):
        if isinstance(test.test, m.Exists):
            block.writer.helpers.add("MISSING")
            found = literal(_side(block, test.test.query, node, base))
            return joined(found, code(" is MISSING"))
        inner = _test(block, test.test, node, base)
        return joined(code("not ("), inner, code(")"))
    if isinstance(test, m.Every | m.Some):
        word = code(" and ") if isinstance(test, m.Every) else code(" or ")
        parts = [_grouped(block, part, node, base) for part in test.tests]
        return joined(parts[0], *(joined(word, part) for part in parts[1:]))
    left = _side(block, test.left, node, base)
    right = _side(block, test.right, node, base)
    if test.operator in (">", ">="):
        left, right = right, left
    if test.operator in ("==", "!="):
        same = literal(Call(block.writer.helper("equal"), (left, right)))
        return same if test.operator == "==" else joined(code("not "), same)
    less = literal(Call(block.writer.helper("less"), (left, right)))
    if test.operator in ("<", ">"):
        return less
    same = literal(Call(block.writer.helper("equal"), (left, right)))
    return joined(code("("), less, code(" or "), same, code(")"))


def _grouped(block: Block, test: m.Test, node: Code, base: str) -> Code:
    found = _test(block, test, node, base)
    if isinstance(test, m.Every | m.Some):
        return joined(code("("), found, code(")"))
    return found


def _side(block: Block, side: m.Query | m.Value, node: Code, base: str) -> Value:
    if isinstance(side, m.Value):
        return side.value
    start = _name(base) if side.absolute else node
    if not side.steps:
        return start
    return Call(block.writer.helper("at"), (start, *side.steps))
