"""Where ruamel keeps comments, and how they stay where a reader expects them.

What stands between an entry and the next one hangs, as one text, on the last line of the entry:
the comment of that line, then blank lines and comments that belong to what follows.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.tokens import CommentToken

# ruamel has no types for what its nodes keep of a text.
Node = Any


def take_tail(holder: Node, key: Node) -> str:
    """Take away the lines between the entry at ``key`` and what follows; the lines, or nothing."""
    holder, key = _last(holder, key)
    place = _place(holder)
    slots = holder.ca.items.get(key)
    token = slots[place] if slots else None
    if not isinstance(token, CommentToken):
        return ""
    line, _, tail = token.value.partition("\n")
    slots[place] = CommentToken(f"{line}\n", token.start_mark) if line else None
    if not any(slots):
        del holder.ca.items[key]
    value = holder[key]
    if isinstance(value, CommentedMap | CommentedSeq) and value.ca.comment:
        value.ca.comment[0] = slots[place]  # ruamel notes it at both.
    return tail


def put_tail(holder: Node, key: Node, tail: str) -> None:
    """Let the lines of ``tail`` follow the entry at ``key``."""
    if not tail:
        return
    holder, key = _last(holder, key)
    place = _place(holder)
    slots = holder.ca.items.setdefault(
        key, [None] * (4 if isinstance(holder, CommentedMap) else 2)
    )
    before = slots[place].value if slots[place] is not None else "\n"
    start = slots[place].start_mark if slots[place] is not None else CommentMark(0)
    slots[place] = CommentToken(before + tail, start)


def put_start(holder: Node, tail: str) -> None:
    """Let the lines of ``tail`` stand before the first entry of ``holder``."""
    if not tail:
        return
    before = holder.ca.comment or [None, None]
    lines = list(before[1] or [])
    for line in tail.splitlines(keepends=True):
        text = line.lstrip(" ")
        lines.append(CommentToken(text, CommentMark(len(line) - len(text))))
    holder.ca.comment = [before[0], lines]


def last_key(holder: Node) -> Node:
    """The key or index of the last entry of a block; None when it has none."""
    if isinstance(holder, CommentedMap):
        return next(reversed(holder), None)
    return len(holder) - 1 if len(holder) else None


def _last(holder: Node, key: Node) -> tuple[Node, Node]:
    """The innermost entry with whose line the entry at ``key`` ends."""
    while True:
        value = holder[key]
        if not isinstance(value, CommentedMap | CommentedSeq) or value.fa.flow_style():
            return holder, key
        inner = last_key(value)
        if inner is None:
            return holder, key
        holder, key = value, inner


def _place(holder: Node) -> int:
    return 2 if isinstance(holder, CommentedMap) else 0
