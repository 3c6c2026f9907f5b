"""What came of many specs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .codes import CODES
from .diagnostics import Report, Severity

#: The words for what can come of a spec, in the order in which they are counted.
_WORDS = {
    "written": "built",
    "valid": "valid",
    "linted": "linted",
    "current": "up to date",
    "drift": "not up to date",
    "compared": "compared",
    "unchanged": "unchanged",
    "removed": "removed",
    "failed": "refused",
    "internal": "not built because of a fault of the generator",
}


@dataclass(slots=True)
class Totals:
    """How many specs had which outcome, how many of those that were not refused had warnings, and
    for each code how often it was found, and in how many specs."""

    outcomes: Counter[str] = field(default_factory=Counter)
    warned: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    specs: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, found: Iterable[tuple[str, Report]]) -> Totals:
        """The totals of specs with their outcomes and what was found in them."""
        totals = cls()
        for status, report in found:
            totals.outcomes[status] += 1
            codes = [diagnostic.code for diagnostic in report.diagnostics]
            totals.findings.update(codes)
            totals.specs.update(set(codes))
            totals.warned += status not in ("failed", "internal") and bool(
                report.warnings
            )
        return totals

    @property
    def codes(self) -> list[str]:
        """The codes that were found: errors first, then in their order."""
        return sorted(self.findings, key=lambda code: (_rank(code), code))

    @property
    def lines(self) -> list[str]:
        """The totals for people."""
        parts = [
            f"{self.outcomes[status]} {words}"
            for status, words in _WORDS.items()
            if self.outcomes[status]
        ]
        if self.warned:
            parts.append(f"{self.warned} with warnings")
        wide = len(str(max(self.findings.values(), default=0)))
        return [
            f"{sum(self.outcomes.values())} specs: {', '.join(parts)}",
            *(
                f"  {code}  {self.findings[code]:>{wide}} in {self.specs[code]}:"
                f" {CODES[code].title}"
                for code in self.codes
            ),
        ]


def _rank(code: str) -> int:
    return list(Severity).index(CODES[code].severity)
