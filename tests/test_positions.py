"""Every finding names a place that exists, and what stands there is what the message is about."""

from __future__ import annotations

import re

import pytest

from emitted import ROOT
from naftiko_gen.diagnostics import Diagnostic, Report
from naftiko_gen.pipeline import Job, Stages, check

CASES = sorted((ROOT / "tests" / "errors").glob("*.yaml"))
_BREAK = re.compile(r"\r\n|\r|\n")

#: Messages in backticks whose words stand elsewhere, and what stands at the place instead.
_ELSEWHERE = {
    "E323": "the method that no output is for",
    "W136": "the method of the operation, whose namespace is named",
    "W207": "the operation that lacks a field",
    "E101": "what lacks the key",
    "E103": "the value of another kind",
    "E207": "the second operation, whose path stands with its resource",
    "E214": "the credential that is written out, which is not repeated",
    "E237": "the variable, of which the name is made",
    "E241": "the folder that has the file",
    "E273": "the empty location",
    "E287": "the credential that an input has the name of",
    "E324": "the key of the algorithm",
    "E332": "the list that has the parameter",
    "E336": "what cannot be in this place",
    "W155": "the type that no text has",
}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_each_place_exists_and_holds_what_is_said(
    case: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT / "tests" / "errors")
    report = Report()
    check(Job(str(case), "parcels"), report, Stages())
    for found in report.diagnostics:
        _check(found, report.texts)


def _check(found: Diagnostic, texts: dict[str, str]) -> None:
    text = texts.get(found.span.file)
    start, end = found.span.start, found.span.end
    if text is None:
        # A file that cannot be read or decoded has no text to point at.
        assert (start.line, start.column) == (1, 1)
        return
    lines = _BREAK.split(text)
    assert start <= end
    for place in (start, end):
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    shown = "\n".join(lines[start.line - 1 : end.line])
    words = re.findall(r"`([^`]+)`", found.message)
    if words and found.code not in _ELSEWHERE:
        assert any(_last(word) in shown for word in words), (found, shown)


def _last(word: str) -> str:
    """The last name in a word such as ``shop.list``: the first ones may stand further up."""
    return re.split(r"[.\s/]", word)[-1] or word
