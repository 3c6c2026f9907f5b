"""The capabilities in specs/: built by default, committed as they are built, and good against their sandboxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from emitted import ROOT, passed, run
from naftiko_gen.cli import run as naftiko_gen

SPECS = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
SPECS = [name for name in SPECS if not name.endswith(".overlay")]


def test_without_arguments_every_spec_is_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert naftiko_gen(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    checked = [line.partition(":")[0] for line in lines if "is up to date" in line]
    assert sorted(checked) == SPECS


@pytest.mark.parametrize("name", [name for name in SPECS if name != "kraken"])
def test_a_committed_package_keeps_its_contract(name: str) -> None:
    project = ROOT / "generated" / name
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly")
    passed(run("-m", "pytest", *options, cwd=project, search=[str(Path(project))]))
