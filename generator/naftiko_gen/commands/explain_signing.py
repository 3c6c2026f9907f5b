"""``explain signing``: every step of one signature, with made-up credentials."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from .. import pipeline
from ..diagnostics import closest
from ..errors import OutputError
from ..pipeline import Checked, Stages
from .answers import answer
from .jobs import CONFIGURATION, single
from .output import Printer

if TYPE_CHECKING:
    from .. import ir

_WIDTH = 80
_LABEL = 8


@dataclass(frozen=True, slots=True)
class ExplainSigning:
    """The options of ``explain signing``."""

    spec: str | None
    config: str | None
    operation: str | None
    form: str
    overlays: tuple[str, ...]
    chosen: Mapping[str, Any]

    def run(self) -> int:
        """Print how one operation is signed, and the names of the others."""
        printer = Printer("text", True, False)
        job = single(self.spec, self.config, self.overlays, self.chosen, printer)
        if job is None:
            return printer.refuse(CONFIGURATION, self.form)
        report = printer.report_for(job)
        checked = pipeline.check(job, report, Stages())
        if checked is None or not printer.passes(report):
            return printer.refuse(job, self.form)
        from .. import rehearsal
        from ..rehearsal.document import document

        capability = checked.capability
        signed = {_name(o): o for o in rehearsal.signed(capability)}
        if not signed:
            raise OutputError(f"{job.spec} has no operation that is signed")
        operation = self._wanted(signed)
        found = rehearsal.rehearse(capability, _sources(checked), operation)
        told = document(capability, operation, found)
        told["others"] = [name for name, other in signed.items() if other != operation]
        if self.form == "json":
            answer(told)
        else:
            click.echo("\n".join(_lines(told)))
        return 0

    def _wanted(self, signed: dict[str, ir.Operation]) -> ir.Operation:
        if self.operation is None:
            return next(iter(signed.values()))
        for name, operation in signed.items():
            if self.operation in (name, operation.name, operation.command):
                return operation
        names = {operation.name for operation in signed.values()}
        guess = closest(self.operation, names | signed.keys())
        near = f"did you mean {guess}?" if guess else f"there is {', '.join(signed)}"
        raise click.UsageError(
            f"no signed operation is called {self.operation!r}: {near}"
        )


def _name(operation: ir.Operation) -> str:
    return f"{operation.namespace}.{operation.name}"


def _sources(checked: Checked) -> dict[str, str]:
    """The modules of the package, by name."""
    from ..plan import plan

    prefix, suffix = f"{checked.capability.package}/", ".py"
    items = [
        item
        for item in plan(checked.capability, checked.source)
        if item.path.startswith(prefix) and item.path.endswith(suffix)
    ]
    files, _ = pipeline.emit(items, Stages())
    return {
        path.removeprefix(prefix).removesuffix(suffix): content.decode("utf-8")
        for path, content in files.items()
    }


def _lines(told: Any) -> Iterator[str]:
    """The document as a text for a terminal; a line feed inside of it is shown as \\n."""
    yield f"{told['namespace']}.{told['operation']}, signed with {told['scheme']}"
    yield ""
    yield textwrap.indent(told["source"], "  ")
    yield ""
    yield "Hold the steps against that source: the first one that differs is to blame."
    yield from _part("Made up, and the same for every run")
    for variable, credential in told["credentials"].items():
        begin, *rest = credential["value"].splitlines()
        more = " ... (--format json shows all of it)" if rest else ""
        yield from _row(variable, begin + more)
    yield from _row(
        "clock", f"{told['clock']['utc']} ({told['clock']['nanoseconds']} ns)"
    )
    if told["nonce"]:
        yield from _row("nonce", told["nonce"])
    yield from _part("The request before it is signed")
    yield from _request(told["request"])
    yield from _part("What the signer makes of it, by the names in its code")
    for name, value in told["values"].items():
        yield from _row(name, value)
    yield from _part("Step by step")
    for step in told["steps"]:
        yield from _step(step)
    yield from _part("The request as it is sent")
    yield from _request(told["sent"])
    if told["others"]:
        yield from _part("Signed as well (--operation NAME)")
        yield textwrap.fill(
            ", ".join(told["others"]),
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
            break_long_words=False,
        )


def _part(title: str) -> Iterator[str]:
    yield from ("", f"{title}:", "")


def _row(label: str, text: str) -> Iterator[str]:
    """A label with a text beside it, or below it when it has several lines."""
    shown = _visible(text)
    if "\n" not in shown:
        yield f"  {label}: {shown}"
    else:
        yield f"  {label}:"
        yield textwrap.indent(shown, "    ", lambda _: True)


def _step(step: Any) -> Iterator[str]:
    yield f"  {step['number']}. {step['what']}"
    if step["key"]:
        yield from _field("key", _visible(step["key"]))
    covered = "".join(
        f"<result of step {piece['step']}>" if "step" in piece else piece["text"]
        for piece in step["input"]
    )
    yield from _field("of", _visible(covered) or "(nothing)")
    for form, text in step["result"].items():
        yield from _field(form, text)
    for place in step["used"]:
        yield from _field("used", place)
    yield ""


def _field(label: str, text: str) -> Iterator[str]:
    first, *more = text.split("\n")
    yield f"     {label:<{_LABEL}} {first}"
    for line in more:
        yield f"     {'':<{_LABEL}} {line}"


def _request(request: Any) -> Iterator[str]:
    yield f"  {request['method']} {request['url']}"
    for name, value in request["headers"].items():
        yield f"  {name}: {_visible(value)}"
    if request["body"]:
        yield ""
        yield textwrap.indent(_visible(request["body"]), "  ", lambda _: True)


def _visible(text: str) -> str:
    """``text`` with its control characters as escapes, and a new line behind each \\n."""
    shown = []
    for character in text:
        if character == "\n":
            shown.append("\\n\n")
        elif character.isprintable():
            shown.append(character)
        else:
            shown.append(character.encode("unicode_escape").decode("ascii"))
    return "".join(shown).removesuffix("\n")
