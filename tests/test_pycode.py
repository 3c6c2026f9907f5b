"""What pycode prints: safe, the same value again, and left alone by black."""

from __future__ import annotations

import ast
import math
import subprocess
import sys
from typing import Any

import black
import pytest
from black.strings import str_width
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    annotation,
    assign,
    call,
    comment,
    docstring,
    dotted,
    from_import,
    ident,
    literal,
    signature,
    statement,
    url,
)
from naftiko_gen.pycode.strings import escape_odd, width

HOSTILE = st.sampled_from(
    [
        "",
        "'",
        '"',
        '"""',
        "'''",
        "\\",
        '\\"',
        "\\'",
        "\\\\'\"",
        "{{ x }}",
        "{%",
        "{x}",
        "\n",
        "\r\n",
        "\t",
        "\0",
        "\x7f",
        "\N{LINE SEPARATOR}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\N{NO-BREAK SPACE}",
        "e\N{COMBINING ACUTE ACCENT}",
        "\N{GRINNING FACE}",
        "\N{YIN YANG}",
        "中文",
        "—",
        "# noqa",
        "# fmt: off",
        "); import os; (",
        "a" * 60,
        "b" * 90,
    ]
)
TEXT = st.one_of(
    HOSTILE,
    st.text(max_size=100),
    st.lists(HOSTILE, max_size=6).map("".join),
    st.text(alphabet="'\"\\ab ", max_size=30),
)
SCALAR = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    TEXT,
    st.text(alphabet=st.characters(codec=None), max_size=5),
    st.binary(max_size=40),
    st.text(alphabet="'\"\\", max_size=8).map(str.encode),
)
VALUE: st.SearchStrategy[Any] = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=5).map(tuple),
        st.dictionaries(TEXT, inner, max_size=5),
    ),
    max_leaves=12,
)
CAREFUL = settings(
    max_examples=250, deadline=None, suppress_health_check=list(HealthCheck)
)


def shaped(source: str) -> str:
    return black.format_str(source, mode=black.Mode())


@CAREFUL
@given(value=VALUE, name=st.integers(1, 60), typed=st.booleans())
def test_assigned_values_come_back_and_black_agrees(
    value: Any, name: int, typed: bool
) -> None:
    kind = annotation("tuple[Route, ...] | None") if typed and name < 50 else Code("")
    source = assign("N" * name, value, annotation=kind) + "\n"
    assert shaped(source) == source
    (node,) = ast.parse(source).body
    assert isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
    assert ast.literal_eval(node.value) == value


@CAREFUL
@given(value=VALUE, depth=st.integers(0, 3), name=st.integers(1, 30))
def test_values_inside_brackets(value: Any, depth: int, name: int) -> None:
    indent = 4 * depth + 8
    head = "".join("    " * n + "if x:\n" for n in range(depth)) + " " * 4 * depth
    prefix = "n" * name + "="
    body = literal(value, indent - 4, prefix, ",")
    source = (
        f"{head}call(\n{' ' * (indent - 4)}{prefix}{body},\n{' ' * (indent - 8)})\n"
    )
    assert shaped(source) == source


@CAREFUL
@given(value=VALUE, depth=st.integers(0, 2))
def test_returned_values(value: Any, depth: int) -> None:
    head = "".join("    " * n + "if x:\n" for n in range(depth))
    indent = 4 * depth
    source = f"def f():\n{textwrap_indent(head)}{' ' * (indent + 4)}"
    source += statement(Code("return"), value, indent + 4) + "\n"
    assert shaped(source) == source


def textwrap_indent(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@CAREFUL
@given(
    arguments=st.lists(VALUE, max_size=4),
    keywords=st.dictionaries(
        st.sampled_from(["body", "query", "cost", "a" * 30]), VALUE, max_size=4
    ),
)
def test_calls(arguments: list[Any], keywords: dict[str, Any]) -> None:
    source = "async def f():\n    "
    head = Code("return await upstream.send")
    source += call(head, arguments, keywords, indent=4) + "\n"
    assert shaped(source) == source
    nested = Call(Code("Route"), tuple(arguments), tuple(keywords.items()))
    source = assign("ROUTES", (nested, nested)) + "\n"
    assert shaped(source) == source


@CAREFUL
@given(text=st.one_of(TEXT, st.lists(TEXT, max_size=6).map(" ".join)))
def test_docstrings_keep_their_words_and_black_agrees(text: str) -> None:
    source = f"class A:\n    def f(self):\n        {docstring(text, 8)}\n"
    assert shaped(source) == source
    (cls,) = ast.parse(source).body
    assert isinstance(cls, ast.ClassDef) and isinstance(cls.body[0], ast.FunctionDef)
    (only,) = cls.body[0].body
    assert isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant)
    assert isinstance(only.value.value, str)
    assert only.value.value.split() == text.split()
    module = f"{docstring(text, 0)}\n"
    assert shaped(module) == module


