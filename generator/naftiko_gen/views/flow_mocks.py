"""The lines of flows without steps: one call, or an answer that calls nothing."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Value, code, joined, statement

from . import calls, values
from .flow_code import Writer

_INDENT = 4


def write_single(work: ir.Single, writer: Writer) -> None:
    """The call, and what is made of its answer."""
    made = writer.operation(work.step)
    if work.media_type:
        writer.lines.append(statement(code("reply = await"), made, _INDENT))
        told = Call(writer.helper("told_as"), (code("reply"), work.media_type))
        writer.lines.append(statement(code("return"), told, _INDENT))
        return
    if work.output is None:
        writer.lines.append(statement(code("return await"), made, _INDENT))
        return
    writer.use("mappings")
    writer.lines.append(statement(code("reply = await"), made, _INDENT))
    answer = calls.mapped(writer.helper("mapped"), work.output)
    writer.lines.append(statement(code("return"), answer, _INDENT))


def write_mock(work: ir.Mock, writer: Writer) -> None:
    """The answer."""
    if work.document is None:
        writer.lines.append(
            joined(code("return "), writer.helper("nothing"), code("()"))
        )
        return
    answer = Call(writer.helper("answered"), (_made(work.document, writer),))
    writer.lines.append(statement(code("return"), answer, _INDENT))


def _made(made: ir.Made, writer: Writer) -> Value:
    if isinstance(made, dict):
        return {name: _made(member, writer) for name, member in made.items()}
    if isinstance(made, list):
        return [_made(item, writer) for item in made]
    if not isinstance(made, ir.Rendered):
        return made
    parts = tuple(
        part if isinstance(part, str) else values.part(part, values.OF_CONTEXT)
        for part in made.value.parts
        if not isinstance(part, ir.Found)
    )
    text = Call(writer.helper("concat"), parts)
    if made.kind == "string":
        return text
    return Call(writer.helper(f"said_{made.kind}"), (text,))
