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
from naftiko_gen.source import NodePath, Source

from .earlier import modernise
from .refused import report_refused
from .rewrite import rewrite

__all__ = ["Versioned", "apply", "refuse", "schema_of"]


@dataclass(frozen=True, slots=True)
class Versioned:
    """A document in the shape of 1.0.0-alpha2.

    ``written`` is the document of a later generation that it was made of, which has been
    checked against its own schema; None when there is no such document.
    """

    source: Source
    written: Source | None = None


def apply(source: Source, report: Report) -> Versioned:
    """Bring `source` to the shape of 1.0.0-alpha2.

    Reports W110 for a document of 1.0.0-alpha1, and for one of a later generation W111
    for spellings of alpha2 and everything that its schema does not allow. Never raises:
    what is not of the expected shape stays as it is. Unknown stamps are left for the
    schema check.
    """
    data = source.data
    if not isinstance(data, dict):
        return Versioned(source)
    if "ikanos" in data:
        written = modernise(source, report)
        check(written, report, BETA5)
        data, moved = rewrite(written.data)
        if isinstance(data, dict):
            data["naftiko"] = ALPHA2
        return Versioned(written.with_data(data, moved), written)
    if data.get("naftiko") == "1.0.0-alpha1":
        report.add(
            "W110",
            f"1.0.0-alpha1 is read as {ALPHA2}",
            source.span(("naftiko",)),
            f"the two have the same keys: write `naftiko: {ALPHA2}`",
        )
        source = source.with_data({**data, "naftiko": ALPHA2})
    return Versioned(source)


def refuse(
    versioned: Versioned,
    report: Report,
    *,
    imported: bool = False,
    under: NodePath = (),
) -> None:
    """Report what only later generations have and nothing is made of: E301, E302.

    A file that is ``imported`` by a capability may be one section alone, and only the
    entry ``under`` a path is looked at.
    """
    if versioned.written is not None:
        report_refused(versioned.written, report, imported=imported, under=under)


def schema_of(version: str) -> str:
    """The version whose schema describes documents of `version`; KeyError for others."""
    return ALPHA2 if stamps.KEYS[version] == "naftiko" else BETA5
