"""What changed between two capabilities, and what it means for those who use the package."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ..diagnostics import Span


class Kind(StrEnum):
    """What a change means: breaking for callers or operators, additive, or internal."""

    BREAKING = "breaking"
    ADDITIVE = "additive"
    INTERNAL = "internal"


#: The gravest first.
KINDS = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: ``subject`` is what changed (``rest desk: GET /parcels``), ``message`` how.

    ``span`` is where the new file says it; where something was removed, the nearest part of the
    new file that still is. The old place is ``before``, if it was in the old file.
    """

    kind: Kind
    subject: str
    message: str
    span: Span
    before: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A change without its place: what the comparisons of this package give."""

    kind: Kind
    message: str


def breaking(message: str) -> Finding:
    """Something that callers or operators rely on is gone or means something else."""
    return Finding(Kind.BREAKING, message)


def additive(message: str) -> Finding:
    """Something new that nobody needs to know of."""
    return Finding(Kind.ADDITIVE, message)


def internal(message: str) -> Finding:
    """Something that callers do not see in the contract."""
    return Finding(Kind.INTERNAL, message)


def gravest(changes: Iterable[Change]) -> Kind | None:
    """The gravest kind of some changes; None when there are none."""
    found = {change.kind for change in changes}
    return next((kind for kind in KINDS if kind in found), None)


def next_version(version: str, gravity: Kind | None) -> str:
    """The version that follows by Semantic Versioning 2.0.0; before 1.0.0 breaking is minor.

    A version that is not ``major.minor.patch`` stays as it is.
    """
    parts = version.split(".")
    if gravity is None or len(parts) != 3 or not all(p.isdecimal() for p in parts):
        return version
    major, minor, patch = map(int, parts)
    if gravity is Kind.BREAKING and major:
        return f"{major + 1}.0.0"
    if gravity is Kind.BREAKING or (gravity is Kind.ADDITIVE and major):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"
