"""The part of the IR that is about what upstream requests are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .ir_mapping import Output
from .ir_text import JsonObject, Scalar, Text

#: ``field`` is a member of the JSON body, ``variable`` a value that only templates use.
Location = Literal["path", "query", "header", "cookie", "field", "variable"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of an upstream request outside its body.

    ``constant`` is the text that is always sent, ``template`` what the text is made from; such a
    parameter has no ``ident`` that a caller could fill.
    """

    name: str
    ident: str
    location: Location
    type: Scalar
    required: bool
    schema: JsonObject
    constant: str | None = None
    template: Text | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A value that a route or tool takes and hands to one upstream parameter (or the body).

    ``name`` is what the caller writes: a placeholder, a query field, a header, a tool argument.
    ``needed`` is whether it must be given though the upstream could do without it; the location
    ``document`` is the whole body of the request. ``pattern`` is what its text must match, empty
    for any. ``idle`` ones are checked, and handed to nothing. ``pick`` finds the value somewhere in
    the body of the request; without, it is the member of its name.
    """

    name: str
    location: Literal[
        "path", "query", "header", "cookie", "body", "document", "argument"
    ]
    target: Parameter
    description: str = ""
    needed: bool = False
    pattern: str = ""
    idle: bool = False
    pick: Output | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """The route ``ident`` of several, and what a request for it has: all of ``inputs``, or ``some``.

    It can do nothing with ``others``, which another of them takes. An input is written as its place
    and name: ``query/id``; that of a header in lower case.
    """

    ident: str
    inputs: tuple[str, ...]
    some: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One method and path of several routes: the first alternative that fits answers."""

    ident: str
    method: str
    path: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Forward:
    """Requests to a path that no route answers, which an upstream gets as they are.

    ``path`` is in the router's own notation. The path of the request goes on from its segment
    ``first`` (the one before the first slash is 0), or not at all. ``trusted`` are the headers of
    the caller that go on, ``fixed`` the parameters that each request has. ``reserved`` are the
    fields of the query that callers cannot send: the upstream's credential and ``fixed`` ones.
    With ``read_only`` only GET and HEAD are passed on.
    """

    path: str
    ident: str
    name: str
    title: str
    namespace: str
    upstream_ident: str
    first: int | None
    trusted: tuple[str, ...]
    fixed: tuple[Parameter, ...] = ()
    reserved: tuple[str, ...] = ()
    read_only: bool = False


def supplied(parameters: Iterable[Parameter]) -> tuple[Parameter, ...]:
    """Those without a value of their own; one value goes to all places of one name."""
    found: dict[str, Parameter] = {}
    for parameter in parameters:
        if parameter.constant is None and parameter.template is None:
            found.setdefault(parameter.name, parameter)
    return tuple(found.values())
