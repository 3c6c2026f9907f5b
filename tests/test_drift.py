"""``naftiko-gen check``: what it notices, what it says of it, how it exits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from emitted import KRAKEN, built, read, write
from naftiko_gen.cli import run
from naftiko_gen.lock import NAME as LOCK

SPEC = "specs/kraken.yaml"
OUTPUT = "generated/kraken"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the Kraken spec and its package; gives the package's folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "specs").mkdir()
    shutil.copy(KRAKEN, tmp_path / SPEC)
    package = built("kraken")
    write(tmp_path / OUTPUT, {**package.files, LOCK: package.lock.encode()})
    return tmp_path / OUTPUT


def check(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit status and what was printed, which is the same when asked a second time."""
    capsys.readouterr()
    status = run(["check", "--quiet"])
    assert capsys.readouterr().out == ""
    assert run(["check"]) == status
    out = capsys.readouterr().out
    assert run(["check", SPEC]) == status
    assert capsys.readouterr().out == out
    return status, out


HEADING = f"kraken: {OUTPUT} is not what {SPEC} gives:\n"


def test_what_was_built_is_up_to_date(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read(folder)
    assert check(capsys) == (0, f"kraken: {OUTPUT} is up to date\n")
    assert read(folder) == before


FEW = (
    ".env.example",
    "capability.yaml",
    "kraken_capability/operations.py",
    "kraken_capability/py.typed",
    "openapi.json",
)


@pytest.mark.parametrize("path", FEW)
def test_one_changed_byte_is_noticed(
    folder: Path, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (folder / path).read_bytes()
    changed = content[:-1] + b"~" if content else b"~"
    (folder / path).write_bytes(changed)
    assert run(["check"]) == 2
    out = capsys.readouterr().out
    assert out.startswith(f"{HEADING}  - file {path} was edited\n")
    assert f"--- a/{OUTPUT}/{path}\n+++ b/{OUTPUT}/{path}\n@@ " in out
    assert out.count("\n--- ") == 1
    assert (folder / path).read_bytes() == changed, "check writes nothing"


def test_it_is_noticed_in_every_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = sorted(built("kraken").files)
    for path in paths:
        content = (folder / path).read_bytes()
        (folder / path).write_bytes(content[1:] if content else b"~")
    assert run(["check"]) == 2
    out = capsys.readouterr().out
    reasons = "".join(f"  - file {path} was edited\n" for path in paths)
    assert out.startswith(HEADING + reasons)
    assert run(["diff"]) == 0
    out = f"\n{capsys.readouterr().out}"
    for path in paths:
        assert f"\n--- a/{OUTPUT}/{path}\n+++ b/{OUTPUT}/{path}\n@@ " in out


def test_a_changed_spec_is_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = Path(SPEC)
    spec.write_text(spec.read_text().replace("Lead operation", "First operation"))
    status, out = check(capsys)
    assert status == 2
    assert out.startswith(f"{HEADING}  - input kraken.yaml changed\n--- a/")
    assert "\n-  description: 'Kraken Spot REST API" in out
    assert run(["build", "-q"]) == 0
    assert check(capsys)[0] == 0


def test_a_new_sidecar_overlay_is_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("specs/kraken.overlay.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n"
        "  - target: $.info\n    update: {label: Another label}\n"
    )
    status, out = check(capsys)
    assert status == 2
    assert out.startswith(f"{HEADING}  - input kraken.overlay.yaml is new\n")
    assert "\n+# Another label\n" in out


def test_a_missing_file_is_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "kraken_capability" / "operations.py").unlink()
    status, out = check(capsys)
    assert status == 2
    path = "kraken_capability/operations.py"
    assert out.startswith(f"{HEADING}  - file {path} is missing\n")
    assert f"--- /dev/null\n+++ b/{OUTPUT}/{path}\n" in out


def test_a_stale_file_is_noticed_and_a_foreign_one_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "notes.txt").write_text("mine\n")
    assert check(capsys)[0] == 0
    (folder / "kraken_capability" / "old.py").write_text("x = 1\n")
    lock = json.loads((folder / LOCK).read_text())
    lock["outputs"]["kraken_capability/old.py"] = "0" * 64
    (folder / LOCK).write_text(json.dumps(lock))
    status, out = check(capsys)
    assert status == 2
    reason = "  - file kraken_capability/old.py is no longer part of the package\n"
    assert out.startswith(HEADING + reason)
    assert f"--- a/{OUTPUT}/kraken_capability/old.py\n+++ /dev/null\n" in out
    assert "notes.txt" not in out
    assert run(["build", "-q"]) == 0
    assert not (folder / "kraken_capability" / "old.py").exists()
    assert (folder / "notes.txt").read_text() == "mine\n"
    assert check(capsys)[0] == 0


def test_another_generator_is_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (folder / LOCK).read_text()
    digest = json.loads(text)["digest"]
    (folder / LOCK).write_text(text.replace(digest, "0" * 64))
    status, out = check(capsys)
    reason = "  - the generator changed (its modules, templates or profiles)\n"
    assert status == 2
    assert out.startswith(HEADING + reason)
    assert f'-  "digest": "{"0" * 64}",\n+  "digest": "{digest}",\n' in out


def test_another_version_and_other_options_are_noticed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = json.loads((folder / LOCK).read_text())
    lock["generator"], lock["options"] = "0.0.9", {"name": "other"}
    (folder / LOCK).write_text(json.dumps(lock))
    status, out = check(capsys)
    assert status == 2
    assert "  - the generator's version changed (0.0.9 to " in out
    assert "  - option name changed ('other' to 'kraken')\n" in out


@pytest.mark.parametrize("content", ["", "{", "[]", '{"lock": 0}', "<<<<<<< HEAD\n"])
def test_a_damaged_lock_is_noticed_and_mended(
    folder: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / LOCK).write_text(content)
    status, out = check(capsys)
    assert status == 2
    assert out.startswith(f"{HEADING}  - {LOCK} cannot be read\n")
    assert run(["build", "-q"]) == 0
    assert check(capsys)[0] == 0


def test_no_package_at_all(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(folder)
    status, out = check(capsys)
    assert status == 2
    assert out.startswith(f"{HEADING}  - there is no package here yet\n")
    assert not folder.exists()
    # A log is no place for all the lines of a package.
    lines = out.splitlines()
    assert len(lines) < 110
    assert lines[-1].endswith("more lines: `naftiko-gen diff` prints them all)")
    assert run(["diff"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5000


def test_a_spec_with_an_error_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = Path(SPEC)
    spec.write_text(spec.read_text().replace("exposes:", "exposed:"))
    assert run(["check"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[E102]" in err


def test_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "README.md").write_text("edited\n")
    assert run(["check", "--format", "json"]) == 2
    [spec] = json.loads(capsys.readouterr().out)["specs"]
    assert (spec["name"], spec["status"]) == ("kraken", "drift")
    assert spec["reasons"] == ["file README.md was edited"]
    assert spec["diff"].startswith(f"--- a/{OUTPUT}/README.md\n")
