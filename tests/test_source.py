"""Reading YAML: data, positions, limits; the same with and without libyaml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from naftiko_gen import source as reader
from naftiko_gen.diagnostics import Position, Report, Span, line_starts, render_text
from naftiko_gen.source import JsonValue, NodePath, Source, parse, read


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True, scope="module")
def loader(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_LOADER", getattr(yaml, request.param))
        yield request.param


def good(text: str | bytes) -> Source:
    report = Report()
    raw = text if isinstance(text, bytes) else text.encode()
    source = parse("x.yaml", raw, report)
    assert source is not None, render_text(report, report.texts)
    assert report.diagnostics == ()
    return source


def bad(text: str | bytes) -> list[tuple[str, int, int, str]]:
    """Code, line, column and message of each problem."""
    report = Report()
    raw = text if isinstance(text, bytes) else text.encode()
    assert parse("x.yaml", raw, report) is None
    found = report.diagnostics
    assert all(d.hint and d.span.file == "x.yaml" for d in found)
    return [(d.code, d.span.start.line, d.span.start.column, d.message) for d in found]


def at(source: Source, span: Span) -> str:
    """The text at ``span``."""
    starts = line_starts(source.text)
    first, last = (starts[p.line - 1] + p.column - 1 for p in (span.start, span.end))
    return source.text[first:last]


# ---- values ----


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, word) for word in ("on", "off", "yes", "No", "y", "tRUE", "nULL")),
        *((word, word) for word in ("2026-05-30", "2026-05-30T10:00:00Z", "12:30:45")),
        *((word, word) for word in ("1_000", "0b11", "0x", "0o8", "1.2.3", "+", ".")),
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        ("true", True),
        ("FALSE", False),
        ("0o17", 15),
        ("0xfF", 255),
        ("017", 17),
        ("-12", -12),
        ("+3", 3),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("2.", 2.0),
        ("'12'", "12"),
        ('""', ""),
        ('"\\x41\\0"', "A\0"),
        ("! 12", "12"),
        ("!!str 12", "12"),
        ("!!int '12'", 12),
        ("!!float 1.5", 1.5),
        ("!!bool 'true'", True),
        ("!!null ''", None),
        ("!!seq [a]", ["a"]),
        ("!!map {<: b}", {"<": "b"}),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_scalars_are_those_of_the_core_schema(text: str, value: JsonValue) -> None:
    data: Any = good(f"a: {text}\nlast: z").data
    assert data == {"a": value, "last": "z"}
    assert type(data["a"]) is type(value)


def test_keys_that_look_like_yaml_1_1_words_are_strings() -> None:
    assert good("on: 1\nno: 2\n2026-05-30: 3\n'7': 4\n'<<': 5").data == {
        "on": 1,
        "no": 2,
        "2026-05-30": 3,
        "7": 4,
        "<<": 5,
    }


def test_aliases_are_copies_with_a_place_of_their_own() -> None:
    source = good("a: &x {k: [1, 2]}\nb: *x\n*y : z\n".replace("*y", "c"))
    data: Any = source.data
    assert data == {"a": {"k": [1, 2]}, "b": {"k": [1, 2]}, "c": "z"}
    assert data["a"]["k"] is not data["b"]["k"]
    assert at(source, source.span(("b",))) == "*x"
    assert source.span(("b", "k", 1)) == source.span(("a", "k", 1))
    assert at(source, source.span(("b", "k", 1))) == "2"


def test_an_alias_can_be_a_key_and_an_anchor_be_given_again() -> None:
    source = good("a: &x one\n*x : 1\nb: &x two\nc: *x\n")
    assert source.data == {"a": "one", "one": 1, "b": "two", "c": "two"}
    assert at(source, source.span(("one",), key=True)) == "*x"


# ---- positions ----

TEXT = """\
# comment
naftiko: 1.0.0-alpha2   # version
info:   # about
  label: 'Größe 😀 x'
  tags: [é, "b", {c: d}]
  empty:
  text: |
    first
      second

list:
  - name: a
    path: /x
  -
    - deep
last: plain text
  goes on
