"""A variable of a bind that nothing uses is said to be a leftover, and no other one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dialect_specimens import Document, sound
from naftiko_gen import yaml_text
from naftiko_gen.diagnostics import Diagnostic, Report
from naftiko_gen.pipeline import Job, Stages, check


def _notes(document: Document, folder: Path) -> list[Diagnostic]:
    path = folder / "orders.yaml"
    path.write_bytes(yaml_text.dump(document))
    report = Report()
    assert check(Job(str(path), "orders"), report, Stages()) is not None
    return [note for note in report.diagnostics if note.code == "W215"]


def _with(name: str, variable: str = "") -> tuple[Document, Any]:
    document = sound()
    document["binds"][0]["keys"][name] = variable or name
    return document, document["capability"]["consumes"][0]


def test_a_leftover_is_noted_at_its_place(tmp_path: Path) -> None:
    document, _ = _with("OLD_KEY")
    [note] = _notes(document, tmp_path)
    text = (tmp_path / "orders.yaml").read_text().splitlines()
    line = text[note.span.start.line - 1]
    assert line[note.span.start.column - 1 :] == "OLD_KEY: OLD_KEY"
    assert (note.message, note.hint) == ("nothing uses the bind `OLD_KEY`", "remove it")


def test_what_was_meant_as_an_address_is_told_of_the_setting(tmp_path: Path) -> None:
    document, _ = _with("SHOP_BASE_URL")
    [note] = _notes(document, tmp_path)
    assert note.hint is not None and note.hint.endswith("set `SHOP_BASE_URI`")


@pytest.mark.parametrize(
    "use",
    [
        lambda block: block.update(baseUri="https://{{SHOP_KEY}}.example"),
        lambda block: block.update(baseUri="https://{{env.SHOP_KEY}}.example"),
        lambda block: block.update(
            inputParameters=[{"name": "k", "in": "header", "value": "{{SHOP_KEY}}"}]
        ),
        lambda block: block.update(
            signing={
                "scheme": "bybit-v5",
                "credentials": {"key": "SHOP_KEY", "secret": "OTHER"},
            },
            authentication=None,
        ),
    ],
)
def test_what_is_used_is_not_noted(use: Any, tmp_path: Path) -> None:
    document, block = _with("SHOP_KEY")
    use(block)
    if block["authentication"] is None:
        del block["authentication"], document["binds"][0]["keys"]["SHOP_TOKEN"]
    assert _notes(document, tmp_path) == []


def test_the_usual_variables_of_a_scheme_are_used(tmp_path: Path) -> None:
    document, block = _with("KEY", "BYBIT_API_KEY")
    document["binds"][0]["keys"] = {"KEY": "BYBIT_API_KEY", "LEFT": "BYBIT_LEFT"}
    del block["authentication"]
    block["signing"] = {"scheme": "bybit-v5"}
    assert [note.message for note in _notes(document, tmp_path)] == [
        "nothing uses the bind `LEFT`"
    ]


def test_files_of_binds_may_hold_more(tmp_path: Path) -> None:
    document = sound()
    (tmp_path / "more.yaml").write_text("SPARE: spare\n")
    document["binds"].append(
        {
            "namespace": "more",
            "location": "file:///./more.yaml",
            "keys": {"SPARE": "SPARE"},
        }
    )
    assert _notes(document, tmp_path) == []
