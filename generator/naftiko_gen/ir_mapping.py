"""The part of the IR that says how an answer is made of an upstream's document.

Like ``ir``, frozen data with every decision taken; it imports no other module of ours but ``ir_text``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .ir_text import JsonValue as JsonValue
from .ir_text import Scalar, Text, Variable

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Query:
    """A path to one value inside a filter, from the tested node or (``absolute``) the root."""

    steps: tuple[str | int, ...]
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A literal inside a filter."""

    value: None | bool | int | float | str


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether ``query`` finds a value (null is one)."""

    query: Query


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values held against each other (RFC 9535, section 2.3.5.2.2)."""

    left: Query | Value
    operator: Operator
    right: Query | Value


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of ``test``."""

    test: Test


@dataclass(frozen=True, slots=True)
class Every:
    """All of ``tests``."""

    tests: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of ``tests``."""

    tests: tuple[Test, ...]


Test: TypeAlias = Exists | Compare | Not | Every | Some


@dataclass(frozen=True, slots=True)
class Name:
    """The member ``name`` of an object."""

    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """One item of a list; a negative ``index`` counts from its end."""

    index: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Some items of a list, as Python's slices (RFC 9535 took them from there)."""

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Every member of an object, every item of a list."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The children that pass ``test``."""

    test: Test


Selector: TypeAlias = Name | Index | Slice | Wildcard | Filter


@dataclass(frozen=True, slots=True)
class Segment:
    """What is selected below each node; ``descend`` means below its descendants as well."""

    selectors: tuple[Selector, ...]
    descend: bool = False

    @property
    def definite(self) -> bool:
        """Whether there can be one result at most."""
        single = len(self.selectors) == 1 and not self.descend
        return single and isinstance(self.selectors[0], Name | Index)


@dataclass(frozen=True, slots=True)
class Path:
    """A JSONPath. A definite one gives a value or null, any other one a list.

    An indefinite one gives null when what stands before its first choice is not there.
    """

    segments: tuple[Segment, ...] = ()

    @property
    def stem(self) -> tuple[Name | Index, ...]:
        """The selectors in front of the first segment that can give several nodes."""
        found: list[Name | Index] = []
        for segment in self.segments:
            if not segment.definite:
                break
            selector = segment.selectors[0]
            assert isinstance(selector, Name | Index)
            found.append(selector)
        return tuple(found)

    @property
    def rest(self) -> tuple[Segment, ...]:
        """The segments behind the stem; none in a definite path."""
        return self.segments[len(self.stem) :]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value of the capability itself."""

    value: JsonValue


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text of what the caller sends, or the number or boolean that it says, null if none.

    What is missing is empty in it. ``sample`` is what becomes of example inputs.
    """

    text: Text
    kind: Scalar
    sample: JsonValue = field(default="", compare=False, repr=False)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The inputs in it."""
        return tuple(p for p in self.text.parts if isinstance(p, Variable))


@dataclass(frozen=True, slots=True)
class At:
    """What stands at ``path``, as it is; ``sample`` is what a sandbox puts there."""

    path: Path
    sample: JsonValue = field(default="text", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Each:
    """The list at ``path`` with ``item`` applied to each item; null for anything but a list."""

    path: Path
    item: Mapping | None


@dataclass(frozen=True, slots=True)
class Members:
    """An object of ``members``, which are taken from what stands at ``base``.

    It is null when nothing stands there; the document itself always does.
    """

    base: Path
    members: tuple[tuple[str, Mapping], ...]


Mapping: TypeAlias = Constant | Rendered | At | Each | Members


def rendered(mapping: Mapping | None) -> tuple[Rendered, ...]:
    """All that is made of inputs in ``mapping``."""
    if isinstance(mapping, Rendered):
        return (mapping,)
    if isinstance(mapping, Each):
        return rendered(mapping.item)
    if isinstance(mapping, Members):
        return tuple(r for _, part in mapping.members for r in rendered(part))
    return ()


@dataclass(frozen=True, slots=True)
class Output:
    """What a route or tool answers: the first of ``alternatives`` that is not null.

    When all are, the upstream's answer is passed on as it is. ``schema`` describes the
    mapped answer.
    """

    ident: str
    alternatives: tuple[Mapping, ...]
    schema: dict[str, JsonValue]

    @property
    def rendered(self) -> tuple[Rendered, ...]:
        """All that is made of inputs."""
        return tuple(r for mapping in self.alternatives for r in rendered(mapping))

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The inputs that the answer is made with, each once."""
        found = (v for part in self.rendered for v in part.variables)
        return tuple({v.ident: v for v in found}.values())
