"""Problems and where they are: positions, spans, the report, and its text and JSON.

Nothing here prints: the command line decides where the text goes and in which colours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from naftiko_gen.codes import CODES, Severity
from naftiko_gen.frames import frame, visible
from naftiko_gen.nearness import closest

__all__ = [
    "Diagnostic",
    "Position",
    "Remedy",
    "Report",
    "Severity",
    "Span",
    "closest",
    "findings",
    "line_starts",
    "render_text",
]

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text: line and column from 1, the column counted in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Span:
    """The text of ``file`` (as the user wrote its path) from ``start`` up to ``end``."""

    file: str
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class Remedy:
    """What stands at ``path`` of a document that means the same without the note; None: nothing.

    ``beside``: an overlay has what stands there instead.
    """

    path: tuple[str | int, ...]
    value: str | None = None
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem; ``code`` is a key of ``CODES``.

    The code gives the severity, unless ``weight`` does: rules of lint have one of their own.
    """

    code: str
    message: str
    span: Span
    hint: str | None = None
    weight: Severity | None = None
    remedy: Remedy | None = None

    @property
    def severity(self) -> Severity:
        """How serious the problem is."""
        return self.weight or CODES[self.code].severity


class Report:
    """All problems of one run, each once.

    ``texts`` holds the text of every file that was read, by the path in its spans: what
    ``render_text`` needs to show the lines, even of files that could not be understood.
    ``outside`` are the paths (of a configuration also patterns) that were looked for because the
    spec names them, found or not.
    A ``strict`` report is also told what is built on a guess.
    """

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.texts: dict[str, str] = {}
        self.outside: set[str] = set()
        # Hints are left out of the key: the first one for a problem is kept.
        self._found: dict[tuple[str, Span, str], Diagnostic] = {}
        # Asked for at every node, so they are kept along.
        self._faults = 0
        self._faulty: set[Span] = set()
        self._told: set[Span] = set()
        self._sorted: tuple[Diagnostic, ...] | None = None

    def add(
        self,
        code: str,
        message: str,
        span: Span,
        hint: str | None = None,
        weight: Severity | None = None,
        remedy: Remedy | None = None,
    ) -> None:
        """Note a problem. Raises KeyError for a code that is not in ``CODES``."""
        if code not in CODES:
            raise KeyError(code)
        key = (code, span, message)
        if key not in self._found:
            found = Diagnostic(code, message, span, hint, weight, remedy)
            self._note(key, found)

    def _note(self, key: tuple[str, Span, str], found: Diagnostic) -> None:
        self._found[key] = found
        self._told.add(found.span)
        if found.severity is Severity.ERROR:
            self._faults += 1
            self._faulty.add(found.span)
        self._sorted = None

    def take(self, other: "Report") -> None:
        """Note every problem of another report as well."""
        for key, found in other._found.items():
            if key not in self._found:
                self._note(key, found)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every problem in the order of file, line, column and code."""
        if self._sorted is None:
            self._sorted = tuple(
                sorted(
                    self._found.values(),
                    key=lambda d: (d.span.file, d.span.start, d.code, d.message),
                )
            )
        return self._sorted

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The problems that stop generation."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The problems that do not."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.WARNING)

    def only(self, *severities: Severity) -> "Report":
        """The problems of these severities alone."""
        part = Report()
        part.texts = self.texts
        for key, found in self._found.items():
            if found.severity in severities:
                part._note(key, found)
        return part

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self._faults

    @property
    def faults(self) -> int:
        """How many errors there are."""
        return self._faults

    def faulty(self, span: Span) -> bool:
        """Whether an error has exactly this place."""
        return span in self._faulty

    def told(self, span: Span) -> bool:
        """Whether a problem of any weight has exactly this place."""
        return span in self._told


@lru_cache(maxsize=4)
def line_starts(text: str) -> tuple[int, ...]:
    r"""The offset of each line's first character; lines end with \n, \r\n or \r."""
    return (0, *(found.end() for found in _LINE_BREAK.finditer(text)))


def findings(report: Report) -> list[dict[str, object]]:
    """The report for programs, one problem each: ``schemas/results/definitions.json`` has them."""
    return [
        {
            "file": d.span.file,
            "line": d.span.start.line,
            "column": d.span.start.column,
            "endLine": d.span.end.line,
            "endColumn": d.span.end.column,
            "severity": d.severity.value,
            "code": d.code,
            "message": d.message,
            "hint": d.hint,
        }
        for d in report.diagnostics
    ]


# A line with a problem of a credential is not shown, whatever else is told of it: it may hold the
# secret itself, and what is printed ends up in the logs of builds.
_CONFIDENTIAL = frozenset({"E214", "W309"})


def render_text(report: Report, texts: Mapping[str, str], colour: bool = False) -> str:
    """The report for people: each problem with its line, a mark below it, and its hint.

    ``texts`` gives the text of each file (usually ``report.texts``); a problem in another
    file, or past the end of one, is shown without its line. Characters that could move
    the cursor or reverse the direction of a terminal are shown as escapes.
    """
    lines = {file: _LINE_BREAK.split(text) for file, text in texts.items()}
    found = report.diagnostics
    secret = {_line_of(d) for d in found if d.code in _CONFIDENTIAL}
    blocks = (
        _block(d, [] if _line_of(d) in secret else lines.get(d.span.file, []), colour)
        for d in found
    )
    return "\n".join(blocks)


def _line_of(found: Diagnostic) -> tuple[str, int]:
    return found.span.file, found.span.start.line


def _block(found: Diagnostic, lines: list[str], colour: bool) -> str:
    def paint(style: str, text: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if colour and text else text

    start, tint = found.span.start, _COLOURS[found.severity]
    place = visible(f"{found.span.file}:{start.line}:{start.column}:")
    kind = paint(f"1;{tint}", f"{found.severity.value}[{found.code}]:")
    out = [f"{paint('1', place)} {kind} {visible(found.message)}"]
    gutter = " " * len(str(start.line))
    if 1 <= start.line <= len(lines):
        line = lines[start.line - 1]
        # Only the first line of a longer span is shown, marked up to its end.
        end = found.span.end.column - 1
        if found.span.end.line != start.line:
            end = len(line)
        source, mark = frame(line, start.column - 1, end)
        bar = paint("2", "|")
        out.append(f"{gutter} {bar}")
        out.append(f"{start.line} {bar} {source}".rstrip())
        out.append(f"{gutter} {bar} {paint(tint, mark)}")
    if found.hint:
        out.append(f"{gutter} {paint('2', '=')} hint: {visible(found.hint)}")
    return "".join(f"{text}\n" for text in out)
