"""What a code means, at length."""

from __future__ import annotations

import textwrap

import click

from ..codes import CODES
from ..diagnostics import closest
from ..lint import RULES

_WIDTH = 80


def explanation(code: str) -> str:
    """Title and explanation of a code, in upper or lower case, for a terminal.

    Raises click.UsageError, with the closest code there is, for an unknown one.
    """
    wanted = code.strip().upper()
    info = CODES.get(wanted)
    if info is None:
        near = closest(wanted, CODES)
        guess = f": did you mean {near} ({CODES[near].title})?" if near else ""
        raise click.UsageError(f"there is no code {code!r}{guess}")
    rule = next((rule for rule in RULES if rule.code == wanted), None)
    severity = rule.severity if rule else info.severity
    parts = [
        f"{severity.value}[{wanted}]: {info.title}",
        # Options have hyphens, and are typed as they stand.
        textwrap.fill(info.explanation, _WIDTH, break_on_hyphens=False),
    ]
    if info.guess:
        parts.append("What is built here rests on a guess, which --strict refuses.")
    parts += _example(wanted)
    if rule:
        when = "" if rule.recommended else ", with --all"
        parts.append(f"Reported by lint{when}: rule {rule.name}.")
    return "\n\n".join(parts)


def _example(code: str) -> list[str]:
    from ..normalize.examples import example

    found = example(code) if code.startswith(("W1", "W202")) else None
    if found is None:
        return []
    written, canonical, overlay = found
    parts = [f"Written:\n\n{_indented(written)}"]
    if overlay:
        parts.append(f"What every tool reads:\n\n{_indented(canonical)}")
        parts.append(f"And in an overlay beside it:\n\n{_indented(overlay)}")
    elif canonical != written:
        parts.append(f"Read as:\n\n{_indented(canonical)}")
    else:
        parts.append("The format has no other way to write it.")
    return parts


def _indented(text: str) -> str:
    return textwrap.indent(text.rstrip(), "  ")