"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    ("path", "key", "place", "text"),
    [
        (("naftiko",), False, (2, 10), "1.0.0-alpha2"),
        (("naftiko",), True, (2, 1), "naftiko"),
        (("info",), False, (4, 3), "label: 'Größe 😀 x'"),
        (("info",), True, (3, 1), "info"),
        (("info", "label"), False, (4, 10), "'Größe 😀 x'"),
        (("info", "tags"), False, (5, 9), '[é, "b", {c: d}]'),
        (("info", "tags", 0), False, (5, 10), "é"),
        (("info", "tags", 1), True, (5, 13), '"b"'),
        (("info", "tags", 2, "c"), False, (5, 22), "d"),
        (("info", "empty"), False, (6, 9), ""),
        (("info", "text"), False, (7, 9), "|\n    first\n      second"),
        (("list",), False, (12, 3), "- name: a"),
        (("list", 0), False, (12, 5), "name: a"),
        (("list", 0, "path"), False, (13, 11), "/x"),
        (("list", 1), False, (15, 5), "- deep"),
        (("list", 1, 0), False, (15, 7), "deep"),
        (("last",), False, (16, 7), "plain text\n  goes on"),
        # What does not exist is shown at its nearest ancestor.
        ((), False, (2, 1), "naftiko: 1.0.0-alpha2   # version"),
        (("none", "x"), False, (2, 1), "naftiko: 1.0.0-alpha2   # version"),
        (("info", "none", 3), False, (4, 3), "label: 'Größe 😀 x'"),
        (("info", "none"), True, (3, 1), "info"),
        (("list", 9), False, (12, 3), "- name: a"),
        (("last", "x", 0), False, (16, 7), "plain text\n  goes on"),
    ],
)
def test_spans(
    path: NodePath, key: bool, place: tuple[int, int], text: str, mark: str, end: str
) -> None:
    source = good((mark + TEXT.replace("\n", end)).encode())
    span = source.span(path, key=key)
    assert (span.file, span.start) == ("x.yaml", Position(*place))
    assert at(source, span) == text.replace("\n", end)


def test_a_source_keeps_bytes_and_text_and_says_little() -> None:
    raw = "\ufeffa: 'é'\r\n".encode()
    source = good(raw)
    assert (source.raw, source.text) == (raw, "a: 'é'\r\n")
    assert repr(source) == "Source(file='x.yaml')"


def test_changed_data_keeps_the_positions() -> None:
    source = good("a: 1\nb: {c: 2}\n")
    changed = source.with_data({"b": {"c": 3, "d": 4}})
    assert changed.data == {"b": {"c": 3, "d": 4}}
    assert source.data == {"a": 1, "b": {"c": 2}}
    assert at(changed, changed.span(("b", "c"))) == "2"
    assert changed.span(("b", "d")) == source.span(("b",))


