"""Literals, calls, signatures and imports in the one shape that black leaves alone.

A construct stands on one line when that fits, else it is exploded: an item a line, a trailing
comma. The trailing comma is what makes black keep the second shape.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard, Union

from .code import Code, ident
from .strings import LINE_LENGTH, quote, width

Value: TypeAlias = Union[
    None, bool, int, float, str, bytes, "Sequence[Value]", "Mapping[str, Value]", "Call"
]

_STEP = 4
_NOTHING = Code("")


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a value: the item of a list, an argument, the right side of a statement."""

    function: Code
    arguments: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a signature; ``default`` is source text, empty when there is none."""

    name: str
    annotation: Code
    default: Code = _NOTHING

    def __str__(self) -> str:
        tail = f" = {self.default}" if self.default else ""
        return f"{ident(self.name)}: {self.annotation}{tail}"


@dataclass(slots=True)  # Not frozen: there are thousands in a file.
class _Shape:
    """A construct on one line, and its parts for the case that it has to be exploded."""

    flat: str
    columns: int
    opening: str = ""
    items: tuple[tuple[str, _Shape], ...] = ()
    closing: str = ""


def _atom(text: str) -> _Shape:
    return _Shape(text, width(text))


def _group(
    opening: str, items: Sequence[tuple[str, _Shape]], closing: str, last: str = ""
) -> _Shape:
    flat = (
        opening
        + ", ".join(label + shape.flat for label, shape in items)
        + last
        + closing
    )
    return _Shape(flat, width(flat), opening, tuple(items), closing)


def _is_sequence(value: object) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, (tuple, list))


def _number(value: int | float) -> str:
    if isinstance(value, int):
        return int.__repr__(value)
    if not math.isfinite(value):
        raise ValueError(f"no Python literal for the number {value!r}")
    return float.__repr__(value).replace("e+", "e")


def _shape(value: Value) -> _Shape:
    kind = type(value)
    if kind is Code or kind is str:
        return _atom(value if kind is Code else quote(value))  # type: ignore[arg-type]
    if value is None or isinstance(value, bool):
        return _atom(str(value))
    if isinstance(value, Code):
        return _atom(value)
    if isinstance(value, (str, bytes)):
        return _atom(quote(value))
    if isinstance(value, (int, float)):
        return _atom(_number(value))
    if isinstance(value, Call):
        return _call_shape(value)
    if isinstance(value, Mapping):
        return _group("{", list(_members(value)), "}")
    if _is_sequence(value):
        items = [("", _shape(item)) for item in value]
        if isinstance(value, tuple):
            return _group("(", items, ")", last="," if len(items) == 1 else "")
        return _group("[", items, "]")
    raise TypeError(f"no Python literal for a {type(value).__name__}")


def _members(value: Mapping[str, Value]) -> Iterator[tuple[str, _Shape]]:
    for key, member in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a literal's keys are strings, not {type(key).__name__}")
        yield f"{quote(key)}: ", _shape(member)


def _call_shape(call: Call) -> _Shape:
    items = [("", _shape(argument)) for argument in call.arguments]
    items += [(f"{ident(name)}=", _shape(value)) for name, value in call.keywords]
    return _group(f"{call.function}(", items, ")")


def _print(shape: _Shape, indent: int, before: int, after: int) -> str:
    """``shape`` in a line at ``indent`` with ``before`` and ``after`` columns around it."""
    if not shape.items or indent + before + shape.columns + after <= LINE_LENGTH:
        return shape.flat
    margin = "\n" + " " * (indent + _STEP)
    lines = [
        f"{margin}{label}{_print(item, indent + _STEP, width(label), 1)},"
        for label, item in shape.items
    ]
    return f"{shape.opening}{''.join(lines)}\n{' ' * indent}{shape.closing}"


def literal(value: Value, indent: int = 0, prefix: str = "", suffix: str = "") -> Code:
    """``value`` as source text, inside brackets or as a call's argument.

    ``indent`` is that of the line in which it starts; ``prefix`` and ``suffix`` are what stands
    before and behind it in its line (they are measured, not printed). The result's further lines
    carry their indentation. Raises TypeError for what has no literal form and ValueError for a
    number that is not finite. Mappings keep their order.
    """
    return Code(_print(_shape(value), indent, width(prefix), width(suffix)))


def statement(head: Code, value: Value, indent: int = 0) -> Code:
    """``head value``, where head is ``return`` or ends in ``=``.

    A lone string or number that only fits on a line of its own goes into parentheses there.
    """
    shape = _shape(value)
    before = width(head) + 1
    fits = indent + before + shape.columns <= LINE_LENGTH
    if fits or shape.items or indent + _STEP + shape.columns > LINE_LENGTH:
        return Code(f"{head} {_print(shape, indent, before, 0)}")
    inner, outer = " " * (indent + _STEP), " " * indent
    return Code(f"{head} (\n{inner}{shape.flat}\n{outer})")


def assign(
    name: str, value: Value, indent: int = 0, annotation: Code = _NOTHING
) -> Code:
    """``name = value`` or ``name: annotation = value``."""
    typed = f": {annotation}" if annotation else ""
    return statement(Code(f"{ident(name)}{typed} ="), value, indent)


def call(
    head: Code,
    arguments: Sequence[Value] = (),
    keywords: Mapping[str, Value] | None = None,
    suffix: str = "",
    indent: int = 0,
) -> Code:
    """``head(arguments, keyword=value)`` as a statement or the start of one.

    ``head`` is all that stands before the bracket (``return await upstream.send``); ``suffix`` is
    measured only.
    """
    shape = _call_shape(Call(head, tuple(arguments), tuple((keywords or {}).items())))
    return Code(_print(shape, indent, 0, width(suffix)))


def signature(
    head: Code, parameters: Sequence[Parameter | Code], returns: Code, indent: int = 0
) -> Code:
    """``head(parameters) -> returns:``; head is ``def name`` or ``async def name``.

    A ``Code`` among the parameters stands as it is: the ``*`` before keyword-only ones, ``self``.
    """
    items = [("", _atom(str(parameter))) for parameter in parameters]
    tail = f") -> {returns}:"
    return Code(_print(_group(f"{head}(", items, tail), indent, 0, 0))


def from_import(module: Code, names: Sequence[str]) -> Code:
    """``from module import names``: constants, then classes, then the rest, each in order."""

    def rank(name: str) -> tuple[int, str]:
        return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)

    unique = sorted({ident(name) for name in names}, key=rank)
    if not unique:
        raise ValueError(f"nothing to import from {module}")
    line = f"from {module} import {', '.join(unique)}"
    if width(line) <= LINE_LENGTH:
        return Code(line)
    return Code(
        "\n    ".join([f"from {module} import (", *(f"{name}," for name in unique)])
        + "\n)"
    )
