"""The rules of lint: where they find what, that nothing makes them fail, and the command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_cases import CASES, Case
from naftiko_gen import lint
from naftiko_gen.cli import run
from naftiko_gen.codes import CODES
from naftiko_gen.diagnostics import Report, Severity
from naftiko_gen.dialect.rule import changed
from naftiko_gen.source import JsonValue, NodePath, Source, parse

ERRORS = {
    "namespaces-unique",
    "oauth2-https-authserver",
    "no-script-tags-in-markdown",
    "no-eval-in-markdown",
    "control-port-singleton-and-unique",
    "script-defaults-required",
    "import-from-required",
    "import-import-required",
    "import-unique-alias",
    "standalone-no-imports",
    "exposes-namespace-required",
    "aggregates-namespace-required",
    "aggregates-unique-function-name",
    "tool-name-length",
}
OPTIONAL = {
    "info-tags",
    "rest-operation-description",
    "baseuri-not-example",
    "tools-list-size",
}
RULES = {rule.name: rule for rule in lint.RULES}


def _source(text: str) -> Source:
    source = parse("a.yaml", text.encode(), Report())
    assert source is not None
    return source


def _linted(text: str, *, everything: bool = True) -> Report:
    report = Report()
    lint.apply(_source(text), report, everything=everything)
    return report


def _found(text: str, code: str) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        (found.span.start.line, found.span.start.column, found.message)
        for found in _linted(text).diagnostics
        if found.code == code
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_what_is_found_where(case: Case) -> None:
    rule = RULES[case.rule]
    assert _found(case.bad, rule.code) == case.found
    assert _found(case.good, rule.code) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_how_much_it_weighs(case: Case) -> None:
    rule = RULES[case.rule]
    found = [each for each in _linted(case.bad).diagnostics if each.code == rule.code]
    wanted = Severity.ERROR if case.rule in ERRORS else Severity.WARNING
    if rule.code[0] == "N":
        wanted = Severity.NOTE
    assert {each.severity for each in found} == {wanted}
    usual = _linted(case.bad, everything=False).diagnostics
    assert (rule.code in {each.code for each in usual}) is (case.rule not in OPTIONAL)


def test_each_rule_has_a_case_and_a_code() -> None:
    assert [case.rule for case in CASES] == [rule.name for rule in lint.RULES]
    codes = [rule.code for rule in lint.RULES]
    assert len(set(codes)) == len(codes)
    assert set(codes) == {code for code in CODES if code[:2] in ("W3", "N3")}


def test_the_size_of_the_list_counts_what_a_tool_inherits() -> None:
    text = """\
capability:
  aggregates:
    - namespace: stock
      functions:
        - name: count
          description: Counts what is in stock.
          inputParameters:
            - {name: sku, type: string, description: Article., required: false}
  exposes:
    - type: mcp
      namespace: agent
      tools: [{name: count, label: Count, ref: stock.count}]
"""
    listed = {
        "tools": [
            {
                "name": "count",
                "description": "Counts what is in stock.",
                "inputSchema": {
                    "type": "object",
                    "properties": {
                        "sku": {"type": "string", "description": "Article."}
                    },
                    "required": [],
                    "additionalProperties": False,
                },
                "title": "Count",
            }
        ]
    }
    size = len(json.dumps(listed, separators=(",", ":")))
    assert _found(text, "N301")[0][2] == (
        f"`tools/list` of the adapter `agent` is about {size} bytes,"
        f" {-(-size // 4)} tokens (1 tool)"
    )


WORDS = """
    naftiko info tags label description consumes exposes binds aggregates capability
    namespace type baseUri resources path operations method name ref call steps hints
    readOnly destructive idempotent safe semantics functions flows tools skills port
    address transport authentication authorizationServerUri resource scopes management
    scripting defaultLocation defaultLanguage location language import from as
    inputParameters required value