# ---- problems ----


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (b"a: b\nk\xc3\xa9: \xe9", [("E002", 2, 5, "byte 0xE9 at offset 10, line 2")]),
        (b"\xef\xbb\xbfa\xff", [("E002", 1, 2, "byte 0xFF at offset 4, line 1")]),
        ("a: b".encode("utf-16"), [("E002", 1, 1, "byte 0xFF at offset 0")]),
        ("a: b".encode("utf-16-be"), [("E003", 1, 1, "U+0000")]),
        ("a: b\nc: \0d", [("E003", 2, 4, "U+0000")]),
        ("a: 'b\x85c'", [("E003", 1, 6, "U+0085")]),
        ("a: b # \u2028c: d", [("E003", 1, 8, "U+2028")]),
        ("a: b\u2029c: d", [("E003", 1, 5, "U+2029")]),
        ("a: \x1b[31m", [("E003", 1, 4, "U+001B")]),
        ("\ufeff\ufeffa: b", [("E003", 1, 1, "U+FEFF")]),
        ("é: b: c", [("E003", 1, 5, "`:` cannot start a value here")]),
        ("a:\n\tb: c", [("E003", 2, 1, "a tab cannot indent a line")]),
        ("a: b\nc: 'd\ne: f", [("E003", 2, 4, "quote that opens here is never")]),
        ('a: "b\n...\n"', [("E003", 1, 4, "quote that opens here is never")]),
        ("a: @b", [("E003", 1, 4, "a value cannot start with `@`")]),
        ("a:\n  b: c\n d: e", [("E003", 3, 2, "above it, in the mapping that starts")]),
        ("- a\nb: c", [("E003", 2, 1, "above it, in the list that starts at line 1")]),
        ("a: [b,\n  c", [("E003", 2, 4, "or `]` is missing here, in the list")]),
        ("a: {b,\n  c", [("E003", 2, 4, "or `}` is missing here, in the mapping")]),
        ("a: b\nword\nc: d", [("E003", 2, 1, "this key is not followed by `:`")]),
        ('a: "\\q"', [("E003", 1, None, "do not know this escape")]),
        ('a: "\\UFFFFFFFF"', [("E003", 1, None, "")]),
        ('a: "\\ud800"', [("E003", 1, None, "")]),
        ("a: - b", [("E003", 1, 4, "a list cannot start here")]),
        ("a: ]", [("E003", 1, 4, "a value is missing here")]),
        ("a: &", [("E003", 1, 5, "a name is missing")]),
        ("a: !<x", [("E003", 1, 7, "this tag is not complete")]),
        ("a: !x!y z", [("E003", 1, 4, "prefix of this tag is not declared")]),
        ("%YAML 2.0\n---\na: b", [("E003", 1, 1, "this directive cannot be used")]),
        ("{a: b}}", [("E003", 1, 7, "this stands after the end of the document")]),
        ("a: *b", [("E003", 1, 4, "no anchor `&b` stands before")]),
        ("", [("E004", 1, 1, "no value")]),
        (" \n# only a comment\n", [("E004", 1, 1, "no value")]),
        ("--- # nothing", [("E004", 1, 1, "no value")]),
        ("null", [("E005", 1, 1, "the root is null, not")]),
        ("\n- a\n- b", [("E005", 2, 1, "the root is a list, not")]),
        ("'text'", [("E005", 1, 1, "the root is a text, not")]),
        ("12", [("E005", 1, 1, "the root is a number, not")]),
        (
            "a: 1\nb: {c: 1, 'c': 2}\n\"a\": 3\na: 4",
            [
                ("E006", 2, 11, "the key `c` is given already, at line 2, column 5"),
                ("E006", 3, 1, "the key `a` is given already, at line 1, column 1"),
                ("E006", 4, 1, "the key `a` is given already, at line 1, column 1"),
            ],
        ),
        (f"a: {'9' * 5000}", [("E007", 1, 4, "a number of 5000 characters")]),
        (
            "200: a\ntrue: b\n~: c\n[d]: e\n{f: g}: h\n1: i\n? - j\n",
            [
                ("E010", 1, 1, "the key `200` is a number"),
                ("E010", 2, 1, "the key `true` is a boolean"),
                ("E010", 3, 1, "the key `~` is null"),
                ("E010", 4, 1, "a key is a list"),
                ("E010", 5, 1, "a key is a mapping"),
                ("E010", 6, 1, "the key `1` is a number"),
                ("E010", 7, 3, "a key is a list"),
            ],
        ),
        ("?\n: a", [("E010", 1, 2, "a key is missing before `:`")]),
        ("a: b\n---\nc: d", [("E011", 2, 1, "a second document")]),
        ("a: b\n---\n", [("E011", 2, 1, "a second document")]),
        (
            "a: !!python/object/apply:os.system [x]\nb: !!binary eA==\nc: !x {}\n"
            "d: !!int x\ne: .inf\nf: 1e999\ng: !!timestamp 2026-05-30\nh: !!map []",
            [
                ("E012", 1, 4, "the tag `!!python/object/apply:os.system` is not"),
                ("E012", 2, 4, "the tag `!!binary` is not"),
                ("E012", 3, 4, "the tag `!x` is not"),
                ("E012", 4, 4, "`x` is not what the tag `!!int` says"),
                ("E012", 5, 4, "JSON has no number for `.inf`"),
                ("E012", 6, 4, "JSON has no number for `1e999`"),
                ("E012", 7, 4, "the tag `!!timestamp` is not"),
                ("E012", 8, 4, "the tag `!!map` is not"),
            ],
        ),
        ("a: &x {b: c}\nd:\n  <<: *x", [("E012", 3, 3, "merge keys (`<<`)")]),
    ],
)
def test_problems(
    text: str | bytes, problems: list[tuple[str, int, int | None, str]]
) -> None:
    found = bad(text)
    assert len(found) == len(problems)
    for (code, line, column, message), wanted in zip(found, problems, strict=True):
        assert (code, line) == wanted[:2]
        assert wanted[2] in (None, column)
        assert wanted[3] in message


