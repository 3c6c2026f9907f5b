"""YAML, HTML and Markdown to JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen import ir
from naftiko_gen.formats import encode
from static.errors import CallError
from static.format_html import convert_html
from static.format_markdown import convert_markdown
from static.format_yaml import convert_yaml
from static.reply import Reply
from test_format_csv import JSON

Convert = Callable[..., Reply]


def read(convert: Convert, body: str | bytes, *options: str) -> object:
    raw = body.encode() if isinstance(body, str) else body
    found = convert(Reply(200, raw, "text/x"), *options)
    assert found.content_type == "application/json"
    return json.loads(found.body)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("a: 1\nb: -1.5\nc: .5\nd: 1e3\n", {"a": 1, "b": -1.5, "c": 0.5, "d": 1000.0}),
        ("[true, false, True, yes, on]", [True, False, "True", "yes", "on"]),
        ("[null, ~, '', Null, nil]", [None, None, "", None, "nil"]),
        ("a:\nb: ''", {"a": None, "b": ""}),
        ("[0x1F, 0o17, 007, +7, 1_000]", [31, 15, "007", 7, "1_000"]),
        ("2026-01-30", "2026-01-30"),
        ("[2026-01-30T10:00:00Z, 12:30]", ["2026-01-30T10:00:00Z", "12:30"]),
        ("['1', \"true\", !!str 1, ! 2]", ["1", "true", "1", "2"]),
        ("!!python/object/apply:os.system ['SECRET']", ["SECRET"]),
        ("a: &x [1]\nb: *x\n<<: {c: 1}", {"a": [1], "b": [1], "<<": {"c": 1}}),
        ("a: 1\na: 2", {"a": 2}),
        ("1: x\ntrue: y", {"1": "x", "true": "y"}),
        ("a: 1\n---\nb: ]", {"a": 1}),
        ("|\n  x\n  y\n", "x\ny\n"),
        ("", None),
        ("# nothing", None),
        ("\ufeffa: 1", {"a": 1}),
        (".nan", ".nan"),
    ],
)
def test_yaml_is_typed_as_json(body: str, wanted: object) -> None:
    assert read(convert_yaml, body) == wanted


LAUGHS = "a: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"b{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("a: [1\nb: SECRET", "at line 2 column"),
        ("a: &x [*x]", "an alias without an anchor before it at line 1 column 8"),
        ("? [SECRET]\n: 1", "a key that is not one text at line 1 column 3"),
        (LAUGHS, "too large a document"),
        ("[" * 200, "more than 100 levels in one another at line 1 column 102"),
        ("[" * 1_000_000, "more than 100 levels"),
        ("a: \x00", "a character that YAML does not allow"),
        (b"a: \xff", "byte 4 is not UTF-8"),
    ],
)
def test_broken_yaml_is_refused(body: str | bytes, problem: str) -> None:
    with pytest.raises(CallError) as caught:
        read(convert_yaml, body)
    assert (caught.value.status, caught.value.code) == (502, "upstream_invalid")
    assert "is not valid YAML: " in caught.value.message
    assert problem in caught.value.message
    assert "SECRET" not in caught.value.message


@given(JSON)
def test_yaml_samples_are_read_as_promised(wanted: ir.JsonValue) -> None:
    found, written = encode(wanted, ir.Format("yaml", "application/yaml"))
    assert read(convert_yaml, written) == found == wanted


LIST = (
    "<table class=list><tr><th>A</th><th> B\n c</th></tr>"
    "<tr><td>1<br>2</td><td><b>x</b>y<script>z</script></td></tr></table>"
)
ROW = {"A": "1 2", "B c": "xy"}


@pytest.mark.parametrize(
    ("body", "selector", "wanted"),
    [
        (LIST, "", [[ROW]]),
        (f"<div id=x>{LIST}</div>{LIST}", "", [[ROW], [ROW]]),
        (f"<div id=x>{LIST}</div><p>{LIST}", "#x", [[ROW]]),
        (f"<div id=x>{LIST}</div><p>{LIST}", "table.list, #x", [[ROW], [ROW]]),
        (LIST, "ul", []),
        (
            "<table><tr><th>A<th>B<tr><td>1<tr><td>1<td>2<td>3<tr><th>x<td>y<tr></table>",
            "",
            [[{"A": "1", "B": ""}, {"A": "1", "B": "2"}]],
        ),
        (
            "<table><thead><tr><th>A<tr><th>no<tbody><tr><td>1<tfoot><tr><td>9</table>",
            "",
            [[{"A": "1"}]],
        ),
        ("<table><tr><th>A<th>A<tr><td>1<td>2</table>", "", [[{"A": "2"}]]),
        ("<table><tr><td>1</table>", "", []),
        ("<table><tr><th> <tr><td>1</table>", "", []),
        ("<table><tr><th>A</table>", "", [[]]),
        ("", "", []),
        ("plain", "", []),
        ("<table><tr><th>\xe9<!-- no --><tr><td>&eacute;", "", [[{"\xe9": "\xe9"}]]),
    ],
)
def test_tables_of_html(body: str, selector: str, wanted: object) -> None:
    assert read(convert_html, body, selector) == {"tables": wanted}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<div>" * 100_000, "too many elements in one another at line 1 column"),
        ("<table><tr><th>a<tr><td>" * 50_000, "too many elements in one another"),
        (
            "<table><tr>" + f"<th>{'n' * 500}" * 500 + "<tr><td>1" * 2_000,
            "too large a document",
        ),
    ],
    ids=["elements", "tables", "columns"],
)
def test_hostile_html_is_refused(body: str, problem: str) -> None:
    with pytest.raises(CallError, match="is not valid HTML: ") as caught:
        read(convert_html, body)
    assert problem in caught.value.message


NOTES = """---
title: x
tags: [a, 1]
---
lost

