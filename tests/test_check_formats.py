"""What ``check`` tells machines: where a package differs, in the forms that they annotate with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sarif import loader  # type: ignore[import-untyped]

from fake_package import forget, install
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Diagnostic, Position, Span
from naftiko_gen.findings import github, sarif

SPEC = "fine\n# one\n# two\n# three\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    install(monkeypatch, tmp_path / "fake")
    work = tmp_path / "work"
    (work / "specs").mkdir(parents=True)
    monkeypatch.chdir(work)
    (work / "specs/api.yaml").write_text(SPEC)
    yield work
    forget()


def places(capsys: pytest.CaptureFixture[str], status: int = 2) -> list[str]:
    """``CODE file:line`` of everything that ``check`` finds, as GitHub is told it."""
    capsys.readouterr()
    assert run(["check", "--format", "github"]) == status
    found = []
    for line in capsys.readouterr().out.splitlines():
        command, _, rest = line.removeprefix("::").partition(" ")
        assert command == "error"
        properties = dict(p.split("=", 1) for p in rest.split("::", 1)[0].split(","))
        found.append(f"{properties['title']} {properties['file']}:{properties['line']}")
    return found


def test_nothing_is_said_of_a_package_that_is_up_to_date(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    assert places(capsys, status=0) == []


def test_a_package_that_was_never_built(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert places(capsys) == ["E801 specs/api.yaml:1"]


def test_the_lines_of_the_spec_that_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    (folder / "specs/api.yaml").write_text("fine\n# one\n# 2\n# three\n# four\n")
    assert places(capsys) == ["E801 specs/api.yaml:3", "E801 specs/api.yaml:5"]
    (folder / "specs/api.yaml").write_text("fine\n# one\n# three\n")
    assert places(capsys) == ["E801 specs/api.yaml:3"]


def test_an_overlay_that_came(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build"]) == 0
    (folder / "specs/api.overlay.yaml").write_text("overlay: 1.0.0\n")
    assert places(capsys) == ["E801 specs/api.overlay.yaml:1"]


def test_a_file_that_was_edited(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    edited = folder / "generated/api/README.md"
    edited.write_text(edited.read_text() + "mine\n")
    line = len(edited.read_text().splitlines())
    assert places(capsys) == [f"E802 generated/api/README.md:{line}"]


def test_a_file_that_is_missing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    (folder / "generated/api/README.md").unlink()
    assert places(capsys) == ["E803 generated/api/naftiko-gen.lock:1"]


def test_an_option_that_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    (folder / "naftiko-gen.toml").write_text("allow-scripts = true\n")
    assert places(capsys) == ["E804 generated/api/naftiko-gen.lock:1"]


def test_a_package_whose_spec_is_gone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    (folder / "specs/api.yaml").rename(folder / "specs/new.yaml")
    assert run(["build"]) == 0
    assert places(capsys) == ["E805 generated/api/naftiko-gen.lock:1"]
    # Who names a spec asks about that one.
    assert run(["check", "-q", "specs/new.yaml"]) == 0
    mine = folder / "generated/api/mine.txt"
    mine.write_text("mine")
    edited = folder / "generated/api/README.md"
    before = edited.read_text()
    edited.write_text("edited")
    assert run(["build", "--prune"]) == 1
    assert "generated/api/README.md" in capsys.readouterr().err
    assert edited.read_text() == "edited"
    edited.write_text(before)
    assert run(["build", "--prune"]) == 0
    assert "generated/api: removed" in capsys.readouterr().out
    assert [path.name for path in (folder / "generated/api").iterdir()] == ["mine.txt"]
    assert run(["check", "-q"]) == 0


def test_a_lock_of_a_newer_version_is_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 0
    lock = folder / "generated/api/naftiko-gen.lock"
    newer = lock.read_text().replace('"lock": 1', '"lock": 2')
    lock.write_text(newer)
    for command in "build", "check", "diff":
        assert run([command]) == 1
        assert "of a newer version of naftiko-gen" in capsys.readouterr().err
    assert lock.read_text() == newer
    # Nor is it removed when its spec is gone: what is in it is not known.
    before = sorted(lock.parent.rglob("*"))
    (folder / "specs/api.yaml").rename(folder / "specs/new.yaml")
    assert run(["build", "--prune"]) == 1
    assert "generated/api/naftiko-gen.lock cannot be read" in capsys.readouterr().err
    assert sorted(lock.parent.rglob("*")) == before


def test_a_wrong_spec_is_told_in_every_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "specs/api.yaml").write_text("error\n")
    for form in "github", "sarif", "json":
        capsys.readouterr()
        assert run(["validate", "--format", form]) == 1
        assert "E" in capsys.readouterr().out


_DIAGNOSTIC = Diagnostic(
    "E202",
    "100% wrong:\nsee `a, b`",
    Span("specs/my api,1.yaml", Position(3, 5), Position(3, 9)),
    "did you mean `c`?",
)


def test_workflow_commands_are_escaped() -> None:
    assert github.render([_DIAGNOSTIC]) == (
        "::error file=specs/my api%2C1.yaml,line=3,endLine=3,title=E202,col=5,endColumn=9"
        "::100%25 wrong:%0Asee `a, b`%0Ahint: did you mean `c`?\n"
    )


def test_another_program_reads_our_sarif(tmp_path: Path) -> None:
    path = tmp_path / "found.sarif"
    path.write_text(sarif.render([_DIAGNOSTIC, _DIAGNOSTIC]), encoding="utf-8")
    read = loader.load_sarif_file(str(path))
    records = read.get_records()
    assert len(records) == 2
    assert records[0]["Severity"] == "error"
    assert records[0]["Code"] == "E202"
    assert records[0]["Line"] == 3
    assert records[0]["Location"] == "specs/my%20api%2C1.yaml"
    assert "100% wrong" in records[0]["Description"]
    document = json.loads(path.read_text("utf-8"))
    assert document["version"] == "2.1.0"
    assert [r["id"] for r in document["runs"][0]["tool"]["driver"]["rules"]] == ["E202"]
