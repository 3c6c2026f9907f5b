"""What a lint rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from naftiko_gen.diagnostics import Severity
from naftiko_gen.source import JsonValue, NodePath

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Offence:
    """One place that breaks a rule; ``first`` is an earlier place that it collides with.

    ``at_key`` shows the key of the place instead of its value. An item of a list has no key, and
    its value is shown: so a place that lacks something is best shown ``at_key``.
    """

    path: NodePath
    message: str
    hint: str | None = None
    at_key: bool = False
    first: NodePath | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name, its code, the search for offences, and how much they weigh.

    Rules that are not recommended are matters of taste, and run only when all rules are wanted.
    """

    name: str
    code: str
    find: Callable[[JsonValue], Iterator[Offence]]
    severity: Severity = Severity.WARNING
    recommended: bool = True


def quoted(text: str) -> str:
    """A text of the document for a message: in backticks, and not the whole of a long one."""
    return f"`{text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'}`"
