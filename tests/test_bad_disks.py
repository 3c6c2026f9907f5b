"""Folders that cannot be written, and disks that are full: nothing is lost, or left half-written.

The refusals are those of the system, not of a replaced function: programs run without the right
to write anywhere, with a limit on the size of files, or on a small disk of their own.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialect_specimens import sound
from emitted import ROOT, read
from naftiko_gen import lock, yaml_text

OPENAPI = ROOT / "tests/openapi/bookshop-2.0.yaml"
#: Bytes of the largest file that may be written: more than most files of a package have.
LIMIT = 12_000
DISK = 1_500_000
#: prctl(2): by dropping this right, root is bound to modes as everybody is.
_PRCTL, _DROP, _DAC_OVERRIDE = ctypes.CDLL(None).prctl, 24, 1
_NO_RIGHT = 77


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generator"),
        "PYTHONDONTWRITEBYTECODE": "1",
        # One for all, outside of what is looked at.
        "NAFTIKO_GEN_CACHE_DIR": str(folder.parent / "cache"),
        "HOME": str(folder),
    }


COMMAND = (sys.executable, "-m", "naftiko_gen")


def run(
    folder: Path, *arguments: str, confined: bool = False, limit: int = 0
) -> subprocess.CompletedProcess[str]:
    """The program in ``folder``: as one that modes of folders hold for, with short files."""

    def prepare() -> None:
        if confined and os.geteuid() == 0 and _PRCTL(_DROP, _DAC_OVERRIDE, 0, 0, 0):
            os._exit(_NO_RIGHT)
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
        timeout=120,
    )


def refused(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program, where it has no right to write."""
    done = run(folder, *arguments, confined=True)
    if done.returncode == _NO_RIGHT:
        pytest.skip("root may write everywhere here, and cannot give that right up")
    return done


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a spec."""
    (tmp_path / "specs").mkdir()
    spec(tmp_path, "Orders of a shop.")
    yield tmp_path
    tmp_path.chmod(0o755)
    for here, names, _ in os.walk(tmp_path):
        for name in names:
            os.chmod(os.path.join(here, name), 0o755)


def spec(folder: Path, description: str) -> None:
    document = sound()
    document["info"]["description"] = description
    (folder / "specs/shop.yaml").write_bytes(yaml_text.dump(document))


def read_only(top: Path) -> None:
    for here, _, _ in os.walk(top):
        os.chmod(here, 0o555)


def test_a_read_only_folder_gets_no_package(folder: Path) -> None:
    (folder / "generated").mkdir()
    read_only(folder / "generated")
    done = refused(folder, "build")
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("error: cannot write generated/")
    assert done.stderr.endswith("Permission denied; nothing was changed\n")
    assert list((folder / "generated").iterdir()) == []


def test_a_read_only_package_stays_as_it_is(folder: Path) -> None:
    assert run(folder, "build").returncode == 0
    before = read(folder / "generated")
    read_only(folder / "generated")
    # It can be looked at.
    assert refused(folder, "check").returncode == 0
    spec(folder, "Something else.")
    assert refused(folder, "check").returncode == 2
    done = refused(folder, "build")
    assert done.returncode == 1
    assert "Permission denied; nothing was changed" in done.stderr
    assert read(folder / "generated") == before
    (folder / "specs/shop.yaml").rename(folder / "specs/store.yaml")
    done = refused(folder, "build", "--prune")
    assert done.returncode == 1 and "cannot remove generated/shop/" in done.stderr
    assert read(folder / "generated") == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("init", "--name", "more"),
        ("import", "openapi", str(OPENAPI), "-q"),
        ("normalize", "specs/shop.yaml", "-o", "specs/more.yaml"),
        ("graph", "specs/shop.yaml", "-o", "specs/shop.svg"),
        ("schema", "--modeline", "specs/shop.yaml"),
        ("validate", "-q", "--report", "specs/report.json"),
    ],
)
def test_other_commands_write_nothing_either(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    before = read(folder / "specs")
    read_only(folder)
    done = refused(folder, *arguments)
    assert done.returncode == 1, done
    assert "error: cannot write " in done.stderr and "Permission denied" in done.stderr
    assert read(folder / "specs") == before


def test_a_package_of_which_a_file_cannot_be_written_whole(folder: Path) -> None:
    done = run(folder, "build", limit=LIMIT)
    assert done.returncode == 1 and "File too large; nothing was changed" in done.stderr
    assert not (folder / "generated").exists()
    assert run(folder, "build").returncode == 0
    before = read(folder / "generated")
    assert any(len(content) > LIMIT for content in before.values())
    # All that is changed is as long as before, or a little longer.
    longest = max(len(content) for content in before.values())
    spec(folder, "Something else. " * (longest // 10))
    done = run(folder, "build", limit=LIMIT)
    assert done.returncode == 1 and "File too large; nothing was changed" in done.stderr
    assert read(folder / "generated") == before


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        (("import", "openapi", str(OPENAPI), "-q"), 2_000),
        (("normalize", "specs/shop.yaml", "--in-place"), 500),
        (("graph", "specs/shop.yaml", "-o", "specs/shop.svg"), 500),
        (("schema", "--modeline", "specs/shop.yaml"), 2_000),
    ],
)
def test_no_file_is_left_in_part(
    folder: Path, arguments: tuple[str, ...], limit: int
) -> None:
    file = folder / "specs/shop.yaml"
    file.write_text(file.read_text().replace("authentication:", "auth:"))
    before = read(folder)
    done = run(folder, *arguments, limit=limit)
    assert done.returncode == 1, done
    assert "error: cannot write specs/" in done.stderr
    assert "File too large" in done.stderr
    assert read(folder) == before


def on_a_small_disk(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a shell script does with a disk of its own, mounted at ``folder``/generated."""
    options = "-m" if os.geteuid() == 0 else "-rm"
    mount = f"mount -t tmpfs -o size={DISK} none generated"
    return subprocess.run(
        ["unshare", options, "sh", "-ec", f"{mount}\n{script}"],
        cwd=folder,
        env={**environment(folder), "GENERATE": " ".join(COMMAND)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def disk(folder: Path) -> Path:
    (folder / "generated").mkdir()
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare to mount a disk with")
    done = on_a_small_disk("true", folder)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    return folder


def test_a_disk_that_gets_full(disk: Path) -> None:
    # A package is built; then all room is taken but for some pages, fewer than it has files.
    script = """
        status() { $GENERATE build "$@" >out 2>err && echo 0 || echo $?; }
        test "$(status)" = 0
        cp -a generated/shop before
        dd if=/dev/zero of=generated/filler bs=4096 2>/dev/null || true
        truncate --size=-40960 generated/filler
        sed -i 's/Orders of a shop/Anything at all/' specs/shop.yaml
        test "$(status --package-version 9.9.9)" = 1
        grep -q 'No space left on device; nothing was changed' err
        diff -r before generated/shop
        test "$(status --name other)" = 1
        grep -q 'No space left on device; nothing was changed' err
        test "$(ls -A generated | tr '\\n' ' ')" = "filler shop "
        rm generated/filler
        test "$(status)" = 0
    """
    done = on_a_small_disk(script, disk)
    assert done.returncode == 0, (
        done,
        *(p.read_text() for p in (disk / "out", disk / "err")),
    )
    assert lock.load(disk / "before/") is not None