def test_the_hint_for_utf_16_says_so() -> None:
    report = Report()
    parse("x.yaml", "a: b".encode("utf-16"), report)
    assert "UTF-16" in (report.diagnostics[0].hint or "")
    assert report.texts["x.yaml"].startswith("\ufffd")


# ---- limits: each would take minutes, gigabytes or the stack without them ----


@pytest.mark.parametrize("text", ["[" * 10**6, "- " * 10**6, "{a: " * 500_000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert [found[0] for found in bad(text)] == ["E008"]


def test_64_levels_are_allowed_and_65_are_not() -> None:
    assert good(f"a: {'[' * 63}{']' * 63}").data
    [(code, line, column, _)] = bad(f"a: {'[' * 64}{']' * 64}")
    assert (code, line, column) == ("E008", 1, 67)


def test_nesting_through_aliases_counts() -> None:
    chain = "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 63))
    assert good("a0: &a0 []\n" + chain).data
    [(code, line, _, _)] = bad("a0: &a0 []\n" + chain + "z: [*a62]\n")
    assert (code, line) == ("E008", 64)


def test_a_billion_laughs_are_refused() -> None:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 10)]
    [(code, line, _, _)] = bad("\n".join(lines))
    assert (code, line) == ("E009", 6)


def test_repeating_one_long_text_is_refused_too() -> None:
    [(code, *_)] = bad(f"a: &a '{'x' * 10**6}'\nb: [{'*a, ' * 1000}]")
    assert code == "E009"


@pytest.mark.parametrize("text", ["a: &x [*x]", "&x a: *x\nb: &y {c: {d: *y}}"])
def test_an_alias_inside_its_own_value_is_refused(text: str) -> None:
    [(code, _, _, message)] = bad(text)
    assert (code, "inside the value" in message) == ("E009", True)


def test_sizes_are_limited() -> None:
    assert bad(b"a: " + b"x" * 10_000_000)[0][:3] == ("E007", 1, 1)
    assert good(b"a: '" + b"x" * (2 * 1024 * 1024 - 5) + b"'").data
    assert bad("%TAG !a b\n" * 100_000)[0][0] == "E007"


def test_the_number_of_values_is_limited(loader: str) -> None:
    if loader == "SafeLoader":
        pytest.skip("the slow parser only makes this slow")
    assert good("a: [" + "x," * 199_997 + "]").data
    assert bad("a: [" + "x," * 199_998 + "]")[0][0] == "E007"


def test_a_hundred_problems_are_enough() -> None:
    assert len(bad("a: b\n" * 5000)) == 100


# ---- files ----


