"""The table of codes is complete: every code that the generator can report explains itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import naftiko_gen
from naftiko_gen.codes import CODES, Severity

PACKAGE = Path(naftiko_gen.__file__).parent
CODE = re.compile(r"[EWN]\d{3}")


def used() -> set[tuple[str, str]]:
    """Every string of the generator's modules that is a code, with the module's name."""
    texts = (
        (node.value, module.name)
        for module in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {(text, module) for text, module in texts if CODE.fullmatch(text)}


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_title_and_an_explanation(code: str) -> None:
    info = CODES[code]
    assert CODE.fullmatch(code)
    assert 5 <= len(info.title) <= 80
    assert info.title == info.title.strip()
    assert not info.title.endswith(".")
    assert len(info.explanation) >= 80, "says what, why and how to mend it"
    assert info.explanation.endswith(".")
    assert "  " not in info.explanation
    assert "\n" not in info.explanation


@pytest.mark.parametrize("code", CODES)
def test_the_first_letter_is_the_severity(code: str) -> None:
    letters = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}
    assert CODES[code].severity is letters[code[0]]


def test_codes_that_the_generator_reports_are_in_the_table() -> None:
    unknown = {(code, module) for code, module in used() if code not in CODES}
    assert unknown == set()


def test_the_search_for_used_codes_finds_some() -> None:
    assert {code for code, _ in used()} >= {"E001", "E006", "E012"}


def test_the_codes_of_each_group_stand_in_order() -> None:
    for group in (
        "E0",
        "E1",
        "E2",
        "E3",
        "E4",
        "E5",
        "E6",
        "E7",
        "E8",
        "W1",
        "W2",
        "W3",
        "W5",
        "N3",
    ):
        codes = [code for code in CODES if code.startswith(group)]
        assert codes == sorted(codes)
        assert codes, group


def test_the_container_codes_are_the_documented_ones() -> None:
    container = [code for code in CODES if code.startswith("E0")]
    assert container == [f"E{number:03}" for number in range(1, 15)]


def test_titles_tell_codes_apart() -> None:
    titles = [info.title for info in CODES.values()]
    assert len(titles) == len(set(titles))
