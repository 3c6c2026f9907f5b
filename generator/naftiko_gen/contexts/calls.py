"""The modules of a package that call upstreams, and that make answers of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from naftiko_gen.pycode import Code

from .parts import Function, Importing, Module


class Operations(Module):
    """One function for each operation, each of which sends one request."""

    reply_import: Annotated[Code, "the line that imports types of answers"]
    wire_import: Annotated[Code | None, "the line that imports from `wire`, if any"]
    payloads_import: Annotated[
        Code | None, "the line that imports from `payloads`, if any"
    ]
    settings: Annotated[bool, "whether an operation reads settings"]
    formats: Annotated[Sequence[Code], "the lines that import readers of formats"]
    functions: Annotated[Sequence[Function], "one for each operation"]


class FlowFunction(Function):
    """A function that may be observed."""

    decorator: Annotated[Code | None, "what stands before it, if anything"]


class Flows(Importing):
    """One function for each answer that is made of several calls."""

    functions: Annotated[Sequence[FlowFunction], "one for each flow"]


class Mappings(Importing):
    """One function for each answer that is shaped by output mappings."""

    functions: Annotated[
        Sequence[Function], "one for each shape; their lines are indented"
    ]


class Body(TypedDict):
    """The check of one request body."""

    table: Annotated[Code, "the checks of its members"]
    signature: Annotated[Code, "the first line of the function, or lines"]
    doc: Annotated[Code, "its docstring"]
    check: Annotated[Code, "its only statement"]


class Inputs(Module):
    """The checks of request bodies that callers send, one for each operation with a body."""

    options: Annotated[bool, "whether `partial` is needed"]
    checks: Annotated[bool, "whether the module `check` is needed"]
    functions: Annotated[Sequence[Body], "one for each body"]


class InBand(TypedDict):
    """The errors of one upstream."""

    rules: Annotated[Code, "the assignment of the rules"]
    otherwise: Annotated[Code, "the assignment of the rule for all else"]
    rules_name: Annotated[Code, "the name of the rules"]
    otherwise_name: Annotated[Code, "the name of the rule for all else"]
    function: Annotated[Code, "the name of the function"]
    doc: Annotated[Code, "its docstring"]
    clean: Annotated[Code, "the condition under which `body` reports no error"]
    member: Annotated[Code, "the member that holds errors, as a literal"]
    ignore: Annotated[Code, "the beginnings of messages that are no errors"]


class Failures(Module):
    """What the errors mean that upstreams report in answers of status 200."""

    upstreams: Annotated[Sequence[InBand], "the upstreams that do so"]


class Signing(Module):
    """The signer of a scheme that is compiled from data."""

    imports: Annotated[
        Sequence[Sequence[Code]], "the import lines, in groups that a blank line parts"
    ]
    head: Annotated[Code, "the first line of the class"]
    class_doc: Annotated[Code, "its docstring"]
    constructor: Annotated[Code, "the first line of its constructor, or lines"]
    fields: Annotated[Sequence[Code], "the body of the constructor, indented"]
    signature: Annotated[Code, "the first line of `sign`, or lines"]
    lines: Annotated[Sequence[Code], "the body of `sign`, indented"]
