"""The accepted deviations: what is noted, where, and that the document then passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from naftiko_gen import dialect
from naftiko_gen.codes import CODES
from naftiko_gen.diagnostics import Report
from naftiko_gen.dialect.rule import Edit, Finding, Rule, changed
from naftiko_gen.schema import ALPHA2, check
from naftiko_gen.source import JsonValue, Source, read

SEED = """\
naftiko: 1.0.0-alpha2
info: {label: Account data, description: Balances of one account.}
binds:
  - namespace: env
    keys: {API_KEY: API_KEY}
capability:
  consumes:
    - type: http
      namespace: account
      baseUri: https://api.example
      authentication:
        {type: apikey, key: API-Key, value: '{{env.API_KEY}}', placement: header}
      resources:
        - name: balance
          path: /0/private/Balance
          operations:
            - name: getBalance
              method: POST
              inputParameters:
                - name: body
                  in: body
                  type: object
                  required: true
                  description: Request body payload.
              outputRawFormat: json
              outputParameters:
                - {name: result, type: object, value: $.}
        - name: orders
          path: /0/private/OpenOrders
          operations:
            - name: getOrders
              method: POST
              inputParameters:
                - {name: body, in: body, type: object}
                - {name: plain, in: query}
  exposes:
    - type: rest
      namespace: account-rest
      port: 8080
      description: REST adapter.
      resources:
        - path: /v1/balance
          operations:
            - method: POST
              call: account.getBalance
              with: {body: rest.body}
              outputParameters:
                - type: object
                  mapping: $.
        - path: /v1/orders
          operations:
            - method: POST
              call: account.getOrders
              outputParameters:
                - {type: array, mapping: $.orders}
    - type: mcp
      namespace: account-mcp
      port: 9090
      tools:
        - name: get-balance
          description: Balance.
          call: account.getBalance
          outputParameters:
            - type: object
              properties:
                all: {type: object, mapping: $.}
"""


def _read(text: str, folder: Path) -> Source:
    file = folder / "capability.yaml"
    file.write_text(text, encoding="utf-8")
    report = Report()
    source = read(str(file), report)
    assert source is not None and report.ok, report.diagnostics
    return source


def _notes(report: Report) -> list[tuple[str, int, int, str]]:
    return [
        (item.code, item.span.start.line, item.span.start.column, item.message)
        for item in report.diagnostics
    ]


def _applied(text: str, folder: Path) -> tuple[Source, Report]:
    report = Report()
    return dialect.apply(_read(text, folder), report), report


def test_the_seed_has_three_deviations_and_no_error(tmp_path: Path) -> None:
    source, report = _applied(SEED, tmp_path)
    check(source, report)
    assert _notes(report) == [
        (
            "W101",
            22,
            19,
            "2 input parameters of `account` with `type`, `required`, `description`: "
            "kept, they drive typing and validation",
        ),
        (
            "W102",
            40,
            7,
            "REST adapter `account-rest` with `description`: kept, it describes the "
            "API",
        ),
        (
            "W103",
            49,
            19,
            "2 outputs of `account-rest` with `mapping` alone: the mapped node itself "
            "is returned",
        ),
        (
            "W103",
            66,
            37,
            "1 output of `account-mcp` with `mapping` alone: the mapped node itself is "
            "returned",
        ),
    ]


def test_nothing_is_lost(tmp_path: Path) -> None:
    source = _read(SEED, tmp_path)
    assert dialect.apply(source, Report()).data == source.data


def test_the_kraken_capability_passes() -> None:
    file = Path(__file__).parent.parent / "specs" / "kraken.yaml"
    report = Report()
    source = read(str(file), report)
    assert source is not None
    check(dialect.apply(source, report), report)
    assert report.ok
    assert {item.code for item in report.diagnostics} == {"W101", "W102", "W103"}
    assert [item.span.start.line for item in report.diagnostics] == [36, 235, 249, 410]


def test_a_document_without_deviations_has_no_notes() -> None:
    report = Report()
    file = Path(__file__).parent / "schema" / "complete.yaml"
    source = read(str(file), report)
    assert source is not None
    dialect.apply(source, report, tuple(r for r in dialect.RULES if r.code == "W202"))
    found = [(item.code, item.message.split("`")[1]) for item in report.diagnostics]
    keys = "signing errors limits summary signing cost permission requestBody result sample signing tags"
    assert found == [("W202", key) for key in keys.split()]


EXTENSION = """\
naftiko: 1.0.0-alpha2
capability:
  consumes:
    - type: http
      namespace: a
      baseUri: https://a.example
      signing: {scheme: kraken-spot}
      resources:
        - name: r
          path: /r
          operations:
            - {name: o, method: GET, cost: 2}
