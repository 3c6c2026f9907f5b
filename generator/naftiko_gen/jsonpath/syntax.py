r"""The grammar of paths: what Jayway's dialect and RFC 9535 agree on.

    path      = "$" | "$." | ["$"] segment*         a leading `$.` may be left out
    segment   = "." name | "." "*" | ["."] bracket | ".." (name | "*" | bracket)
    bracket   = "[" selector ("," selector)* "]"
    selector  = quoted | index | slice | "*" | "?" filter

Blanks inside a name are part of it, as in `$.first name`. Functions are not in the dialect.
"""

from __future__ import annotations

from naftiko_gen.ir_mapping import (
    Filter,
    Index,
    Name,
    Path,
    Segment,
    Selector,
    Slice,
    Wildcard,
)

from .filters import read_filter
from .reader import Reader

_LONGEST = 2000
_DEEPEST = 64


def parse(text: str) -> Path:
    """The path that ``text`` is. Raises PathError with the offending part of it."""
    reader = Reader(text.rstrip())
    reader.space()
    if len(text) > _LONGEST:
        reader.fail(f"the path is longer than {_LONGEST} characters")
    if not reader.next:
        reader.fail("the path is empty", hint="`$` is the whole document")
    bare = not reader.take("$")
    deep = reader.text.startswith("..", reader.at)
    if bare and not deep and reader.next in (".", "@"):
        reader.fail(f"a path cannot start with `{reader.next}`", hint="start with `$.`")
    if reader.text[reader.at :] == ".":
        return Path()
    segments: list[Segment] = []
    if bare and not deep and reader.next != "[":
        segments.append(_child(reader))
    while reader.next:
        if len(segments) == _DEEPEST:
            reader.fail(f"the path has more than {_DEEPEST} steps")
        segments.append(_segment(reader))
    return Path(tuple(segments))


def _segment(reader: Reader) -> Segment:
    if reader.take(".."):
        if reader.next == "[":
            return Segment(_bracket(reader), descend=True)
        return Segment(_child(reader).selectors, descend=True)
    if reader.take("."):
        if reader.next != "[":
            return _child(reader)
    elif reader.next != "[":
        reader.fail(
            f"`{reader.next}` stands where `.` or `[` should",
            hint="names with other characters go into brackets and quotes: ['…']",
        )
    return Segment(_bracket(reader))


def _child(reader: Reader) -> Segment:
    if reader.take("*"):
        return Segment((Wildcard(),))
    name = reader.name()
    if name is None:
        found = f"`{reader.next}` stands" if reader.next else "the path ends"
        reader.fail(
            f"{found} where a name should",
            hint="names with other characters go into brackets and quotes: ['…']",
        )
    while reader.next == " ":
        start = reader.at
        reader.space()
        more = reader.name()
        if more is None:
            reader.fail("a blank stands before no name", start, reader.at)
        name += reader.text[start : reader.at - len(more)] + more
    return Segment((Name(name),))


def _bracket(reader: Reader) -> tuple[Selector, ...]:
    reader.need("[", "before a selector")
    selectors: list[Selector] = []
    while not selectors or reader.take(","):
        reader.space()
        selectors.append(_selector(reader))
        reader.space()
    reader.need("]", "after a selector")
    return tuple(selectors)


def _selector(reader: Reader) -> Selector:
    if reader.take("*"):
        return Wildcard()
    if reader.take("?"):
        return Filter(read_filter(reader))
    name = reader.quoted()
    if name is not None:
        return Name(name)
    start = reader.at
    first = reader.integer()
    reader.space()
    if reader.next != ":":
        if first is None:
            reader.refuse_call()
            reader.fail(
                "a selector is a quoted name, an index, a slice, `*` or a filter",
                start,
                hint="put a name into quotes",
            )
        return Index(first)
    return _slice(reader, first, start)


def _slice(reader: Reader, first: int | None, start: int) -> Slice:
    parts: list[int | None] = [first]
    while len(parts) < 3 and reader.take(":"):
        reader.space()
        parts.append(reader.integer())
        reader.space()
    begin, stop, step = (*parts, None)[:3]
    if step == 0:
        reader.fail("a slice with a step of 0 selects nothing", start, reader.at)
    return Slice(begin, stop, step)
