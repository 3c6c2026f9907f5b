"""One document model behind all versions of the format.

Everything after this stage reads the shape of 1.0.0-alpha2. A document of 1.0.0-alpha1
has it already. One of 1.0.0-alpha3 to 1.0.0-beta5 is checked as it is written, against
the schema of its own generation, and then rewritten; its nodes keep their positions.
"""

from __future__ import annotations

from dataclasses import dataclass

from naftiko_gen import stamps
from naftiko_gen.diagnostics import Report
from naftiko_gen.schema import ALPHA2, BETA5, check
from naftiko_gen.source import Source

from .earlier import modernise
from .refused import refuse
from .rewrite import rewrite

__all__ = ["Versioned", "apply", "schema_of"]


@dataclass(frozen=True, slots=True)
class Versioned:
    """A document in the shape of 1.0.0-alpha2, and whether a schema has seen it already."""

    source: Source
    checked: bool


def apply(source: Source, report: Report, *, imported: bool = False) -> Versioned:
    """Bring `source` to the shape of 1.0.0-alpha2.

    ``imported`` is for a file that a capability imports: it may be a section alone.

    Reports W110 for a document of 1.0.0-alpha1. For one of a later generation it reports
    W111 for spellings of alpha2, everything that its schema does not allow, E301 for what
    only the later generation has and is not compiled, and E302 for tunnels. Never raises:
    what is not of the expected shape stays as it is. Unknown stamps are left for the
    schema check.
    """
    data = source.data
    if not isinstance(data, dict):
        return Versioned(source, checked=False)
    if "ikanos" in data:
        source = modernise(source, report)
        check(source, report, BETA5)
        refuse(source, report, imported=imported)
        data, moved = rewrite(source.data)
        if isinstance(data, dict):
            data["naftiko"] = ALPHA2
        return Versioned(source.with_data(data, moved), checked=True)
    if data.get("naftiko") == "1.0.0-alpha1":
        report.add(
            "W110",
            f"1.0.0-alpha1 is read as {ALPHA2}",
            source.span(("naftiko",)),
            f"the two have the same keys: write `naftiko: {ALPHA2}`",
        )
        source = source.with_data({**data, "naftiko": ALPHA2})
    return Versioned(source, checked=False)


def schema_of(version: str) -> str:
    """The version whose schema describes documents of `version`; KeyError for others."""
    return ALPHA2 if stamps.KEYS[version] == "naftiko" else BETA5
