"""Operations that are signed in another way than the rest of their API."""

from __future__ import annotations

from pathlib import Path

import pytest

from emitted import GOLDEN
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import Capability

CASE = (GOLDEN / "operation-signatures/capability.yaml").read_text("utf-8")


def lowered(tmp_path: Path, text: str) -> tuple[Capability | None, Report]:
    spec = tmp_path / "depot.yaml"
    spec.write_text(text)
    report = Report()
    checked = pipeline.check(
        pipeline.Job(str(spec), "depot"), report, pipeline.Stages()
    )
    return (checked.capability if checked else None), report


def schemes(capability: Capability) -> dict[str, tuple[str, list[str]]]:
    return {
        upstream.namespace: (
            upstream.signing.scheme if upstream.signing else "",
            [operation.name for operation in upstream.operations],
        )
        for upstream in capability.upstreams
    }


def test_each_scheme_has_a_signer_of_its_own(tmp_path: Path) -> None:
    capability, report = lowered(tmp_path, CASE)
    assert capability is not None, report.diagnostics
    assert schemes(capability) == {
        "depot": ("", ["getPart"]),
        # The order of keys does not make another scheme.
        "depot-hmac-body": ("hmac-body", ["orderPart", "moveStock"]),
        "depot-aws-sigv4": ("aws-sigv4", ["countStock"]),
    }
    static = [u.authentication is not None for u in capability.upstreams]
    assert static == [True, False, False]
    assert {u.base_uri for u in capability.upstreams} == {"https://depot.example/v1"}


def test_operations_beside_the_scheme_of_their_block(tmp_path: Path) -> None:
    bearer = "authentication: {type: bearer, token: '{{env.DEPOT_TOKEN}}'}"
    block = "signing: {scheme: bybit-v5}"
    capability, report = lowered(tmp_path, CASE.replace(bearer, block))
    assert capability is not None, report.diagnostics
    assert schemes(capability)["depot"] == ("bybit-v5", ["getPart"])
    assert schemes(capability)["depot-hmac-body"][0] == "hmac-body"


def test_a_taken_namespace_is_not_taken_again(tmp_path: Path) -> None:
    other = """\
    - type: http
      namespace: depot-hmac-body
      baseUri: https://other.example
      resources:
        - {name: x, path: /x, operations: [{name: getX, method: GET}]}
  exposes:
"""
    text = CASE.replace("  exposes:\n", other, 1).replace(
        "call: depot.countStock", "call: depot-hmac-body.getX"
    )
    capability, report = lowered(tmp_path, text)
    assert capability is not None, report.diagnostics
    assert list(schemes(capability)) == [
        "depot",
        "depot-hmac-body",
        "depot-hmac-body-2",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("scheme: hmac-body}", "scheme: hmac-bodi}", "E215", "hmac-bodi"),
        ("scheme: aws-sigv4", "scheme: aws-sigv5", "E215", "aws-sigv5"),
        ("data: {from: '{{from}}'", "data: {from: '{{fron}}'", "W211", "from"),
        (
            "method: GET\n              signing",
            "method: GOT\n              signing",
            "E104",
            "GOT",
        ),
        (
            "name: stock\n",
            "name: stock\n          inputParameter: []\n",
            "E102",
            "inputParameter",
        ),
    ],
    ids=["scheme", "module", "body", "method", "resource"],
)
def test_what_is_wrong_is_told_where_it_is_written(
    tmp_path: Path, old: str, new: str, code: str, at: str
) -> None:
    assert CASE.count(old) == 1
    text = CASE.replace(old, new)
    capability, report = lowered(tmp_path, text)
    found = [d for d in report.diagnostics if d.code == code]
    assert found, report.diagnostics
    line = text.splitlines()[found[0].span.start.line - 1]
    assert line[found[0].span.start.column - 1 :].startswith(at)


def test_two_counts_of_one_key_are_told_by_names_that_were_written(
    tmp_path: Path,
) -> None:
    keys = "credentials: {key: DEPOT_KEY, secret: DEPOT_ORDER_SECRET}"
    text = CASE.replace(
        "{scheme: aws-sigv4, region: eu-west-1, service: depot}",
        f"{{scheme: gemini, {keys}}}",
    )
    bearer = "authentication: {type: bearer, token: '{{env.DEPOT_TOKEN}}'}"
    text = text.replace(bearer, f"signing: {{scheme: bitfinex-v2, {keys}}}")
    _, report = lowered(tmp_path, text)
    [found] = [d for d in report.diagnostics if d.code == "E325"]
    assert found.message.startswith("another scheme of `depot` signs with the same key")
    line = text.splitlines()[found.span.start.line - 1]
    assert line[found.span.start.column - 1 :].startswith("{scheme: gemini")
