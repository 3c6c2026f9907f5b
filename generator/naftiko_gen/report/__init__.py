"""What came of the specs of a run, as a document for programs and as a page for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from .. import __version__, results
from ..codes import CODES
from ..diagnostics import Report, findings
from ..json_file import ascii_bytes
from ..totals import Totals

_FORMAT = 1
#: The statuses of outcomes that have another name in reports.
_NAMES = {"written": "built", "failed": "refused"}
_SLOT = '<script type="application/json" id="data">'


@dataclass(frozen=True, slots=True)
class Entry:
    """One spec of a run: its path as given, the name of its package, and what came of it."""

    spec: str
    name: str
    status: str
    report: Report
    sizes: Mapping[str, int] = field(default_factory=dict)
    problem: str = ""


def document(entries: Iterable[Entry], shard: str | None = None) -> dict[str, object]:
    """The report, as ``schemas/results/report.json`` describes it; the specs keep their order."""
    entries = list(entries)
    totals = Totals.of((entry.status, entry.report) for entry in entries)
    return {
        "report": _FORMAT,
        "generator": __version__,
        "shard": shard,
        "summary": {
            "specs": len(entries),
            "outcomes": {
                _NAMES.get(status, status): number
                for status, number in sorted(totals.outcomes.items())
            },
            "withWarnings": totals.warned,
        },
        "codes": [
            {
                "code": code,
                "severity": CODES[code].severity.value,
                "title": CODES[code].title,
                "findings": totals.findings[code],
                "specs": totals.specs[code],
            }
            for code in totals.codes
        ],
        "specs": [
            {
                "spec": entry.spec,
                "name": entry.name,
                "outcome": _NAMES.get(entry.status, entry.status),
                **{n: entry.sizes.get(n) for n in ("operations", "routes", "tools")},
                "problem": entry.problem or None,
                "findings": findings(entry.report),
            }
            for entry in entries
        ],
    }


def as_json(found: Mapping[str, object]) -> bytes:
    """The report for programs: JSON in ASCII."""
    return ascii_bytes(found)


def as_page(found: Mapping[str, object]) -> bytes:
    """The report for people: one HTML file that needs nothing else and fetches nothing."""
    page = resources.files(__name__).joinpath("page.html").read_text(encoding="utf-8")
    before, slot, after = page.partition(_SLOT)
    # The data are text to HTML: nothing in them may end the element that they stand in.
    data = json.dumps(found, separators=(",", ":")).replace("<", "\\u003c")
    return f"{before}{slot}{data}{after}".encode()


def schema() -> dict[str, Any]:
    """The JSON Schema of the report for programs."""
    return results.published(results.read("results/report"))
