"""Build data and places from what a YAML parser sees, within limits.

The parser itself is not known here: ``source`` translates its events into calls. All
places are offsets in characters into the text of the file.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NoReturn

from naftiko_gen.diagnostics import Position, Report, Span, line_starts
from naftiko_gen.ir import JsonValue
from naftiko_gen.yaml_scalars import Unusable, resolve, short, unsupported

__all__ = ["Notes", "Place", "Stop", "Tree"]

_MAX_VALUES = 200_000
_MAX_REPEATED = 100_000  # what aliases may add, in the unit of _Node.weight
_MAX_DEPTH = 64
_MAX_PROBLEMS = 100

#: A value that names an input by a word which YAML 1.1 takes for true or false.
_SWITCH = re.compile(
    r"(?:\{\{\s*)?(?:tools|rest|mcp)\.(on|off|yes|no|y|n)(?:\s*\}\})?", re.I
)
_NOUNS = {dict: "a mapping", list: "a list", str: "a text", bool: "a boolean"}


class Stop(Exception):
    """What is wrong has been reported, and there is no sense in reading on."""


class Notes:
    """The problems of one text: turns offsets into positions and reports."""

    def __init__(self, file: str, text: str, report: Report) -> None:
        self.lines = line_starts(text)
        self.count = 0
        self.misread = False  # whether a key means another text than the one written
        self._file = file
        self._report = report

    def position(self, offset: int) -> Position:
        """The line and column of ``offset``."""
        line = bisect_right(self.lines, offset)
        return Position(line, offset - self.lines[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The text between two offsets."""
        return Span(self._file, self.position(start), self.position(end))

    def add(
        self, code: str, message: str, start: int, end: int, hint: str | None = None
    ) -> None:
        """Report a problem. Raises Stop when there are too many to be of use."""
        self._report.add(code, message, self.span(start, end), hint)
        self.count += 1
        if self.count >= _MAX_PROBLEMS:
            raise Stop

    def remark(self, code: str, message: str, place: "Place", hint: str) -> None:
        """Report how a key is read that means another text."""
        self._report.add(code, message, self.span(place.start, place.end), hint)
        self.misread = True

    def stop(
        self, code: str, message: str, start: int, end: int, hint: str | None = None
    ) -> NoReturn:
        """Report a problem that ends the reading."""
        self.add(code, message, start, end, hint)
        raise Stop


@dataclass(slots=True)
class Place:
    """Where a value, its key and its members stand; scalars have no members."""

    start: int
    end: int
    members: dict[str | int, "Place"] | None = None
    key: tuple[int, int] | None = None


@dataclass(slots=True)
class _Node:
    """A value that is complete or still growing."""

    value: JsonValue
    place: Place
    weight: int = 1  # one for each value in it and for each 32 characters
    height: int = 0  # levels of nesting in it
    anchor: str | None = None
    #: Of a mapping: the key that waits for its value.
    key: tuple[JsonValue, Place] | None = None


