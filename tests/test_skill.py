"""What agents are taught: the example builds, and every command in the text exists."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from naftiko_gen.cli import group, run


@pytest.mark.parametrize("options", [[], ["--llms"]])
def test_the_commands_exist(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["skill", *options]) == 0
    text = capsys.readouterr().out
    calls = re.findall(r"`naftiko-gen ([a-z][^`]*)`", text)
    assert len(calls) > 3
    for call in calls:
        command: click.Command = group
        for word in call.split():
            if isinstance(command, click.Group) and word in command.commands:
                command = command.commands[word]
        assert command is not group, call
        known = {name for option in command.params for name in option.opts}
        assert {word for word in call.split() if word.startswith("-")} <= known, call


def test_the_example_builds_without_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["skill"]) == 0
    text = capsys.readouterr().out
    front = yaml.safe_load(text.split("---\n")[1])
    assert front["name"] == "naftiko-gen" and len(front["description"]) <= 1024
    [example] = re.findall(r"```yaml\n(.*?)```", text, re.S)
    monkeypatch.chdir(tmp_path)
    Path("library.yaml").write_text(example)
    for command in "validate", "lint", "build":
        assert run([command, "--strict", "library.yaml"]) == 0
        assert capsys.readouterr().err == ""
    assert Path("generated/library/tools.json").is_file()
    assert run(["check", "library.yaml"]) == 0
