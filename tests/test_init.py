"""What is run once: the beginning of a project, and completion for shells."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from naftiko_gen.cli import run


def test_a_new_project_builds_without_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", str(tmp_path / "shop"), "--name", "My Books"]) == 0
    monkeypatch.chdir(tmp_path / "shop")
    text = Path("specs/my-books.yaml").read_text()
    assert "python -m my_books_capability serve" in text
    capsys.readouterr()
    assert run(["build"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("(2 operations, 2 routes, 2 tools)\n")
    assert err == ""
    assert run(["lint"]) == 0
    assert capsys.readouterr().err == ""
    assert run(["check"]) == 0


def test_commands_about_one_spec_take_that_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    overlay = (
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
        "actions: [{target: $.info, update: {label: Lent books}}]\n"
    )
    Path("lent.yaml").write_text(overlay)
    with Path("naftiko-gen.toml").open("a") as stream:
        stream.write('[packages.lent]\nspec = "specs/example.yaml"\n')
        stream.write('overlays = ["lent.yaml"]\ntools = ["find-*"]\n')
    assert run(["build"]) == 0
    capsys.readouterr()
    assert run(["tools"]) == 0
    out = capsys.readouterr().out
    assert "find-books" in out and "get-book" not in out
    assert run(["graph"]) == 0
    assert "get-book" in capsys.readouterr().out
    # As build emits it: with what the configuration says of the package.
    assert run(["export", "openapi"]) == 0
    contract = Path("generated/lent/openapi.json").read_text("utf-8")
    assert "Lent books" in contract
    assert capsys.readouterr().out == contract
    assert run(["normalize"]) == 0
    assert capsys.readouterr().out.startswith("# A capability")
    assert run(["explain", "signing"]) == 1
    assert "specs/example.yaml has no operation that is" in capsys.readouterr().err
    assert run(["graph", "--config", "nowhere.toml"]) == 1
    assert "nowhere.toml:1:1: error[E701]" in capsys.readouterr().err
    Path("specs/more.yaml").write_bytes(Path("specs/example.yaml").read_bytes())
    assert run(["graph"]) == 64
    named = "name one SPEC of 2: specs/example.yaml, specs/more.yaml"
    assert named in capsys.readouterr().err


def test_nothing_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("naftiko-gen.toml").write_text("strict = false\n")
    assert run(["init"]) == 0
    assert Path("naftiko-gen.toml").read_text() == "strict = false\n"
    Path("specs/example.yaml").write_text("mine")
    assert run(["init"]) == 1
    assert "specs/example.yaml is there already" in capsys.readouterr().err
    assert Path("specs/example.yaml").read_text() == "mine"
    assert run(["init", "--name", "日本"]) == 64


def test_the_name_is_also_for_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "--name", 'Bücher "Nord"']) == 0
    assert capsys.readouterr().out.endswith("then run `naftiko-gen build`\n")
    (spec,) = Path("specs").iterdir()
    assert 'label: "Bücher \\"Nord\\""\n' in spec.read_text("utf-8")
    assert run(["validate"]) == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(shell: str) -> None:
    command = [sys.executable, "-m", "naftiko_gen"]
    script = subprocess.run(
        [*command, "completion", shell], capture_output=True, text=True, check=True
    ).stdout
    assert "_NAFTIKO_GEN_COMPLETE" in script
    # What the script asks the program for.
    words = {
        "COMP_WORDS": "naftiko-gen va",
        "COMP_CWORD": "va" if shell == "fish" else "1",
    }
    asked = {"_NAFTIKO_GEN_COMPLETE": f"{shell}_complete", **words}
    code = "import sys; from naftiko_gen.cli import run; sys.exit(run([]))"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "validate" in answer.stdout
