"""Bad input through the command line: what is said of it, where, and that nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from emitted import ROOT
from naftiko_gen.cli import run
from naftiko_gen.codes import CODES

FOLDER = ROOT / "tests" / "errors"
CASES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the folder of the cases, so that paths are short."""
    monkeypatch.chdir(FOLDER)
    monkeypatch.setenv("NO_COLOR", "1")
    return FOLDER


@pytest.mark.parametrize("case", CASES)
def test_what_is_said(
    case: str,
    here: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    allowed = [] if case.startswith("e311") else ["--allow-scripts"]
    output = str(tmp_path / "out")
    assert run(["build", f"{case}.yaml", "-o", output, *allowed]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert os.listdir(tmp_path) == [], "nothing is written"
    expected = here / f"{case}.txt"
    if request.config.getoption("--update-golden"):
        expected.write_text(err, encoding="utf-8")
    assert err == expected.read_text("utf-8")
    if case[0] == "e" and case[1:4].isdigit():
        codes = {
            str(finding["code"])
            for finding in findings(f"{case}.yaml", capsys, *allowed)
        }
        assert {code for code in codes if code[0] == "E"} == {case[:4].upper()}


def findings(
    spec: str, capsys: pytest.CaptureFixture[str], *options: str
) -> list[dict[str, object]]:
    """The findings in a spec, as data."""
    assert run(["validate", "--format", "json", spec, *options]) == 1
    [result] = json.loads(capsys.readouterr().out)["specs"]
    assert result["status"] == "failed"
    assert isinstance(result["findings"], list)
    return result["findings"]


def test_no_expected_text_is_left_behind() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == CASES


def test_every_code_of_references_has_a_case() -> None:
    wanted = {code for code in CODES if code.startswith(("E2", "E3"))}
    assert wanted == {
        case[:4].upper() for case in CASES if case.startswith(("e2", "e3"))
    }


def test_ten_defects_are_ten_diagnostics(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = [
        (finding["line"], finding["code"])
        for finding in findings("ten-defects.yaml", capsys)
    ]
    assert found == TEN_DEFECTS


TEN_DEFECTS = [
    (1, "E109"),
    (3, "E102"),
    (13, "E105"),
    (14, "E204"),
    (20, "E104"),
    (23, "E206"),
    (28, "E106"),
    (34, "E202"),
    (35, "E101"),
    (36, "E205"),
]


def said(spec: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What is printed about a spec that cannot be read; the same for every command."""
    printed = set()
    for command in ("validate", "build", "check", "diff"):
        assert run([command, spec]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        printed.add(err)
    [text] = printed
    return text


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def test_a_missing_file(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said("nowhere.yaml", capsys) == (
        "nowhere.yaml:1:1: error[E001]: the file does not exist\n"
        "  = hint: check the path and its permissions\n"
    )


def test_a_secret_in_a_spec_is_not_printed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = "e214-written-credential.yaml"
    assert "s3cret" in Path(spec).read_text("utf-8")
    for form in ("text", "json"):
        assert run(["validate", "--format", form, spec]) == 1
        out, err = capsys.readouterr()
        assert "s3cret" not in out + err


@pytest.mark.parametrize("command", ["validate", "build", "check", "diff"])
def test_a_folder_without_a_capability(
    elsewhere: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (elsewhere / "specs.yaml").mkdir()
    assert run([command, "specs.yaml"]) == 64
    out, err = capsys.readouterr()
    assert out == "" and "there is no capability in 'specs.yaml'" in err


def test_bytes_that_are_not_utf_8(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "latin.yaml").write_bytes("info:\n  label: Größe\n".encode("latin-1"))
    assert said("latin.yaml", capsys) == (
        "latin.yaml:2:12: error[E002]: byte 0xF6 at offset 17, line 2, is not UTF-8\n"
        "  = hint: save the file as UTF-8\n"
    )


def test_an_empty_file(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (elsewhere / "empty.yaml").write_bytes(b"")
    assert said("empty.yaml", capsys) == (
        "empty.yaml:1:1: error[E004]: the file holds no value\n"
        "  |\n"
        "1 |\n"
        "  | ^\n"
        "  = hint: a document of this kind is a mapping: lines of `key: value`\n"
    )


def test_ten_megabytes(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (elsewhere / "large.yaml").write_bytes(b"naftiko: 1.0.0-alpha2\n" + b"#" * 10**7)
    assert said("large.yaml", capsys) == (
        "large.yaml:1:1: error[E007]: the file is larger than 2 MiB\n"
        "  |\n"
        "1 | naftiko: 1.0.0-alpha2\n"
        "  | ^\n"
        "  = hint: split the file, or shorten what is embedded in it\n"
    )


def test_nothing_but_text_is_printed_without_a_terminal(here: Path) -> None:
    """As a process: its status, and no colour, no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "naftiko_gen", "validate", "ten-defects.yaml"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT / "generator")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "\x1b" not in done.stderr and "Traceback" not in done.stderr
    assert done.stderr == (here / "ten-defects.txt").read_text("utf-8")