def test_a_file_is_read_under_the_name_that_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_bytes(b"a: b\r\n")
    report = Report()
    source = read("./x.yaml", report)
    assert source is not None
    assert (source.file, source.raw) == ("./x.yaml", b"a: b\r\n")
    assert report.texts == {"./x.yaml": "a: b\r\n"}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.yaml", "does not exist"),
        (".", "is a directory"),
        ("a\0b", "EINVAL"),
        ("x" * 300, "ENAMETOOLONG"),
        ("\ud800", ""),
    ],
)
def test_a_file_that_cannot_be_opened(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = Report()
    assert read(name, report) is None
    [found] = report.diagnostics
    assert (found.code, found.span.file) == ("E001", name)
    assert message in found.message
    assert str(tmp_path) not in render_text(report, report.texts)


def test_a_device_that_never_ends_is_refused() -> None:
    report = Report()
    assert read("/dev/zero", report) is None
    assert [d.code for d in report.diagnostics] == ["E007"]


# ---- properties ----

# Everything that safe_dump writes, except strings that YAML 1.2 reads as numbers where
# YAML 1.1, which safe_dump has in mind, does not and so leaves the quotes out.
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+")
YAML_1_1 = yaml.SafeLoader("")


def means_the_same(text: str) -> bool:
    old = YAML_1_1.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return old != "tag:yaml.org,2002:str" or not NUMBER.fullmatch(text)


STRINGS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.sampled_from(
        ["2026-05-30", "2026-05-30 10:00:00", "on", "null", "<<", "=", "~"]
    ),
    st.dates().map(str),
    st.integers().map(str),
).filter(means_the_same)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    STRINGS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(STRINGS, inner, max_size=4),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(STRINGS, VALUES, min_size=1, max_size=5)
STYLES = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, '"', "'"]),
        "allow_unicode": st.booleans(),
        "indent": st.integers(2, 5),
        "width": st.integers(5, 200),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


def dumped(data: Any, style: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(data, sort_keys=False, **style)
    if re.search("[\x85\u2028\u2029]", text):
        assert bad(text)[0][0] == "E003"
        text = yaml.safe_dump(
            data, sort_keys=False, **{**style, "allow_unicode": False}
        )
    # Where a line is narrower than its indentation, safe_dump adds backslashes.
    assume(yaml.safe_load(text) == data)
    return text


@settings(max_examples=150, deadline=None)
@given(data=DOCUMENTS, style=STYLES)
def test_what_was_dumped_reads_back(data: Any, style: Any) -> None:
    found = good(dumped(data, style)).data
    assert found == data
    assert repr(found) == repr(data), "the same types and order too"


def scalars(value: JsonValue, path: NodePath = ()) -> Iterator[tuple[NodePath, Any]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from scalars(member, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from scalars(item, (*path, index))
    else:
        yield path, value


@settings(max_examples=100, deadline=None)
@given(data=DOCUMENTS, style=STYLES, mark=st.sampled_from(["", "\ufeff"]))
def test_the_text_at_a_scalars_span_is_that_scalar(
    data: Any, style: Any, mark: str
) -> None:
    source = good(mark + dumped(data, style))
    for path, value in scalars(source.data):
        text = at(source, source.span(path))
        alone: Any = good(f"k: {text}").data
        assert alone == {"k": value}
        if isinstance(path[-1], str):
            key = at(source, source.span(path, key=True))
            assert good(f"? {key}\n: x").data == {path[-1]: "x"}


YAML_LIKE = st.lists(
    st.sampled_from(
        ["a", "b: ", "- ", "\n", "\n  ", "[", "]", "{", "}", ",", ": ", "'", '"', "&x "]
        + ["*x", "!!int ", "!", "|", ">", "#", " ", "\t", "%", "---\n", "...\n", "? "]
        + [
            "<<: ",
            "1",
            "~",
            "\\",
            "\r",
            "\ufeff",
            "\x85",
            "\u2028",
            "é",
            "😀",
            "@",
            "\0",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(raw=st.one_of(st.binary(max_size=60), YAML_LIKE.map(str.encode)))
def test_no_input_raises_and_every_span_is_inside_the_file(raw: bytes) -> None:
    report = Report()
    source = parse("x.yaml", raw, report)
    assert (source is None) is bool(report.diagnostics)
    spans = [d.span for d in report.diagnostics]
    if source is not None:
        paths = [path for path, _ in scalars(source.data)]
        spans += [source.span(p[:n], key=k) for p in paths for n in range(9) for k in (0, 1)]  # type: ignore[arg-type]
    text = report.texts["x.yaml"]
    ends = [*line_starts(text)[1:], len(text) + 1]
    for span in spans:
        assert span.start <= span.end
        for place in (span.start, span.end):
            start = line_starts(text)[place.line - 1]
            assert place.column >= 1
            assert start + place.column - 1 < ends[place.line - 1]
    assert render_text(report, report.texts)[:1] == ("" if source else "x")
