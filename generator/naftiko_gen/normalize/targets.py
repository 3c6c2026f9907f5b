"""JSONPath queries that select nodes of a document by their names."""

from __future__ import annotations

import re

from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TEXT = re.compile(r"[ !#-&(-\[\]-~]+")  # no quotes, backslashes or controls
_NAMES = ("namespace", "name", "path", "method")


def at(data: JsonValue, path: NodePath) -> JsonObject:
    """The mapping at ``path``; an empty one where there is none."""
    node = data
    for step in path:
        if isinstance(node, dict):
            node = node.get(str(step))
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return {}
    return node if isinstance(node, dict) else {}


def target(data: JsonValue, path: NodePath) -> str:
    """A query that selects the node at ``path``, and no other."""
    return _prefix(data, path, len(path))


def targets(data: JsonValue, paths: list[NodePath]) -> str:
    """A query that selects the nodes at ``paths``, all items of one list."""
    items = _items(data, paths[0][:-1])
    tests = [_test(items, path[-1]) for path in paths]
    before = _prefix(data, paths[0], len(paths[0]) - 1)
    if len(tests) > 1 and all(tests):
        return f"{before}[?{' || '.join(tests)}]"
    chosen = [
        f"?{test}" if test else str(path[-1])
        for test, path in zip(tests, paths, strict=True)
    ]
    return f"{before}[{','.join(chosen)}]"


def _prefix(data: JsonValue, path: NodePath, length: int) -> str:
    text, node = "$", data
    for step in path[:length]:
        if isinstance(node, dict) and isinstance(step, str):
            text += f".{step}" if _PLAIN.fullmatch(step) else f"[{_quoted(step)}]"
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int):
            test = _test(node, step)
            text += f"[?{test}]" if test else f"[{step}]"
            node = node[step]
    return text


def _items(data: JsonValue, path: NodePath) -> list[JsonValue]:
    found = at(data, path[:-1]).get(str(path[-1]))
    return found if isinstance(found, list) else []


def _test(items: list[JsonValue], index: str | int) -> str:
    """What only the item at ``index`` fulfils; nothing when its names tell it from no other."""
    item = items[index] if isinstance(index, int) else None
    for key in _NAMES if isinstance(item, dict) else ():
        assert isinstance(item, dict)
        value = item.get(key)
        if not isinstance(value, str) or not _TEXT.fullmatch(value):
            continue
        if sum(isinstance(i, dict) and i.get(key) == value for i in items) == 1:
            return f"@.{key}=={_quoted(value)}"
    return ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
