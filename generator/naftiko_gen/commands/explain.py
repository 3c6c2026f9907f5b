"""What a code means, at length."""

from __future__ import annotations

import textwrap
from typing import Any

import click

from ..codes import CODES
from ..diagnostics import closest
from ..lint import RULES

_WIDTH = 80


def document(code: str) -> dict[str, object]:
    """What is known of a code, in upper or lower case, as ``schemas/results/explain.json`` has it.

    Raises click.UsageError, with the closest code there is, for an unknown one.
    """
    wanted = code.strip().upper()
    info = CODES.get(wanted)
    if info is None:
        near = closest(wanted, CODES)
        guess = f": did you mean {near} ({CODES[near].title})?" if near else ""
        raise click.UsageError(f"there is no code {code!r}{guess}")
    rule = next((rule for rule in RULES if rule.code == wanted), None)
    example = _example(wanted)
    return {
        "code": wanted,
        "severity": (rule.severity if rule else info.severity).value,
        "title": info.title,
        "explanation": info.explanation,
        "guess": info.guess,
        "example": example
        and dict(zip(("written", "canonical", "overlay"), example, strict=True)),
        "rule": rule and {"name": rule.name, "recommended": rule.recommended},
    }


def explanation(code: str) -> str:
    """The same for a terminal."""
    told: Any = document(code)
    parts = [
        f"{told['severity']}[{told['code']}]: {told['title']}",
        # Options have hyphens, and are typed as they stand.
        textwrap.fill(told["explanation"], _WIDTH, break_on_hyphens=False),
    ]
    if told["guess"]:
        parts.append("What is built here rests on a guess, which --strict refuses.")
    if told["example"]:
        parts += _shown(**told["example"])
    if rule := told["rule"]:
        when = "" if rule["recommended"] else ", with --all"
        parts.append(f"Reported by lint{when}: rule {rule['name']}.")
    return "\n\n".join(parts)


def _example(code: str) -> tuple[str, str, str] | None:
    from ..normalize.examples import example

    return example(code) if code.startswith(("W1", "W202")) else None


def _shown(written: str, canonical: str, overlay: str) -> list[str]:
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
