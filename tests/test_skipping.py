"""``--skip-invalid``: the sound operations are built, and every other one is told of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dialect_specimens import Document, sound
from naftiko_gen import yaml_text
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import Options
from naftiko_gen.pipeline import Checked, Job, Stages, check


def _written(document: Document, folder: Path) -> Path:
    path = folder / "orders.yaml"
    path.write_bytes(yaml_text.dump(document))
    return path


def _checked(path: Path) -> tuple[Checked | None, Report]:
    report = Report()
    options = Options(skip_invalid=True)
    return check(Job(str(path), "orders", (), options), report, Stages()), report


def _faulty() -> Document:
    """The path of `get-order` lacks its placeholder, and a tool has a name that is none."""
    document = sound()
    block = document["capability"]["consumes"][0]
    block["resources"][1]["path"] = "/receipts"
    document["capability"]["exposes"][1]["tools"].append(
        {"name": "add", "description": "Adds.", "call": "shop.ad", "with": {}}
    )
    return document


def test_what_has_an_error_is_left_out_with_what_calls_it(tmp_path: Path) -> None:
    path = _written(_faulty(), tmp_path)
    found, report = _checked(path)
    assert found is not None and report.ok
    lines = path.read_text().splitlines()
    skipped = found.capability.skipped
    assert {part.what for part in skipped} == {
        "operation `shop.get-order`",
        "route `GET /orders/{order-id}` of `orders-rest`",
        "tool `get-order` of `orders-mcp`",
        "tool `add` of `orders-mcp`",
    }
    for part in skipped:
        assert lines[part.line - 1].strip(" -")
        assert part.why
    assert [tool.name for tool in found.capability.tools] == ["list-orders"]
    assert len(found.capability.routes) == 2
    assert {d.code for d in report.warnings} >= {"E210", "E202"}


def test_the_lock_the_readme_and_the_summary_name_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _written(_faulty(), tmp_path)
    output = tmp_path / "out"
    assert run(["build", str(path), "-o", str(output)]) == 1
    assert not output.exists()
    assert run(["build", "--skip-invalid", str(path), "-o", str(output)]) == 0
    said = capsys.readouterr().out
    folder = output / "orders"
    locked = json.loads((folder / "naftiko-gen.lock").read_text())
    assert locked["options"]["skip-invalid"] == "true"
    readme = (folder / "README.md").read_text().replace("\\`", "`")
    assert len(locked["skipped"]) == 4
    for what, why in locked["skipped"].items():
        assert what in readme and what in said
        assert why.split("`")[0] in readme
    assert run(["check", "--skip-invalid", str(path), "-o", str(output)]) == 0
    assert run(["build", "--skip-invalid", str(path), "-o", str(output)]) == 0
    assert "nothing changed" in capsys.readouterr().out


def test_a_document_without_a_sound_part_is_refused(tmp_path: Path) -> None:
    document = sound()
    document["capability"]["consumes"][0]["baseUri"] = "shop.example"
    found, report = _checked(_written(document, tmp_path))
    assert found is None
    assert {error.code for error in report.errors} == {"E108"}
    assert "E105" in {warning.code for warning in report.warnings}


def test_an_error_outside_of_all_parts_is_an_error(tmp_path: Path) -> None:
    document = _faulty()
    document["info"]["colour"] = "red"
    found, report = _checked(_written(document, tmp_path))
    assert found is None
    assert {error.code for error in report.errors} >= {"E102", "E210"}


def test_a_sound_document_is_built_as_it_is(tmp_path: Path) -> None:
    found, report = _checked(_written(sound(), tmp_path))
    assert found is not None and not report.diagnostics
    assert found.capability.skipped == ()


def test_positions_are_those_of_the_file(tmp_path: Path) -> None:
    document = _faulty()
    tools = document["capability"]["exposes"][1]["tools"]
    tools.reverse()
    tools[-1]["outputParameters"] = [{"type": "object", "mapping": "$."}]
    path = _written(document, tmp_path)
    found, report = _checked(path)
    assert found is not None
    [note] = [d for d in report.diagnostics if d.code == "W103"]
    line = path.read_text().splitlines()[note.span.start.line - 1]
    assert line.strip() == "mapping: $."
