"""The folder of what is remembered: bounded, and only ever ours."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from naftiko_gen import cache

DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    yield tmp_path / "cache"


def age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


def kept(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "tidied"
    }


def test_what_nobody_has_used_for_a_month_goes(folder: Path) -> None:
    for name in ("black/23.1/ab/cd", "findings/ab/old", "findings/ab/used"):
        cache.write(name, b"x")
        age(folder / name, 40)
    cache.write("templates/new", b"x")
    assert cache.read("findings/ab/used") == b"x"
    cache.tidy()
    assert kept(folder) == {"findings/ab/used", "templates/new"}
    assert not (folder / "black/23.1/ab").exists()
    assert cache.read("findings/ab/old") is None


def test_it_is_tidied_once_a_day(folder: Path) -> None:
    cache.tidy()
    assert not folder.exists()
    cache.write("black/a", b"")
    cache.tidy()
    age(folder / "black/a", 40)
    cache.tidy()
    assert kept(folder) == {"black/a"}
    age(folder / "tidied", 2)
    cache.tidy()
    assert kept(folder) == set()


@pytest.mark.parametrize(
    ("bound", "most"), [("_ENTRIES", 3), ("_BYTES", 3 * 10_000), ("_BYTES", 39_999)]
)
def test_the_oldest_goes_when_there_is_too_much(
    folder: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    monkeypatch.setattr(cache, bound, most)
    for number in range(6):
        cache.write(f"findings/{number}", b"x" * 10_000)
        age(folder / f"findings/{number}", number)
    cache.tidy()
    assert kept(folder) == {"findings/0", "findings/1", "findings/2"}


def test_nothing_else_in_a_folder_that_somebody_chose_is_touched(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_ENTRIES", 0)
    (tmp_path / "elsewhere").mkdir()
    (folder / "photos").mkdir(parents=True)
    mine = [tmp_path / "elsewhere/a", folder / "photos/a", folder / "b.txt"]
    for path in mine:
        path.write_text("mine")
        age(path, 400)
    (folder / "black").symlink_to(tmp_path / "elsewhere")
    (folder / "findings").mkdir()
    (folder / "findings/link").symlink_to(tmp_path / "elsewhere/a")
    cache.write("findings/a", b"x")
    cache.tidy()
    assert all(path.read_text() == "mine" for path in mine)
    assert not (folder / "findings/a").exists()


def test_runs_beside_each_other_do_not_disturb_one_another(folder: Path) -> None:
    code = (
        "import os\nfrom naftiko_gen import cache\ncache._ENTRIES = 20\n"
        "for n in range(300):\n"
        "    name = f'findings/{n % 7}/{n}'\n"
        "    cache.write(name, b'x' * n)\n"
        "    assert cache.read(name) in (None, b'x' * n)\n"
        "    if n % 10 == 0:\n"
        "        try:\n            os.utime(cache.folder() / 'tidied', (0, 0))\n"
        "        except OSError:\n            pass\n"
        "        cache.tidy()\n"
        "os.utime(cache.folder() / 'tidied', (0, 0))\ncache.tidy()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    runs = [
        subprocess.Popen([sys.executable, "-c", code], env=environment)
        for _ in range(3)
    ]
    assert [run.wait() for run in runs] == [0, 0, 0]
    assert len(kept(folder)) <= 20
