"""Rules that every template keeps."""

from __future__ import annotations

import ast
from pathlib import Path

import jinja2
import pytest

from naftiko_gen import render, shipped
from naftiko_gen.quoted import quoted

TEMPLATES = shipped.templates_dir()
ALL = shipped.templates()
PYTHON = [name for name in ALL if name.endswith(".py.jinja")]
SOURCES = sorted((Path(shipped.__file__).parent).rglob("*.py"))


def test_the_rule_finds_what_it_is_for() -> None:
    assert [*quoted('x = "{{ y }}"')] == [1]
    assert [*quoted("{% if a\nor b %}\n'''\n{{ y }}\n'''")] == [4]
    assert [*quoted("x = {{\ny }}  # {{ y }}\n# {{ z }}")] == [2, 3]
    fine = "x = {{ f(\"a\") }}  # it's\ny = {{ z }}  # isn't\n"
    assert not [*quoted(fine)]


def test_there_are_templates() -> None:
    assert PYTHON


@pytest.mark.parametrize("name", PYTHON)
def test_no_expression_inside_quotes_or_comments(name: str) -> None:
    assert not [*quoted((TEMPLATES / name).read_text("utf-8"))]


@pytest.mark.parametrize("name", PYTHON)
def test_python_templates_are_short(name: str) -> None:
    assert len((TEMPLATES / name).read_text("utf-8").splitlines()) < 80


@pytest.mark.parametrize("name", ALL)
def test_templates_compile_under_the_strict_rules(name: str) -> None:
    python = name.endswith(".py.jinja")
    environment = render.python_environment() if python else render.text_environment()
    assert isinstance(environment, jinja2.Environment)
    environment.get_template(name)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_source_text_is_marked_by_pycode_only(path: Path) -> None:
    """``Code(...)`` stands in pycode alone; ``code(...)`` takes constants alone."""
    inside = path.parent.name == "pycode"
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert (
                inside
                or node.func.id not in ("Code", "Markup", "Escaped")
                or (path.name == "textcode.py" and node.func.id == "Escaped")
            ), f"line {node.lineno}"
            if node.func.id == "code" and not inside:
                assert isinstance(node.args[0], ast.Constant), f"line {node.lineno}"