class Tree:
    """The value that grows while a document is read; afterwards ``value`` and ``place``."""

    def __init__(self, text: str, notes: Notes, *, number_keys: bool = False) -> None:
        self._text = text
        self._number_keys = number_keys
        self._notes = notes
        self._root: _Node | None = None
        self._open: list[_Node] = []
        self._anchors: dict[str, _Node | None] = {}  # None: its value is still growing
        self._values = 0
        self._repeated = 0

    def finish(self) -> tuple[JsonValue, Place] | None:
        """The root if it is a mapping; None after reporting that it is not."""
        root = self._root
        if root is None or (root.value is None and root.place.start == root.place.end):
            hint = "a document of this kind is a mapping: lines of `key: value`"
            self._notes.add("E004", "the file holds no value", 0, 0, hint)
            return None
        if not isinstance(root.value, dict):
            message = f"the root is {_noun(root.value)}, not a mapping"
            hint = "write lines of `key: value`"
            self._notes.add("E005", message, root.place.start, root.place.end, hint)
            return None
        return root.value, root.place

    def scalar(
        self, text: str, place: Place, tag: str | None, plain: bool, anchor: str | None
    ) -> None:
        """A scalar; ``plain`` if it has neither quotes nor tag."""
        try:
            value = resolve(text, tag, plain)
        except Unusable as problem:
            self._refuse(problem, place)
            value = text
        weight = 1 + len(text) // 32
        if anchor is not None:
            self._anchors[anchor] = _Node(value, place, weight)
        self._add(value, place, weight, 0)

    def begin(
        self, empty: JsonValue, place: Place, tag: str | None, anchor: str | None
    ) -> None:
        """A list or mapping starts, ``empty`` so far; ``place`` is that of its start."""
        kind = "map" if isinstance(empty, dict) else "seq"
        if tag not in (None, "!", f"tag:yaml.org,2002:{kind}"):
            self._refuse(unsupported(tag or ""), place)
        self._check_depth(1, place)
        place.members = {}
        self._open.append(_Node(empty, place, height=1, anchor=anchor))
        if anchor is not None:
            self._anchors[anchor] = None

    def end(self, offset: int) -> None:
        """The innermost list or mapping ends at ``offset``."""
        node = self._open.pop()
        node.place.end = offset
        if node.anchor is not None:
            self._anchors[node.anchor] = node
        self._add(node.value, node.place, node.weight, node.height)

    def alias(self, name: str, place: Place) -> None:
        """The value of the anchor ``name`` again, as a copy: no two places share data."""
        start, end = place.start, place.end
        if name not in self._anchors:
            message = f"no anchor `&{short(name)}` stands before this alias"
            self._notes.stop(
                "E003", message, start, end, "put a text that starts with `*` in quotes"
            )
        node = self._anchors[name]
        if node is None:
            message = f"the alias `*{short(name)}` stands inside the value it repeats"
            self._notes.stop("E009", message, start, end, "write the value out")
        self._repeated += node.weight
        if self._repeated > _MAX_REPEATED:
            message = "aliases repeat more than 100,000 values"
            self._notes.stop("E009", message, start, end, "write the values out")
        self._check_depth(node.height, place)
        place.members = node.place.members
        self._add(_copy(node.value), place, node.weight, node.height)

    def _check_depth(self, more: int, place: Place) -> None:
        if len(self._open) + more > _MAX_DEPTH:
            message = f"values are nested more than {_MAX_DEPTH} deep"
            hint = "check the indentation, or write the document flatter"
            self._notes.stop("E008", message, place.start, place.end, hint)

    def _add(self, value: JsonValue, place: Place, weight: int, height: int) -> None:
        self._values += 1
        if self._values > _MAX_VALUES:
            message = f"the file holds more than {_MAX_VALUES:,} values"
            hint = "split the file, or shorten what is embedded in it"
            self._notes.stop("E007", message, place.start, place.end, hint)
        if not self._open:
            self._root = _Node(value, place, weight, height)
            return
        parent = self._open[-1]
        parent.weight += weight
        if parent.height <= height:
            parent.height = height + 1
        members = parent.place.members
        assert members is not None
        holder = parent.value
        if type(holder) is list:
            members[len(holder)] = place
            holder.append(value)
        elif parent.key is None:
            if self._number_keys and type(value) is int:
                # Written so: a status keeps its three digits.
                value = self._text[place.start : place.end]
            parent.key = (value, place)
            if type(value) is not str or value in members or value == "<<":
                self._check_key(value, place, members)
        elif type(holder) is dict:
            (key, at), parent.key = parent.key, None
            if isinstance(key, bool):
                key = self._meant(key, at, value)
                if key in members and isinstance(key, str):
                    self._check_key(key, at, members)
            # A key that was refused has been reported: its value is left out.
            if type(key) is str and key not in members:
                place.key = (at.start, at.end)
                members[key] = place
                holder[key] = value

    def _check_key(
        self, key: JsonValue, place: Place, members: dict[str | int, Place]
    ) -> None:
        start, end = place.start, place.end
        text = short(self._text[start:end])
        if isinstance(key, bool):
            return  # Its value may say what it means.
        if not isinstance(key, str):
            message = f"the key `{text}` is {_noun(key)}, not a text"
            hint = f"put it in quotes: '{text}'"
            if isinstance(key, dict | list):
                message = f"a key is {_noun(key)}, not a text"
                hint = "put a text that starts with `{`, `[` or `? ` in quotes"
            elif not text:
                message, hint = "a key is missing before `:`", "write `key: value`"
            self._notes.add("E010", message, start, end, hint)
        elif text == "<<":
            message = "merge keys (`<<`) are not supported"
            hint = "write the keys out, or put '<<' in quotes if it is the key's name"
            self._notes.add("E012", message, start, end, hint)
        elif key in members:
            offset, _ = members[key].key or (start, end)
            first = self._notes.position(offset)
            at = f"line {first.line}, column {first.column}"
            message = f"the key `{short(key)}` is given already, at {at}"
            hint = "remove one of the two, or join what they hold"
            self._notes.add("E006", message, start, end, hint)

    def _meant(self, key: JsonValue, at: Place, value: JsonValue) -> JsonValue:
        """The text that a key ``true`` stands for: a tool of YAML 1.1 wrote it for ``on``."""
        found = _SWITCH.fullmatch(value) if isinstance(value, str) else None
        text = short(self._text[at.start : at.end])
        if found is None:
            message = f"the key `{text}` is a boolean, not a text"
            hint = f"put it in quotes: '{text}'"
            self._notes.add("E010", message, at.start, at.end, hint)
            return key
        message = f"the key `{text}`: read as `{found[1]}`, which its value names"
        self._notes.remark("W175", message, at, f"write '{found[1]}', in quotes")
        return found[1]

    def _refuse(self, problem: Unusable, place: Place) -> None:
        start, end = place.start, place.end
        self._notes.add(problem.code, problem.message, start, end, problem.hint)


def _noun(value: JsonValue) -> str:
    return "null" if value is None else _NOUNS.get(type(value), "a number")


def _copy(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value
