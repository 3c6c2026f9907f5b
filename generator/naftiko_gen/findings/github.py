"""Findings as workflow commands, which GitHub shows at the lines of a pull request.

Source: GitHub Docs, "Workflow commands for GitHub Actions", setting an error message.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..diagnostics import Diagnostic, Severity

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """A command for each finding, one a line."""
    return "".join(f"{_command(found)}\n" for found in diagnostics)


def _command(found: Diagnostic) -> str:
    start, end = found.span.start, found.span.end
    properties = {
        "file": found.span.file,
        "line": start.line,
        "endLine": end.line,
        "title": found.code,
    }
    # Columns are only shown for a finding within one line.
    if start.line == end.line:
        properties |= {"col": start.column, "endColumn": end.column}
    listed = ",".join(
        f"{name}={_escaped(str(value), in_property=True)}"
        for name, value in properties.items()
    )
    message = found.message + (f"\nhint: {found.hint}" if found.hint else "")
    return f"::{_COMMANDS[found.severity]} {listed}::{_escaped(message)}"


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    if in_property:
        text = text.replace(":", "%3A").replace(",", "%2C")
    return text