"""
KEYS = st.sampled_from(WORDS.split())
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 9999),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        ["", " ", ".", "/", "a", "a.a", "rest", "mcp", "skill", "control", "http"]
        + [
            "oauth2",
            "script",
            "stdio",
            "GET",
            "<script eval(",
            "example.com",
            "http://",
        ]
    ),
    st.text(alphabet="aé/?.{} 注", max_size=5),
)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(KEYS | st.just("other"), inner, max_size=6),
    max_leaves=60,
)


def _paths(data: JsonValue) -> Iterator[NodePath]:
    yield ()
    if isinstance(data, dict):
        for key, value in data.items():
            yield from ((key, *rest) for rest in _paths(value))
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from ((index, *rest) for rest in _paths(value))


# Documents that reach the rules, and every place in them where something else could stand.
SOURCES = [_source(text) for case in CASES for text in (case.bad, case.good)]
PLACES = [(source, path) for source in SOURCES for path in _paths(source.data)]
ODD: list[JsonValue] = [None, True, 0, 1.5, "", "a"]
ODD += [[], [None], [[]], {}, {"a": None}, [{"name": {}}]]


def _with(source: Source, path: NodePath, value: JsonValue) -> Source:
    return source.with_data(changed(source.data, path, lambda _: value))


def _codes(source: Source, *, everything: bool = True) -> set[tuple[object, ...]]:
    report = Report()
    lint.apply(source, report, everything=everything)
    for found in report.diagnostics:
        assert found.span.start <= found.span.end
    return {(each.code, each.span, each.message) for each in report.diagnostics}


def test_anything_may_stand_anywhere() -> None:
    codes = {found[0] for source in SOURCES for found in _codes(source)}
    for source, path in PLACES:
        for value in ODD:
            codes |= {found[0] for found in _codes(_with(source, path, value))}
    assert codes == {rule.code for rule in lint.RULES}


@given(st.sampled_from(PLACES), st.sampled_from(PLACES), DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_more_rules_only_add(
    one: tuple[Source, NodePath], other: tuple[Source, NodePath], value: JsonValue
) -> None:
    source = _with(_with(*one, value), other[1], other[0].data)
    assert _codes(source, everything=False) <= _codes(source)


@given(DOCUMENTS.filter(lambda found: isinstance(found, dict)))
@settings(max_examples=200, deadline=None)
def test_no_document_makes_a_rule_fail(document: JsonValue) -> None:
    _codes(_source(json.dumps(document, ensure_ascii=False)))


FINE = """\
naftiko: 1.0.0-alpha2
info: {label: Stock, description: What is in stock.}
capability:
  consumes:
    - type: http
      namespace: stock
      description: The warehouse.
      baseUri: https://stock.test
      resources:
        - name: items
          path: /items
          operations: [{name: list, method: GET}]
  exposes:
    - type: mcp
      namespace: agent
      port: 9090
      tools:
        - name: list-items
          description: Lists what can be sold today.
          call: stock.list
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def _write(folder: Path, text: str, name: str = "a.yaml") -> str:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_nothing_to_mend(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = _write(folder, FINE, "x/a.yaml")
    second = _write(folder, FINE, "y/a.yaml")
    assert run(["lint", "--strict", first, second]) == 0
    assert capsys.readouterr() == (
        "x/a.yaml: nothing to mend\ny/a.yaml: nothing to mend\n2 specs: 2 linted\n",
        "",
    )
    assert not (folder / "generated").exists()


def test_a_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(folder, FINE.replace("stock.test", "stock.test/"))
    assert run(["lint", path]) == 0
    out, err = capsys.readouterr()
    assert out == "a.yaml: 1 warning\n"
    assert err == (
        "a.yaml:8:16: warning[W302]: the base URI `https://stock.test/` ends with `/`\n"
        "  |\n"
        "8 |       baseUri: https://stock.test/\n"
        "  |                ^^^^^^^^^^^^^^^^^^^\n"
        "  = hint: paths start with one: remove this one\n"
    )
    assert run(["lint", "--quiet", path]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["lint", "--strict", "--quiet", path]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "warning[W302]" in err


def test_an_error_among_warnings(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FINE.replace("stock.test", "stock.test/").replace("agent", "stock")
    path = _write(folder, text)
    assert run(["lint", path]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "a.yaml:15:18: error[W301]: the namespace `stock` is used twice" in err
    assert "warning[W302]" in err
    assert run(["lint", "-q", path]) == 1
    out, err = capsys.readouterr()
    assert "error[W301]" in err and "W302" not in err


def test_notes_are_no_offence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _write(folder, FINE.replace("{label: Stock", "{tags: [stock], label: Stock"))
    assert run(["lint", "--all", "--strict", path]) == 0
    out, err = capsys.readouterr()
    assert out == "a.yaml: nothing to mend\n"
    assert "a.yaml:17:7: note[N301]: `tools/list` of the adapter `agent`" in err


def test_json_and_the_structure(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FINE.replace("port: 9090", "prot: 9090").replace("agent", "stock")
    bad = _write(folder, text)
    assert run(["lint", "--format", "json", bad, "missing.yaml"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    first, second = json.loads(out)["specs"]
    assert first["status"] == second["status"] == "failed"
    codes = {found["code"]: found["severity"] for found in first["findings"]}
    assert codes["W301"] == "error", "rules run on what the structure check refuses"
    assert codes["E102"] == "error"
    assert [found["code"] for found in second["findings"]] == ["E001"]


def test_nothing_is_laid_over_what_is_linted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(folder, FINE)
    _write(folder, "no overlay", "a.overlay.yaml")
    assert run(["validate", path]) == 1
    assert "a.overlay.yaml:1:1: error[E005]" in capsys.readouterr().err
    assert run(["lint", path]) == 0
    assert capsys.readouterr() == ("a.yaml: nothing to mend\n", "")


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "e202"]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "error[E202]: a call names an unknown operation\n"
        "\n"
        "The part of 'call' after the dot must be the name of an operation of the\n"
        "consumed namespace before it. Correct the name; upper and lower case count.\n"
    )
    assert err == ""
    assert run(["explain", "W301"]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("error[W301]: a namespace means two things\n")
    assert out.endswith("\n\nReported by lint: rule namespaces-unique.\n")
    assert run(["explain", "W313"]) == 0
    assert capsys.readouterr().out.endswith("lint, with --all: rule info-tags.\n")


@pytest.mark.parametrize("code", CODES)
def test_every_code_can_be_explained(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", code]) == 0
    out = capsys.readouterr().out
    assert f"[{code}]: {CODES[code].title}\n\n" in out
    assert CODES[code].explanation in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= 100


def test_an_unknown_code_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "NO301"]) == 64
    out, err = capsys.readouterr()
    assert out == ""
    assert (
        "there is no code 'NO301': did you mean N301 (the size of tools/list)?" in err
    )
    assert run(["explain", "nonsense"]) == 64
    assert "there is no code 'nonsense'\n" in capsys.readouterr().err
    assert run(["explain"]) == 64


def test_a_line_with_credentials_is_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FINE.replace(
        "port: 9090",
        "transport: stdio\n      authentication: {type: bearer, token: s3cret}",
    )
    assert run(["lint", _write(folder, text)]) == 0
    err = capsys.readouterr().err
    assert "a.yaml:17:7: warning[W309]: an MCP adapter over stdio" in err
    assert "s3cret" not in err
