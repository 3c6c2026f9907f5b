"""A rewritten document as text, with the comments, the order and the quotes of what was written.

The tree is compared with the one that the file holds: a part that is the same is ruamel's own
node of the file, a mapping or list that has changed is made anew of such nodes, and what is new
is written in the style around it.
"""

from __future__ import annotations

import io
import re
import sys
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import (
    LiteralScalarString,
    PlainScalarString,
    ScalarString,
)

from naftiko_gen import yaml_text
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonValue
from naftiko_gen.source import NodePath, Source, parse

from .comments import Node, last_key, put_start, put_tail, take_tail

#: Characters for private use: no text of a file is likely to hold them.
_MARK, _FILL = "\ue000", "\ue001"
_LIST = re.compile(r"^( *)(?![-#\s])[^\n]*:[ ]*\n( *)-( +)[^\s#]", re.M)
_MAPPING = re.compile(r"^( *)(?![-#\s])[^\n]*:[ ]*\n( +)[^-#\s]", re.M)


def render(written: Source, rewritten: Source) -> bytes:
    """The text of ``rewritten``, which is ``written`` with other data.

    The text of the file itself where the data are the same. What cannot be written as the file
    does it (a value that an alias repeats in another place, say) is written plainly: the text
    always gives the data.
    """
    if written.misread:
        # The file's own text of a key is not the one that is meant.
        return yaml_text.dump(rewritten.data)
    if same(written.data, rewritten.data):
        return written.raw
    yaml = _yaml(written.text)
    try:
        writer = _Writer(written, rewritten, yaml.load(written.text))
        stream = io.StringIO()
        yaml.dump(writer.document(), stream)
        text = writer.restored(stream.getvalue()).encode()
    except (
        YAMLError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        # ruamel reads YAML more strictly than our reader does, and a tag may stand anywhere.
        text = b""
    found = parse(written.file, text, Report())
    if found is None or not same(found.data, rewritten.data):
        return yaml_text.dump(rewritten.data)
    return text


def same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values are written alike: 1 is neither true nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(
            same(value, other[key]) for key, value in one.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def _yaml(text: str) -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = sys.maxsize
    yaml.explicit_start = text.startswith("---")
    mapping, listed = _MAPPING.search(text), _LIST.search(text)
    offset = len(listed[2]) - len(listed[1]) if listed else 2
    yaml.indent(
        mapping=len(mapping[2]) - len(mapping[1]) if mapping else 2,
        sequence=offset + 1 + (len(listed[3]) if listed else 1),
        offset=offset,
    )
    return yaml


class _Writer:
    def __init__(self, written: Source, rewritten: Source, root: Node) -> None:
        self._written, self._rewritten, self._root = written, rewritten, root
        self._used: set[int] = set()
        self._mark = _MARK
        while self._mark in written.text:
            self._mark += _MARK
        self._kept: list[str] = []

    def restored(self, text: str) -> str:
        """``text`` with what is kept as it is written in the place of its marks."""
        return re.sub(
            f"{self._mark}([0-9]+){_FILL}*",
            lambda found: self._kept[int(found[1])],
            text,
        )

    def document(self) -> Node:
        return self._node(self._rewritten.data, ())

    def _node(self, value: JsonValue, path: NodePath) -> Node:
        old = self._rewritten.origin(path)
        node, was = self._at(old)
        # A node that stands in two places, through an alias or a rule, is one of them only.
        fresh = isinstance(node, CommentedMap | CommentedSeq)
        if fresh and id(node) in self._used:
            return _plain(value)
        if same(value, was) and (fresh or node is not None):
            return self._same(node, value, old)
        if isinstance(node, CommentedMap) and isinstance(value, dict):
            self._used.add(id(node))
            return self._mapping(node, value, path, old)
        if isinstance(node, CommentedSeq) and isinstance(value, list):
            self._used.add(id(node))
            return self._list(node, value, path, old)
        if isinstance(node, ScalarString) and "\n" not in f"{node}{value}":
            return type(node)(value) if isinstance(value, str) else _plain(value)
        return _plain(value)

    def _mapping(
        self, node: Node, value: dict[str, JsonValue], path: NodePath, old: NodePath
    ) -> Node:
        names = {key: self._from((*path, key), old) for key in value}
        for key, name in names.items():
            # What a rule adds is said to stand where what it was made of does.
            if name != key and name in value:
                names[key] = None
        tail = _closed(node, [name for name in names.values() if name in node])
        result = _like(node, CommentedMap())
        for key, item in value.items():
            name = names[key]
            result[key] = self._node(item, (*path, key))
            if name in node.ca.items:
                result.ca.items[key] = node.ca.items[name]
        return _ended(result, tail)

    def _list(
        self, node: Node, value: list[JsonValue], path: NodePath, old: NodePath
    ) -> Node:
        places = [self._from((*path, index), old) for index in range(len(value))]
        known = [at for at in places if isinstance(at, int) and at < len(node)]
        tail = _closed(node, known)
        result = _like(node, CommentedSeq())
        for index, item in enumerate(value):
            result.append(self._node(item, (*path, index)))
            if places[index] in node.ca.items and places.index(places[index]) == index:
                result.ca.items[index] = node.ca.items[places[index]]
        return _ended(result, tail)

    def _from(self, path: NodePath, parent: NodePath) -> str | int | None:
        """Where in the mapping or list at ``parent`` the node at ``path`` stood."""
        old = self._rewritten.origin(path)
        inside = len(old) == len(parent) + 1 and old[:-1] == parent
        return old[-1] if inside else None

    def _at(self, path: NodePath) -> tuple[Node, JsonValue]:
        """The nodes of the file at ``path``, ruamel's and ours; a pair of None for no node."""
        node, value = self._root, self._written.data
        for step in path:
            known: Any = value
            inside = (
                step in value
                if isinstance(value, dict)
                else isinstance(value, list)
                and isinstance(step, int)
                and step < len(value)
            )
            if not inside:
                return None, None
            node, value = node[step], known[step]
        return node, value

    def _same(self, node: Node, value: JsonValue, path: NodePath) -> Node:
        """The node at ``path``, with marks for what ruamel would write in another way."""
        block = isinstance(node, CommentedMap | CommentedSeq)
        if block:
            self._used.add(id(node))
        if block and not node.fa.flow_style():
            keys = node if isinstance(node, CommentedMap) else range(len(node))
            for key in keys:
                known: Any = value
                node[key] = self._same(node[key], known[key], (*path, key))
            return node
        text = self._written.text_at(path)
        if not text or text[0] in "|>" or "#" in text and "\n" in text:
            return node
        if isinstance(node, str) and text.strip("'\"") == value:
            return node
        self._kept.append(text)
        # As long as the text, so that a comment behind it stays in its column.
        mark = f"{self._mark}{len(self._kept) - 1}".ljust(min(len(text), 200), _FILL)
        # A mapping gives a text without a style the quotes of the one before.
        return PlainScalarString(mark)


def _closed(node: Node, kept: list[Any]) -> str:
    """Move what follows entries that are not ``kept`` to those before them.

    What follows the whole node is taken away and given back.
    """
    last = last_key(node)
    if last is None or node.fa.flow_style():
        return ""
    tail = take_tail(node, last)
    before = None
    for key in node if isinstance(node, CommentedMap) else range(len(node)):
        if key in kept:
            before = key
            continue
        lines = take_tail(node, key)
        if before is None:
            put_start(node, lines)
        else:
            put_tail(node, before, lines)
    return tail


def _ended(node: Node, tail: str) -> Node:
    last = last_key(node)
    if last is not None:
        put_tail(node, last, tail)
    return node


def _like(node: Node, result: Node) -> Node:
    """``result`` in the style of ``node``, with the comments before its first entry."""
    if node.fa.flow_style():
        result.fa.set_flow_style()
    result.ca.comment = node.ca.comment
    result.ca.end = node.ca.end
    return result


def _plain(value: JsonValue) -> Node:
    if isinstance(value, dict):
        return CommentedMap((key, _plain(item)) for key, item in value.items())
    if isinstance(value, list):
        return CommentedSeq(_plain(item) for item in value)
    if isinstance(value, str) and "\n" in value.strip("\n"):
        return LiteralScalarString(value)
    return value
