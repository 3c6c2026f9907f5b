"""What can be replaced of the templates: their names, what they print, and their variables.

All of it is read from the types in ``contexts``, to which the views are held.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from .contexts import TEMPLATES
from .shipped import templates_dir


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a template, or a member of one: of a mapping, or of each item of a list."""

    name: str
    type: str
    meaning: str
    members: tuple[Variable, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A template that a file of the same name can replace."""

    name: str
    prints: str
    variables: tuple[Variable, ...]

    @property
    def text(self) -> str:
        """Its text, to begin with."""
        return (templates_dir() / self.name).read_text(encoding="utf-8")


def templates() -> dict[str, Template]:
    """Every template by its name."""
    return {
        name: Template(name, _first_line(of), tuple(_variables(of)))
        for name, of in TEMPLATES.items()
    }


def _first_line(of: type[Any]) -> str:
    return (of.__doc__ or "").partition("\n")[0]


def _variables(of: type[Any]) -> Iterator[Variable]:
    for name, hint in get_type_hints(of, include_extras=True).items():
        if get_origin(hint) is not Annotated:
            raise TypeError(f"{of.__name__}.{name} has no meaning")
        kind, meaning = get_args(hint)
        inner = _described(kind)
        members = tuple(_variables(inner)) if inner else ()
        yield Variable(name, _name(kind), meaning, members)


def _described(kind: Any) -> type[Any] | None:
    """The table or class that a type is, or is made of."""
    if isinstance(kind, type) and (_is_table(kind) or is_dataclass(kind)):
        return kind
    if get_origin(kind) in (Sequence, Union, types.UnionType):
        return next(filter(None, map(_described, get_args(kind))), None)
    return None


def _is_table(kind: type[Any]) -> bool:
    return issubclass(kind, dict) and hasattr(kind, "__required_keys__")


def _name(kind: Any) -> str:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return " | ".join(map(_name, arguments))
    if origin is Sequence:
        return f"list of {_name(arguments[0])}"
    if origin in (dict, Mapping):
        return "mapping"
    return "None" if kind is type(None) else str(kind.__name__)
