"""The project's configuration: where it is found, what it chooses, and what is wrong in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from fake_package import forget, install
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report
from naftiko_gen.project_file import load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    install(monkeypatch, tmp_path / "fake")
    work = tmp_path / "work"
    (work / "apis").mkdir(parents=True)
    (work / ".git").mkdir()
    for name in "one", "two":
        (work / f"apis/{name}.yaml").write_text("fine")
    monkeypatch.chdir(work)
    yield work
    forget()


def configure(folder: Path, text: str, name: str = "naftiko-gen.toml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


def faults(folder: Path, text: str) -> list[tuple[str, int, int]]:
    configure(folder, text)
    report = Report()
    assert load(None, report) is None
    return [
        (d.code, d.span.start.line, d.span.start.column) for d in report.diagnostics
    ]


def locked(folder: Path, package: str) -> dict[str, object]:
    text = (folder / package / "naftiko-gen.lock").read_text()
    document: dict[str, object] = json.loads(text)
    return document


@pytest.mark.parametrize("where", ["naftiko-gen.toml", "pyproject.toml"])
def test_commands_need_no_arguments(
    folder: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    table = "" if where == "naftiko-gen.toml" else "[tool.naftiko-gen]\n"
    configure(folder, f'{table}specs = ["apis/*.yaml"]\noutput = "made"\n', where)
    assert run(["build"]) == 0
    assert sorted(path.name for path in (folder / "made").iterdir()) == ["one", "two"]
    assert run(["check"]) == 0
    assert run(["validate"]) == 0
    (folder / "made/one/README.md").write_text("edited")
    capsys.readouterr()
    assert run(["check"]) == 2
    assert "made/one is not what apis/one.yaml gives" in capsys.readouterr().out


def test_paths_are_relative_to_the_configuration(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder, 'specs = ["apis"]\n')
    below = folder / "some/where"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert run(["build", "-q"]) == 0
    assert (folder / "generated/one/README.md").is_file()
    monkeypatch.chdir(folder)
    assert run(["check", "-q"]) == 0


def test_another_configuration_can_be_named(folder: Path) -> None:
    configure(folder, 'specs = ["apis/one.yaml"]\n')
    configure(folder, 'specs = ["apis/two.yaml"]\noutput = "other"\n', "ci.toml")
    assert run(["build", "-q", "--config", "ci.toml"]) == 0
    assert [path.name for path in (folder / "other").iterdir()] == ["two"]
    assert run(["build", "-q", "--config", "none.toml"]) == 1


def test_the_search_ends_at_the_root_of_the_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(folder, 'specs = ["apis"]\n')
    inner = folder / "inner"
    (inner / ".git").mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert run(["build"]) == 64


def test_a_package_has_its_own_name_overlays_and_options(folder: Path) -> None:
    (folder / "a.overlay.yaml").write_text("fine")
    (folder / "b.overlay.yaml").write_text("fine")
    configure(
        folder,
        'specs = ["apis/*.yaml"]\noverlays = ["a.overlay.yaml"]\n'
        '[packages.first]\nspec = "apis/one.yaml"\n'
        'overlays = ["b.overlay.yaml"]\nallow-scripts = true\n'
        "[packages.two]\nallow-scripts = false\n",
    )
    report = Report()
    project = load(None, report)
    assert project is not None, report.diagnostics
    assert project.specs == ("apis/one.yaml", "apis/two.yaml")
    assert project.common.overlays == ("a.overlay.yaml",)
    name, settings = project.of(str(folder / "apis/one.yaml"))
    assert name == "first"
    assert settings.overlays == ("b.overlay.yaml",)
    assert settings.options == {"allow_scripts": True}
    assert project.of("apis/two.yaml")[1].options == {"allow_scripts": False}


def test_the_command_line_has_the_last_word(folder: Path) -> None:
    configure(folder, 'specs = ["apis"]\n[packages.one]\nallow-scripts = true\n')
    assert run(["build", "-q"]) == 0
    options = {"allow-scripts": "true", "name": "one"}
    assert locked(folder, "generated/one")["options"] == options
    assert locked(folder, "generated/two")["options"] == {"name": "two"}
    assert run(["check", "-q", "--no-allow-scripts"]) == 2
    assert run(["build", "-q", "--no-allow-scripts", "apis/one.yaml"]) == 0
    assert locked(folder, "generated/one")["options"] == {"name": "one"}


def test_all_faults_are_told_at_their_places(folder: Path) -> None:
    text = (
        'spec = ["apis"]\nstrict = "yes"\n'
        '[packages.one]\noverlay = []\nspec = "gone.yaml"\n'
        "[packages.Two]\n"
    )
    assert faults(folder, text) == [
        ("E702", 1, 1),
        ("E703", 2, 1),
        ("E702", 4, 1),
        ("E704", 5, 1),
        ("E703", 6, 2),
    ]


def test_what_is_no_toml_is_told_at_its_place(folder: Path) -> None:
    assert faults(folder, 'specs = ["apis"\nstrict = true\n') == [("E701", 2, 1)]
    assert faults(folder, 'output = "') == [("E701", 1, 11)]


def test_specs_that_are_not_there_are_told(folder: Path) -> None:
    assert faults(folder, 'specs = ["apis", "nowhere/*.yaml"]') == [("E704", 1, 1)]
    text = 'specs = ["apis"]\n[packages.oen]\nallow-scripts = true\n'
    assert faults(folder, text) == [("E704", 2, 2)]


def test_a_fault_ends_the_run_with_its_frame(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(folder, 'specs = ["apis"]\noutptu = "made"\n')
    assert run(["build"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("naftiko-gen.toml:2:1: error[E702]: `outptu` is not a key")
    assert "did you mean `output`?" in error
    assert not (folder / "generated").exists()


@pytest.mark.parametrize(
    ("document", "fits"),
    [
        ({"specs": ["a"], "output": "b", "strict": True}, True),
        ({"packages": {"one-two": {"spec": "a", "allow-scripts": True}}}, True),
        ({"packages": {"One": {}}}, False),
        ({"packages": {"one": {"specs": ["a"]}}}, False),
        ({"specs": "a"}, False),
        ({"strict": "a"}, False),
        ({"stirct": True}, False),
    ],
)
def test_the_schema_says_what_the_reader_says(
    document: dict[str, object],
    fits: bool,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
) -> None:
    assert run(["schema", "--config"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid(document) is fits
    for name in "a", "b":
        (folder / name).write_text("fine")
    lines = [f"{k} = {json.dumps(v)}" for k, v in document.items() if k != "packages"]
    packages = document.get("packages", {})
    assert isinstance(packages, dict)
    for name, table in packages.items():
        lines += [f"[packages.{name}]"]
        lines += [f"{k} = {json.dumps(v)}" for k, v in table.items()]
    configure(folder, "\n".join(lines))
    assert (load(None, Report()) is not None) is fits
