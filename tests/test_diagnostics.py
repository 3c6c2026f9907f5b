"""Reports in text and JSON: order, frames, and texts that try to break the terminal."""

from __future__ import annotations

import difflib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naftiko_gen.diagnostics import (
    Diagnostic,
    Position,
    Report,
    Severity,
    Span,
    closest,
    findings,
    line_starts,
    render_text,
)


def span(
    line: int, column: int, end: int, file: str = "a.yaml", lines: int = 0
) -> Span:
    return Span(file, Position(line, column), Position(line + lines, end))


def frame(text: str, where: Span, hint: str | None = None) -> list[str]:
    """The lines of one rendered problem after its first."""
    report = Report()
    report.add("E201", "wrong", where, hint)
    return render_text(report, {"a.yaml": text}).splitlines()[1:]


def test_a_line_with_a_credential_is_not_shown_for_anything_else() -> None:
    report = Report()
    report.add("W161", "a number", span(1, 11, 17))
    report.add("E214", "no template", span(1, 11, 17))
    report.add("W161", "another", span(2, 1, 6))
    shown = render_text(report, {"a.yaml": "password: 123456\nport: 1\n"})
    assert "123456" not in shown and "2 | port: 1" in shown


def test_a_problem_shows_its_line_a_mark_and_a_hint() -> None:
    report = Report()
    text = "\n" * 11 + "  call: spot.getBalanc\n"
    report.add("E202", "no such operation", span(12, 9, 23), "did you mean `x`?")
    assert render_text(report, {"a.yaml": text}) == (
        "a.yaml:12:9: error[E202]: no such operation\n"
        "   |\n"
        "12 |   call: spot.getBalanc\n"
        "   |         ^^^^^^^^^^^^^^\n"
        "   = hint: did you mean `x`?\n"
    )


def test_problems_come_in_order_and_once() -> None:
    report = Report()
    for code, where in (
        ("W101", span(2, 1, 2)),
        ("E202", span(1, 9, 10)),
        ("E201", span(1, 9, 10)),
        ("E201", span(10, 1, 2)),
        ("E201", span(1, 2, 3)),
        ("E201", span(1, 1, 2, file="B.yaml")),
        ("E201", span(1, 2, 3)),
    ):
        report.add(code, "same", where)
    report.add("E201", "other", span(1, 2, 3))
    assert [
        (d.span.file, d.span.start.line, d.span.start.column, d.code, d.message)
        for d in report.diagnostics
    ] == [
        ("B.yaml", 1, 1, "E201", "same"),
        ("a.yaml", 1, 2, "E201", "other"),
        ("a.yaml", 1, 2, "E201", "same"),
        ("a.yaml", 1, 9, "E201", "same"),
        ("a.yaml", 1, 9, "E202", "same"),
        ("a.yaml", 2, 1, "W101", "same"),
        ("a.yaml", 10, 1, "E201", "same"),
    ]
    assert [d.code for d in report.warnings] == ["W101"]
    assert len(report.errors) == 6
    assert not report.ok


def test_warnings_alone_are_ok() -> None:
    report = Report()
    assert report.ok
    report.add("W101", "hm", span(1, 1, 1))
    assert report.ok
    assert report.diagnostics[0].severity is Severity.WARNING
    assert render_text(report, {}) == "a.yaml:1:1: warning[W101]: hm\n"


def test_an_unknown_code_is_a_mistake_of_the_generator() -> None:
    with pytest.raises(KeyError, match="E999"):
        Report().add("E999", "?", span(1, 1, 1))


def test_the_hint_of_the_first_of_two_equal_problems_is_kept() -> None:
    report = Report()
    report.add("E201", "m", span(1, 1, 2), "first")
    report.add("E201", "m", span(1, 1, 2), "second")
    assert report.diagnostics == (Diagnostic("E201", "m", span(1, 1, 2), "first"),)


def test_tabs_are_expanded_and_marked_whole() -> None:
    assert frame("a\tb: c\t# d", span(1, 3, 4)) == [
        "  |",
        "1 | a   b: c    # d",
        "  |     ^",
    ]
    assert frame("\tb", span(1, 1, 2))[2] == "  | ^^^^"


def test_wide_and_combining_characters_keep_the_mark_in_place() -> None:
    assert frame("日本: x", span(1, 5, 6))[1:] == ["1 | 日本: x", "  |       ^"]
    assert frame("日本: x", span(1, 1, 3))[2] == "  | ^^^^"
    assert frame("e\u0301: x", span(1, 5, 6))[2] == "  |    ^"


@pytest.mark.parametrize(
    ("where", "marked"),
    [
        (span(1, 4, 4), "   ^"),
        (span(1, 7, 7), "      ^"),
        (span(1, 70, 90), "      ^"),
        (span(1, 2, 900), " ^^^^^"),
        (span(1, 3, 1), "  ^"),
        (span(1, 4, 2, lines=3), "   ^^^"),
    ],
)
def test_marks_stay_inside_the_line(where: Span, marked: str) -> None:
    assert frame("key: v\nmore", where) == ["  |", "1 | key: v", f"  | {marked}"]


