"""``--strict`` refuses what rests on a guess; without it, such a capability is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialect_specimens import sound, specimen
from naftiko_gen import yaml_text
from naftiko_gen.cli import run
from naftiko_gen.codes import CODES
from naftiko_gen.commands.explain import explanation

_BODY = {"type": "json", "data": {"item": "{{tools.item}}"}}


@pytest.mark.parametrize(
    ("change", "code"), [("body", "W208"), ("twin", "W209"), ("", "")]
)
def test_strict_refuses_a_guess(
    change: str, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = sound()
    many, one = document["capability"]["consumes"][0]["resources"]
    if change != "body":
        many["operations"][1]["body"] = _BODY
    if change == "twin":
        one["path"] = "/orders"
        one["operations"][0]["inputParameters"] = [{"name": "limit", "in": "query"}]
    path = tmp_path / "orders.yaml"
    path.write_bytes(yaml_text.dump(document))
    assert run(["validate", str(path)]) == 0
    assert capsys.readouterr().err == ""
    assert run(["validate", "--strict", str(path)]) == (1 if code else 0)
    said = capsys.readouterr().err
    assert (f"warning[{code}]" in said) if code else not said


@pytest.mark.parametrize("code", [c for c, info in CODES.items() if info.guess])
def test_a_guess_is_explained_as_one(code: str) -> None:
    assert "rests on a guess" in explanation(code)


def test_a_deviation_without_a_guess_is_none() -> None:
    assert "guess" not in explanation("W124")
    assert specimen("W124")
