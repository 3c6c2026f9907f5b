"""The command line: what it prints, how it exits, what it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_package import forget, install
from naftiko_gen import pipeline
from naftiko_gen.cli import run

HEAVY = ("jinja2", "black", "jsonschema", "yaml", "jsonpath", "asyncio")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    install(monkeypatch, tmp_path / "fake")
    work = tmp_path / "work"
    (work / "specs").mkdir(parents=True)
    monkeypatch.chdir(work)
    yield work
    forget()


def spec(folder: Path, name: str, text: str) -> str:
    (folder / "specs" / name).write_text(text)
    return f"specs/{name}"


def test_build_check_diff(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = spec(folder, "my_api.yaml", "fine")
    assert run(["check", path]) == 2
    assert "there is no package here yet" in capsys.readouterr().out
    assert run(["build", path]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "my-api: 5 files written to generated/my-api (2 operations, 1 route, 0 tools)\n"
    )
    assert err == ""
    made = folder / "generated/my-api"
    assert (made / "pkg/module.py").read_text() == '"""fine"""\n\nVALUE = "fine"\n'
    assert (made / "README.md").read_text() == "# fine\n\n3 things of `my-api`\n"
    assert run(["build", path]) == 0
    assert capsys.readouterr().out == "my-api: nothing changed\n"
    assert run(["check", path]) == 0
    assert capsys.readouterr().out == "my-api: generated/my-api is up to date\n"
    assert run(["diff", path]) == 0
    assert capsys.readouterr().out == ""

    (made / "README.md").write_text("edited\n")
    assert run(["check", path]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith(
        "my-api: generated/my-api is not what specs/my_api.yaml gives:\n"
        "  - file README.md was edited\n"
        "--- a/generated/my-api/README.md\n+++ b/generated/my-api/README.md\n"
    )
    assert run(["diff", path]) == 0
    assert capsys.readouterr().out.startswith("--- a/generated/my-api/README.md\n")
    assert run(["build", path]) == 0
    assert "my-api: 1 file written" in capsys.readouterr().out

    spec(folder, "my_api.yaml", "less")
    assert run(["check", path]) == 2
    assert "  - input my_api.yaml changed\n" in capsys.readouterr().out
    assert run(["build", path]) == 0
    assert "4 files written to generated/my-api, 1 removed (" in capsys.readouterr().out


def test_output_is_the_same_in_another_folder(folder: Path) -> None:
    path = spec(folder, "a.yaml", "fine")
    assert run(["build", "-q", path, "-o", "one"]) == 0
    assert run(["build", "-q", str(folder / path), "-o", str(folder / "x/two")]) == 0
    assert run(["check", path, "-o", "x/two"]) == 0
    first = (folder / "one/a/naftiko-gen.lock").read_bytes()
    assert (folder / "x/two/a/naftiko-gen.lock").read_bytes() == first


def test_the_second_build_imports_no_formatter(folder: Path) -> None:
    path = spec(folder, "a.yaml", "fine")
    assert run(["build", path]) == 0
    calls: list[str] = []
    original = pipeline.build
    pipeline.build = lambda *a: calls.append("x") or original(*a)  # type: ignore
    try:
        assert run(["build", path]) == 0
        assert calls == []
        assert run(["build", "--strict", path]) == 0
        (folder / "generated/a/pkg/helper.py").write_text("x")
        assert run(["build", path]) == 0
        assert len(calls) == 2
    finally:
        pipeline.build = original


def test_specs_are_found_and_built_separately(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build"]) == 64
    assert "no capability in specs/" in capsys.readouterr().err
    spec(folder, "b.yml", "error")
    spec(folder, "a.yaml", "fine")
    spec(folder, "a.overlay.yaml", "not a capability")
    assert run(["build"]) == 1
    out, err = capsys.readouterr()
    first, *summary = out.splitlines()
    assert first.startswith("a: 5 files")
    assert summary == [
        "2 specs: 1 built, 1 refused",
        "  E201  1 in 1: a call names an unknown namespace",
    ]
    assert "specs/b.yml:1:1: error[E201]: no such namespace" in err
    assert sorted(os.listdir("generated")) == ["a"]
    assert run(["build", "specs/a.overlay.yaml", "specs/a.yaml"]) == 0
    assert capsys.readouterr().out == "a: nothing changed\n"


def test_warnings(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = spec(folder, "a.yaml", "warning")
    assert run(["validate", path]) == 0
    out, err = capsys.readouterr()
    assert out == "specs/a.yaml: valid\n" and "warning[W101]" in err
    assert run(["validate", "--quiet", path]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["build", "--strict", path]) == 1
    assert "warning[W101]" in capsys.readouterr().err
    assert not (folder / "generated").exists()


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = spec(folder, "a.yaml", "fine"), spec(folder, "b.yaml", "error")
    assert run(["build", "--format", "json", good, bad]) == 1
    out, err = capsys.readouterr()
    first, second = json.loads(out)["specs"]
    assert err == ""
    assert (first["name"], first["status"]) == ("a", "written")
    assert (second["spec"], second["status"]) == ("specs/b.yaml", "failed")
    assert "E201" in json.dumps(second["findings"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["build", "--format", "xml"],
        ["build", "--name", "Not A Name", "a.yaml"],
        ["build", "--name", "../x", "a.yaml"],
        ["build", "--name", "x", "a.yaml", "b.yaml"],
        ["build", "--shard", "3/2"],
        ["build", "--shard", "1"],
        ["build", "--jobs", "0"],
        ["build", "--report", "report.txt"],
        ["build", "x/*.yaml"],
    ],
)
def test_wrong_command_lines(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run(arguments) == 64
    out, err = capsys.readouterr()
    assert out == "" and "Error: " in err
    assert os.listdir() == ["specs"]


def test_errors_of_the_user(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "specs/missing.yaml"]) == 1
    assert "E001" in capsys.readouterr().err
    (folder / "generated").write_text("")
    assert run(["build", spec(folder, "a.yaml", "fine")]) == 1
    assert capsys.readouterr().err.startswith("error: ")


def test_faults_of_the_generator(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spec(folder, "a.yaml", "crash")
    monkeypatch.delenv("NAFTIKO_GEN_TRACEBACK", raising=False)
    assert run(["build", path]) == 70
    out, err = capsys.readouterr()
    assert out == "" and err.startswith(
        "internal error: specs/a.yaml: RuntimeError: a stage fell over\n"
    )
    assert "NAFTIKO_GEN_TRACEBACK=1" in err and "Traceback" not in err
    assert os.listdir() == ["specs"]
    monkeypatch.setenv("NAFTIKO_GEN_TRACEBACK", "1")
    assert run(["build", path]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_profile_and_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = spec(folder, "a.yaml", "fine")
    assert run(["build", path, "--name", "other", "--profile"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("other: 5 files written to generated/other")
    stages = [line.split()[0] for line in err.splitlines()]
    assert stages == ["compare", "plan", "render", "verify", "black", "write", "total"]


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-X", "importtime", "-m", "naftiko_gen", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["build", "--help"]])
def test_help_and_version_import_little(arguments: list[str]) -> None:
    done = program(*arguments)
    assert done.returncode == 0 and done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "naftiko_gen" in imported
    assert sorted(imported.intersection(HEAVY)) == []
    if arguments == ["--version"]:
        assert done.stdout == "naftiko-gen 0.1.0\n" and "click" not in imported


def test_the_program_exits_with_the_status() -> None:
    assert program("nonsense").returncode == 64
