"""Wire names to identifiers: always valid, always the same, never one that Python needs."""

from __future__ import annotations

import ast
import builtins
import keyword
import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emitted import ROOT
from naftiko_gen.names import RESERVED, Scope, constant, identifier, kebab, words
from naftiko_gen.pycode import ident

WORDY = st.text(st.sampled_from("aAbB1_-. *é日"), max_size=12)
ANY = st.one_of(st.text(), WORDY)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("getOpenOrders", "get_open_orders"),
        ("HTTPServer", "http_server"),
        ("X-Request-Id", "x_request_id"),
        ("page[size]", "page_size"),
        ("Größe", "gro_e"),
        ("café", "cafe"),
        ("日本", "unnamed"),
        ("", "unnamed"),
        ("2fa", "n2fa"),
        ("class", "class_"),
        ("match", "match_"),
        ("None", "none"),
        ("True", "true"),
        ("list", "list_"),
        ("id", "id_"),
        ("__import__", "import_"),
        ("order2Id", "order2_id"),
    ],
)
def test_identifiers(text: str, name: str) -> None:
    assert identifier(text) == name


@given(ANY)
def test_an_identifier_is_one(text: str) -> None:
    name = identifier(text)
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert not keyword.iskeyword(name) and not keyword.issoftkeyword(name)
    assert not hasattr(builtins, name)
    assert ident(name) == name
    ast.parse(f"{name} = 1")


@given(ANY)
def test_an_identifier_stays_as_it_is(text: str) -> None:
    assert identifier(identifier(text)) == identifier(text)


@given(ANY)
def test_the_other_forms_have_the_same_words(text: str) -> None:
    found = words(text)
    assert words("-".join(found)) == found
    if found:
        assert kebab(text) == "-".join(found)
        assert constant(text).removeprefix("N") == "_".join(found).upper().removeprefix(
            "N"
        )
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kebab(text))
    assert re.fullmatch(r"[A-Z][A-Z0-9_]*", constant(text))


@given(st.lists(ANY, max_size=8, unique=True), st.sets(st.sampled_from(["a", "b"])))
def test_a_scope_gives_a_name_once(texts: list[str], taken: set[str]) -> None:
    scope = Scope(taken)
    owners: dict[str, str] = {}
    for text in texts:
        name, clash = scope.claim(text)
        assert name.isidentifier() and name not in taken
        if clash is None:
            assert name not in owners
            owners[name] = text
        else:
            assert owners[name] == clash
            assert words(clash) == words(text)
    again = Scope(taken)
    assert [again.claim(text) for text in texts] == [
        (name, clash) for name, clash in _claims(taken, texts)
    ]


def _claims(taken: set[str], texts: list[str]) -> list[tuple[str, str | None]]:
    scope = Scope(sorted(taken, reverse=True))
    return [scope.claim(text) for text in texts]


def test_names_do_not_depend_on_the_process() -> None:
    program = (
        "from naftiko_gen.names import identifier, kebab, constant\n"
        "for text in ('getÄB', 'a.b', 'X-Y', 'ﬁne', 'ǅ'):\n"
        "    print(ascii((identifier(text), kebab(text), constant(text))))"
    )

    def printed(seed: str, locale: str) -> str:
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": str(ROOT / "generator"),
        }
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    assert printed("1", "C") == printed("2", "tr_TR.UTF-8")


def test_no_keyword_or_builtin_of_this_python_is_forgotten() -> None:
    names = {*keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    lower = {name for name in names if name.islower() and not name.startswith("_")}
    assert lower <= RESERVED