"""


def test_inline_extension_keys_are_accepted_with_a_warning(tmp_path: Path) -> None:
    source, report = _applied(EXTENSION, tmp_path)
    check(source, report)
    text = "extension key `{}`: validators of the official format reject it"
    assert _notes(report) == [
        ("W202", 7, 7, text.format("signing")),
        ("W202", 12, 38, text.format("cost")),
    ]


def test_extension_keys_from_an_overlay_are_not_noted(tmp_path: Path) -> None:
    source = _read(EXTENSION, tmp_path)

    def overlaid(block: JsonValue) -> JsonValue:
        assert isinstance(block, dict)
        limit: JsonValue = {"maximum": 15, "decay": 0.33}
        counter: JsonValue = {"tiers": {"a": limit}, "default": "a"}
        return {**block, "limits": {"counter": counter}}

    data = changed(source.data, ("capability", "consumes", 0), overlaid)
    report = Report()
    check(dialect.apply(source.with_data(data), report), report)
    assert [item.span.start.line for item in report.diagnostics] == [7, 12]


@pytest.mark.parametrize(
    "text",
    [
        "naftiko: 1.0.0-alpha2\n",
        "capability: text\n",
        "capability: {consumes: {a: b}, exposes: [1, null, {type: rest}]}\n",
        "capability: {exposes: [{type: [rest], description: 5, resources: [[]]}]}\n",
        "capability: {exposes: [{tools: [{outputParameters: [{type: [], mapping: 1,"
        " properties: [a], items: [b]}]}]}]}\n",
        "consumes: [{namespace: [5], resources: [{operations: [{inputParameters: [5]}]}]}"
        "]\n",
        "capability: {aggregates: [{functions: 5}, {functions: [5]}]}\n",
    ],
)
def test_other_shapes_are_left_to_the_schema_check(text: str, tmp_path: Path) -> None:
    stamped = text if text.startswith("naftiko") else f"naftiko: {ALPHA2}\n{text}"
    source, report = _applied(stamped, tmp_path)
    assert report.diagnostics == ()
    check(source, report)
    assert not report.ok


def test_shared_files_are_looked_at_too(tmp_path: Path) -> None:
    text = """\
naftiko: 1.0.0-alpha2
consumes:
  - type: http
    namespace: a
    baseUri: https://a.example
    inputParameters:
      - {name: x, in: query, required: false}
"""
    _, report = _applied(text, tmp_path)
    assert [item[:3] for item in _notes(report)] == [("W101", 7, 30)]


def test_rules_rewrite_from_the_end(tmp_path: Path) -> None:
    def find(source: Source) -> Iterator[Finding]:
        assert isinstance(source.data, dict)
        tags = source.data["tags"]
        assert isinstance(tags, list)
        for index, tag in enumerate(tags):
            if tag == "old":

                def without(node: JsonValue, at: int = index) -> JsonValue:
                    assert isinstance(node, list)
                    return [*node[:at], *node[at + 1 :]]

                yield Finding(
                    ("tags", index),
                    "old tag",
                    at_key=False,
                    edits=(Edit(("tags",), without),),
                )

    source = _read("tags: [old, a, old, b]\n", tmp_path)
    report = Report()
    result = dialect.apply(source, report, (Rule("W101", find),))
    assert result.data == {"tags": ["a", "b"]}
    assert source.data == {"tags": ["old", "a", "old", "b"]}
    assert [item[1:3] for item in _notes(report)] == [(1, 8), (1, 16)]


def test_edits_share_what_they_do_not_change() -> None:
    data: JsonValue = {"a": [{"b": 1}, {"c": 2}], "d": {"e": 3}}
    result = changed(data, ("a", 0, "b"), lambda value: 5)
    assert result == {"a": [{"b": 5}, {"c": 2}], "d": {"e": 3}}
    assert isinstance(result, dict) and isinstance(data, dict)
    assert result["d"] is data["d"]
    assert changed(data, ("a", 7, "b"), lambda value: 5) == data


def test_every_rule_has_a_code_with_an_explanation() -> None:
    for rule in dialect.RULES:
        assert CODES[rule.code].explanation
