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
    if rule:
        when = "" if rule.recommended else ", with --all"
        parts.append(f"Reported by lint{when}: rule {rule.name}.")
    return "\n\n".join(parts)