# One *two* `c` [l](u)

text
more  \nhard &amp; \\*

- a
- b

```
code
```

| A | B |
|---|---|
| 1 | 2 |
| 3 |

Two
===

> quoted ![alt](i) <b>x</b>

## Results of today
"""
SECTIONS = [
    {
        "heading": "One two c l",
        "level": 1,
        "content": "text more\nhard & *\nab",
    },
    {"heading": "Two", "level": 1, "content": "quoted alt x"},
    {"heading": "Results of today", "level": 2, "content": ""},
]


def test_a_text_in_markdown() -> None:
    wanted = {
        "frontMatter": {"title": "x", "tags": ["a", 1]},
        "tables": [[{"A": "1", "B": "2"}, {"A": "3", "B": ""}]],
        "sections": SECTIONS,
    }
    assert read(convert_markdown, NOTES) == wanted
    assert read(convert_markdown, NOTES.replace("\n", "\r\n")) == wanted
    only = {**wanted, "sections": SECTIONS[2:]}
    assert read(convert_markdown, NOTES, "Results") == only


@pytest.mark.parametrize(
    "front", ["---\n[a\n---\n", "---\n- a\n---\n", "---\n", "x", "", "---\n--- \n"]
)
def test_what_is_no_front_matter(front: str) -> None:
    found = read(convert_markdown, front)
    assert found == {"frontMatter": {}, "tables": [], "sections": []}


@pytest.mark.parametrize("body", ["[" * 100_000, "*a " * 60_000, "# a\n" * 200_000])
def test_hostile_markdown_is_refused(body: str) -> None:
    with pytest.raises(CallError, match="is not valid Markdown: "):
        read(convert_markdown, body)


@given(JSON, st.sampled_from(["html", "markdown"]), st.booleans())
def test_samples_of_pages_are_read_as_promised(
    wanted: ir.JsonValue, kind: str, chosen: bool
) -> None:
    members = {"tables": [wanted], "sections": [wanted], "frontMatter": wanted}
    choice = {"html": "div.a table[x=y]", "markdown": "Result"}[kind] if chosen else ""
    form = ir.Format(kind, "text/x", choice)  # type: ignore[arg-type]
    found, written = encode(members, form)
    convert = convert_html if kind == "html" else convert_markdown
    assert read(convert, written, choice) == found
