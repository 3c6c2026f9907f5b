"""Templates print marked text only, and name their line when they would print other text."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_package import forget, use_templates
from naftiko_gen import textcode
from naftiko_gen.errors import InternalError
from naftiko_gen.pycode import Code, literal
from naftiko_gen.render import render


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    yield
    forget()


def rendered(
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    name: str,
    text: str,
    **context: object,
) -> str:
    use_templates(monkeypatch, folder / "templates", {name: text})
    return render(name, context)


HOSTILE = 'x"; import os; "'


@pytest.mark.parametrize(
    "expression",
    [
        "x",
        "x ~ ''",
        "code('a') ~ x",
        "(code('a') ~ x)",
        "n",
        "nothing",
        "missing",
        "x[0]",
        "x[0:3]",
        "marked[0]",
        "marked.replace('m', x)",
        "marked.join([x])",
        "marked.format(x)",
        "x|list",
        "[x]|first",
        "[x]",
    ],
)
def test_python_templates_print_nothing_unmarked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expression: str
) -> None:
    text = "a = 1\n{% set marked %}m{% endset %}\n\nb = {{ " + expression + " }}\n"
    with pytest.raises(InternalError, match=r"^a\.py\.jinja:4: prints "):
        rendered(
            monkeypatch, tmp_path, "a.py.jinja", text, x=HOSTILE, n=1, nothing=None
        )


@pytest.mark.parametrize(
    "expression",
    [
        "marked + x",
        "marked % x",
        "marked * 2",
        "x|safe",
        "x|e",
        "[code('a'), x]|join(', ')",
        "'%s'|format(x)",
        "code(x)",
        "code('a', 'b')",
        "code(text='a')",
    ],
)
def test_constructs_that_could_mark_foreign_text_do_not_compile(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expression: str
) -> None:
    text = "{% set marked %}m{% endset %}\n{{ " + expression + " }}\n"
    with pytest.raises(InternalError, match=r"^a\.py\.jinja:2: "):
        rendered(monkeypatch, tmp_path, "a.py.jinja", text, x=HOSTILE)


def test_autoescape_cannot_be_switched_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "{% autoescape false %}{{ x }}{% endautoescape %}\n"
    with pytest.raises(InternalError, match="not allowed in a template"):
        rendered(monkeypatch, tmp_path, "a.py.jinja", text, x=HOSTILE)


def test_marked_text_is_printed_as_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = (
        "{% macro pair(key, value) %}({{ key|literal }}, {{ value }}){% endmacro %}\n"
        "{% for item in items %}\n"
        "{{ assign('X', item) }}\n"
        "{% endfor %}\n"
        "Y = {{ pair('<&>', code('None')) }}\n"
        "{{ from_import(code('.a'), ['b']) }}\n"
        "Z = {{ given }}\n"
    )
    out = rendered(
        monkeypatch,
        tmp_path,
        "a.py.jinja",
        text,
        items=["<&'\">", {"{{ 7*7 }}": HOSTILE}],
        given=literal("<b>"),
    )
    assert out == (
        'X = "<&\'\\">"\n'
        'X = {"{{ 7*7 }}": \'x"; import os; "\'}\n'
        'Y = ("<&>", None)\nfrom .a import b\nZ = "<b>"\n'
    )


def test_errors_name_the_innermost_template(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    use_templates(monkeypatch, tmp_path / "templates", {"b.py.jinja": "\n\n{{ x }}\n"})
    with pytest.raises(InternalError, match=r"^b\.py\.jinja:3: prints"):
        rendered(monkeypatch, tmp_path, "a.py.jinja", "{% include 'b.py.jinja' %}")
    with pytest.raises(InternalError, match=r"^c\.py\.jinja:2: "):
        rendered(monkeypatch, tmp_path, "c.py.jinja", "ok\n{% for %}\n")
    with pytest.raises(InternalError, match=r"^d\.py\.jinja: TemplateNotFound"):
        render("d.py.jinja", {})


def test_text_templates_print_plain_words_and_escaped_text(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "{{ word }} {{ n }} {{ x|md }} {{ x|json }} {{ (word ~ ' ' ~ x)|shell }}\n"
    out = rendered(
        monkeypatch, tmp_path, "a.md.jinja", text, word="a-b.c", n=3, x="it's <b>"
    )
    assert out == "a-b.c 3 it's \\<b\\> \"it's <b>\" 'a-b.c it'\"'\"'s <b>'\n"
    for bad in ("{{ x }}", "{{ word ~ x }}", "{{ word == word }}", "{{ missing }}"):
        with pytest.raises(InternalError, match=r"^b\.md\.jinja:1: prints"):
            rendered(monkeypatch, tmp_path, "b.md.jinja", bad, x="two words", word="w")


def test_compiled_templates_are_kept_and_followed_by_edits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = rendered(monkeypatch, tmp_path, "a.py.jinja", "A = {{ x }}\n", x=Code("1"))
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert len(kept) == 1
    for path in kept:
        path.write_bytes(path.read_bytes()[:20] + b"garbage")
    forget()
    assert render("a.py.jinja", {"x": Code("1")}) == first == "A = 1\n"
    edited = rendered(monkeypatch, tmp_path, "a.py.jinja", "B = {{ x }}\n", x=Code("1"))
    assert edited == "B = 1\n"


def test_an_unusable_cache_folder_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for place in ("", str(tmp_path / "file"), str(tmp_path / "file" / "below")):
        monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", place)
        out = rendered(monkeypatch, tmp_path, "a.py.jinja", "{{ x }}\n", x=Code("1"))
        assert out == "1\n"


TEXT = st.text(max_size=30)


@settings(max_examples=200, deadline=None)
@given(value=st.one_of(TEXT, st.lists(TEXT, max_size=3)))
def test_toml_and_yaml_give_the_value_back(value: str | list[str]) -> None:
    assert tomllib.loads(f"x = {textcode.toml(value)}\n") == {"x": value}
    assert yaml.safe_load(f"x: {textcode.quoted(value)}\n") == {"x": value}
    assert json.loads(textcode.json_text(value)) == value


@settings(max_examples=200, deadline=None)
@given(text=TEXT)
def test_markdown_stays_on_one_line_and_in_its_cell(text: str) -> None:
    for escaped in (textcode.markdown(text), textcode.markdown_code(text)):
        assert "\n" not in escaped and "\r" not in escaped
        assert "|" not in escaped.replace("\\|", "")
    assert "<" not in textcode.markdown(text).replace("\\<", "")


def test_escapers_refuse_what_their_notation_lacks() -> None:
    with pytest.raises(ValueError):
        textcode.shell("\0")
    with pytest.raises(ValueError):
        textcode.plain("a b")
    for value in ("\ud800", float("nan")):
        with pytest.raises(ValueError):
            textcode.toml(value)
    with pytest.raises(TypeError):
        textcode.toml(None)
    assert textcode.markdown("1. # a_b") == "1\\. # a\\_b"
    assert textcode.markdown("# a") == "\\# a"
    assert textcode.markdown_code("a`b|c") == "``a`b\\|c``"