def test_an_empty_line_has_no_blanks_at_its_end() -> None:
    assert frame("a\n\nb", span(2, 1, 1)) == ["  |", "2 |", "  | ^"]


@pytest.mark.parametrize("line", [0, 3, 10_000_000])
def test_a_place_outside_the_file_is_shown_without_a_line(line: int) -> None:
    assert frame("a\nb", span(line, 1, 2), "h") == [f"{' ' * len(str(line))} = hint: h"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_the_reader_counts_them(end: str) -> None:
    text = f"a: \u2028b{end}c: d\x85{end}e: f"
    assert frame(text, span(3, 4, 5))[1] == "3 | e: f"
    assert [text[at] for at in line_starts(text)] == ["a", "c", "e"]


def test_a_long_line_is_clipped_around_the_column() -> None:
    line = "x" * 5000 + "HERE" + "y" * 5000
    _, shown, marks = frame(line, span(1, 5001, 5005))
    assert len(shown) <= 106
    assert shown[4] == shown[-1] == "…"
    assert shown[marks.index("^") : marks.rindex("^") + 1] == "HERE"


def test_a_long_line_is_clipped_at_one_side_only_where_it_can() -> None:
    _, shown, marks = frame("HERE" + "y" * 5000, span(1, 1, 5))
    assert shown.startswith("1 | HEREy") and shown.endswith("y…")
    assert marks == "  | ^^^^"
    _, shown, marks = frame("x" * 5000 + "HERE", span(1, 5001, 5005))
    assert shown.startswith("1 | …x") and shown.endswith("xHERE")
    assert shown[marks.index("^") :] == "HERE"


def test_nothing_in_a_report_can_steer_the_terminal() -> None:
    report = Report()
    evil = "\x1b[31m\u202e\r\n\x07\ud800"
    report.add("E201", evil, span(1, 1, 2, file=f"{evil}.yaml"), evil)
    shown = render_text(report, {f"{evil}.yaml": "\x1b[2J\u202ex\x00"})
    assert shown.replace("\n", "").isprintable()
    assert shown.count("\n") == 5
    assert "\\x1b[31m\\u202e\\r\\n\\x07\\ud800" in shown


def test_colours_are_asked_for_and_change_nothing_else() -> None:
    report = Report()
    report.add("E201", "m", span(1, 1, 2), "h")
    plain = render_text(report, {"a.yaml": "abc"})
    coloured = render_text(report, {"a.yaml": "abc"}, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[E201]:\x1b[0m" in coloured
    for style in ("1", "2", "31", "1;31", "0"):
        coloured = coloured.replace(f"\x1b[{style}m", "")
    assert coloured == plain


def test_json_has_every_member() -> None:
    report = Report()
    report.add("E201", "é\ud800", Span("ä.yaml", Position(3, 4), Position(5, 6)))
    report.add("W201", "w", span(1, 2, 3, file="b.yaml"), "h")
    assert json.loads(json.dumps(findings(report))) == [
        {
            "file": "b.yaml",
            "line": 1,
            "column": 2,
            "endLine": 1,
            "endColumn": 3,
            "severity": "warning",
            "code": "W201",
            "message": "w",
            "hint": "h",
        },
        {
            "file": "ä.yaml",
            "line": 3,
            "column": 4,
            "endLine": 5,
            "endColumn": 6,
            "severity": "error",
            "code": "E201",
            "message": "é\ud800",
            "hint": None,
        },
    ]
    assert findings(Report()) == []


def test_closest_finds_a_slip_and_nothing_far_away() -> None:
    assert closest("getBalanc", ["getTime", "getBalance"]) == "getBalance"
    assert closest("getBalanc", iter({"x", "listOrders"})) is None
    assert closest("a", []) is None


@settings(max_examples=150, deadline=None)
@given(
    text=st.text(max_size=300),
    repeat=st.integers(1, 40),
    line=st.integers(0, 8),
    column=st.integers(0, 2000),
    length=st.integers(-5, 500),
)
def test_any_text_gives_a_short_printable_frame(
    text: str, repeat: int, line: int, column: int, length: int
) -> None:
    shown = frame(text * repeat, span(line, column, column + length))
    assert len(shown) in (0, 3)
    assert all(part.isprintable() and len(part) <= 500 for part in shown)
    assert not shown or "^" in shown[2]


@given(
    st.text("abcdé-", max_size=9),
    st.lists(st.text("abcdé-", max_size=9), max_size=8),
    st.sampled_from([0.6, 0.8]),
)
def test_the_closest_name_is_that_of_the_standard_library(
    word: str, known: list[str], near: float
) -> None:
    if not word:
        known = [name for name in known if name]
    found = difflib.get_close_matches(word, sorted(known), 1, near)
    assert closest(word, known, near) == next(iter(found), None)
