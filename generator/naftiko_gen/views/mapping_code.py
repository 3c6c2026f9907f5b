"""The lines of one emitted mapping while they are written: blocks, variables, helpers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from naftiko_gen.names import identifier
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    call,
    code,
    ident,
    joined,
    statement,
)

_LONGEST_NAME = 24
_MARGIN = code("    ")
LIST_OR_NONE = annotation("list[JsonValue] | None")
LIST = annotation("list[JsonValue]")

#: Names of the module that no variable may take.
HELPERS = (
    "at",
    "children",
    "concat",
    "descendants",
    "equal",
    "item",
    "items",
    "less",
    "members",
    "said_boolean",
    "said_number",
)


class Writer:
    """The lines of a function, and the names that are taken in it."""

    def __init__(self, helpers: set[str], parameters: Iterable[str] = ()) -> None:
        self.lines: list[Code] = []
        self.helpers = helpers
        self._taken = {"document", *HELPERS, *parameters}

    def name(self, hint: str) -> Code:
        """A new variable, called after ``hint`` when that is short enough."""
        wanted = identifier(hint, fallback="value")
        wanted = wanted if len(wanted) <= _LONGEST_NAME else "value"
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return ident(name)

    def helper(self, name: str) -> Code:
        """A function of ``json_values``, which is then imported."""
        self.helpers.add(name)
        return ident(name)


@dataclass(slots=True)
class Block:
    """Lines of one indentation. ``objects`` are variables that hold an object, by what it is."""

    writer: Writer
    depth: int
    objects: dict[object, Code] = field(default_factory=dict)

    def put(self, line: Code) -> None:
        """One line, or several of which all but the first have their indentation."""
        self.writer.lines.append(joined(*[_MARGIN] * self.depth, line))

    def statement(self, head: Code, value: Value) -> None:
        """``head value``."""
        self.put(statement(head, value, 4 * self.depth))

    def call(self, head: Code, value: Value) -> None:
        """``head(value)``."""
        self.put(call(head, (value,), indent=4 * self.depth))

    def variable(self, hint: str, value: Value) -> Code:
        """A variable that holds ``value``; the one that it is when it is one."""
        if isinstance(value, Code) and value.isidentifier() and value != "None":
            return value
        name = self.writer.name(hint)
        self.statement(joined(name, code(" =")), value)
        return name

    def declare(self, hint: str, kind: Code) -> Code:
        """A variable of a type, which is None so far."""
        name = self.writer.name(hint)
        self.put(joined(name, code(": "), kind, code(" = None")))
        return name

    def inner(self) -> Block:
        """The block below the last line; what it finds out is not known outside."""
        return Block(self.writer, self.depth + 1, dict(self.objects))

    def when(self, condition: Code) -> Block:
        """``if condition:``."""
        self.put(joined(code("if "), condition, code(":")))
        return self.inner()

    def loop(self, hint: str, source: Code) -> tuple[Block, Code]:
        """``for entry in source:``, and the name of the entry."""
        entry = self.writer.name(hint)
        self.put(joined(code("for "), entry, code(" in "), source, code(":")))
        return self.inner(), entry

    def object(self, key: object, hint: str, source: Value) -> Code:
        """A variable with the object that ``source`` is, an empty one if it is none."""
        if key in self.objects:
            return self.objects[key]
        if isinstance(source, Code):
            name = self.writer.name(hint)
            check = code(" if isinstance(")
            tail = code(", dict) else {}")
            self.put(joined(name, code(" = "), source, check, source, tail))
        else:
            name = self.variable(hint, Call(self.writer.helper("members"), (source,)))
        self.objects[key] = name
        return name
