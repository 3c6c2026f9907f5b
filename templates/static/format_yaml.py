"""YAML to JSON: the first document, its plain scalars typed as JSON has types.

`true` and `false`, null (also `~` and nothing), numbers in decimal, hexadecimal and
octal; all else is text, dates and numbers with leading zeros too. Nothing is built of
tags, and what aliases repeat is counted: documents cannot grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

import yaml

from .converted import MAX_DEPTH, Budget, Unreadable, converted, text_of
from .reply import JsonValue, Reply

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL: Final = ("", "~", "null", "Null", "NULL")
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,999})|0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_TEXT_TAGS: Final = ("!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:binary")
# What a value takes up beside its text, about.
_EACH: Final = 4


def convert_yaml(reply: Reply) -> Reply:
    """The document of an answer in YAML. Errors as in `converted`, with the place."""
    return converted(reply, "YAML", lambda reply: parse_yaml(text_of(reply)))


def parse_yaml(text: str) -> JsonValue:
    """The first document of a text; None for one without any. Raises Unreadable."""
    events = yaml.parse(text, Loader=_LOADER)
    try:
        return _Reader(events).document()
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "not well-formed"
        raise Unreadable(problem + _place(error.problem_mark)) from None
    except yaml.YAMLError:
        raise Unreadable("it holds a character that YAML does not allow") from None


def _place(mark: _Mark | None) -> str:
    return f" at line {mark.line + 1} column {mark.column + 1}" if mark else ""


class _Mark(Protocol):
    """Where the parser is, counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _Reader:
    """Makes values of the parser's events; their depth is bounded."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._budget = Budget()
        self._known: dict[str, tuple[JsonValue, int]] = {}

    def document(self) -> JsonValue:
        """The first document."""
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                return self._value(next(self._events), 0)[0]
        return None

    def _value(self, event: yaml.Event, depth: int) -> tuple[JsonValue, int]:
        """A value, and how large it is as JSON, about."""
        if depth > MAX_DEPTH:
            problem = f"more than {MAX_DEPTH} levels in one another"
            raise Unreadable(problem + _place(event.start_mark))
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._known:
                problem = "an alias without an anchor before it"
                raise Unreadable(problem + _place(event.start_mark))
            value, size = self._known[event.anchor]
            self._budget.spend(size)
            return value, size
        if isinstance(event, yaml.ScalarEvent):
            value, size = _scalar(event), len(event.value) + _EACH
            self._budget.spend(size)
        elif isinstance(event, yaml.SequenceStartEvent):
            value, size = self._items(depth)
        else:
            value, size = self._members(depth)
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            self._known[event.anchor] = value, size
        return value, size

    def _items(self, depth: int) -> tuple[JsonValue, int]:
        found: list[JsonValue] = []
        total = _EACH
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            value, size = self._value(event, depth + 1)
            found.append(value)
            total += size
        return found, total

    def _members(self, depth: int) -> tuple[JsonValue, int]:
        found: dict[str, JsonValue] = {}
        total = _EACH
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                problem = "a key that is not one text"
                raise Unreadable(problem + _place(event.start_mark))
            self._budget.spend(len(event.value))
            value, size = self._value(next(self._events), depth + 1)
            found[event.value] = value
            total += size + len(event.value)
        return found, total


def _scalar(event: yaml.ScalarEvent) -> JsonValue:
    text: str = event.value
    quoted = bool(event.style) and event.tag is None
    if quoted or event.tag in _TEXT_TAGS:
        return text
    if text in _NULL:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE.fullmatch(text):
        return int(text, 0)
    if _REAL.fullmatch(text) and not re.match("[-+]?0[0-9]", text):
        return float(text)
    return text