@CAREFUL
@given(lines=st.lists(st.sampled_from(["", "a", "  b", '"', "\tc", "d\\", "e " * 60])))
def test_docstrings_of_many_lines(lines: list[str]) -> None:
    source = f"def f():\n    {docstring(chr(10).join(lines))}\n"
    assert shaped(source) == source


def test_docstring_shapes() -> None:
    assert docstring("Kraken Get Balance.") == '"""Kraken Get Balance."""'
    assert docstring('Say "hi"') == '"""Say "hi" """'
    assert docstring('"""') == r'"""\"\"\" """'
    assert docstring("a\n\n  b\n  c", 4) == '"""a\n\n    b\n    c\n    """'
    with pytest.raises(UnicodeEncodeError):
        docstring("\ud800")


@pytest.mark.parametrize("count", range(0, 9))
def test_signatures(count: int) -> None:
    kinds = annotation("JsonObject | None")
    parameters: list[Parameter | Code] = [
        Parameter("upstream", Code("Upstream")),
        Code("*"),
    ]
    parameters += [
        Parameter(f"argument_{n}", kinds, Code("None")) for n in range(count + 1)
    ]
    source = (
        signature(Code("async def operation"), parameters, Code("Reply"))
        + "\n    pass\n"
    )
    assert shaped(source) == source
    source = signature(Code("def f"), parameters[:1], Code("str")) + "\n    pass\n"
    assert shaped(source) == source == "def f(upstream: Upstream) -> str:\n    pass\n"


@pytest.mark.parametrize("count", [1, 2, 9, 30])
def test_imports(count: int) -> None:
    names = [f"name_{n:02}" for n in range(count)] + ["Zed", "MAX", "Zed"]
    source = from_import(Code(".static"), names) + "\n"
    assert shaped(source) == source
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.ImportFrom)
    assert [alias.name for alias in node.names][:2] == ["MAX", "Zed"]
    assert len(node.names) == count + 2


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1e16, "1e16"),
        (1e-07, "1e-07"),
        (0.1, "0.1"),
        (-0.0, "-0.0"),
        (True, "True"),
        ((1,), "(1,)"),
        ((), "()"),
        ({}, "{}"),
        ("it's", '"it\'s"'),
        ('"', "'\"'"),
        ("\"'", '"\\"\'"'),
        ("—", '"—"'),
        ("\N{GRINNING FACE}", '"\\U0001f600"'),
        ("\xad", '"\\xad"'),
        ("\ud800", '"\\ud800"'),
        (b"\xff'", 'b"\\xff\'"'),
        (Code("name"), "name"),
    ],
)
def test_literal_shapes(value: Any, expected: str) -> None:
    assert literal(value) == expected


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_numbers_without_a_literal_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no Python literal"):
        literal(value)


@pytest.mark.parametrize("value", [object(), {1: "x"}, {1, 2}, 1j])
def test_other_types_are_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        literal(value)


def test_width_agrees_with_black_for_every_character_that_stands_as_itself() -> None:
    verbatim = [c for c in map(chr, range(0x80, 0x110000)) if escape_odd(c) == c]
    assert len(verbatim) > 80_000
    assert [c for c in verbatim if width(c) != str_width(c)] == []


@pytest.mark.parametrize(
    "name",
    ["", "class", "None", "a b", "a-b", "1a", "a.b", "ａ", "é", "x\n", "__debug__"],
)
def test_identifiers_are_refused(name: str) -> None:
    with pytest.raises(ValueError):
        ident(name)
    with pytest.raises(ValueError):
        dotted("a", name)


@pytest.mark.parametrize(
    "text", ["", "f()", '"x"', "a; b", "a\nb", "1", "list[", "a=b", "x if y else z"]
)
def test_annotations_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        annotation(text)


def test_urls() -> None:
    assert url(["/0/private/Balance"]) == '"/0/private/Balance"'
    assert url(["/pets/", Code("quote(pet_id)")]) == 'f"/pets/{quote(pet_id)}"'
    for bad in ('"', "{x}", "\\", "a b", "\n", "'"):
        with pytest.raises(ValueError):
            url(["/", bad])
    with pytest.raises(ValueError):
        url([Code('x["y"]')])


def test_comments() -> None:
    source = f"def f():\n    {comment('word ' * 40, 4)}\n    pass\n"
    assert shaped(source) == source
    assert comment("a\x00b\nc") == "# a\\x00b\n# c"
    for bad in ("", "noqa", "type: ignore", "fmt: off", "-*- coding: utf-7 -*-", "!x"):
        with pytest.raises(ValueError):
            comment(bad)


def test_output_does_not_depend_on_the_hash_seed() -> None:
    program = (
        "from naftiko_gen.pycode import from_import, literal, Code;"
        "print(from_import(Code('a'), list('qwertzuiop')), literal({'b': 1, 'a': [2]}))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
