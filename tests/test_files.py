"""Files beside a spec: found, bounded, never from elsewhere, and noted in the lock."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from naftiko_gen import files as reading
from naftiko_gen.files import Files, Unusable
from naftiko_gen.lock import sha256


@pytest.fixture
def beside(tmp_path: Path) -> Files:
    """The files beside a spec in a folder of a few."""
    (tmp_path / "skills" / "a").mkdir(parents=True)
    (tmp_path / "skills" / "b.txt").write_bytes(b"b")
    (tmp_path / "skills" / "a" / "SKILL.md").write_bytes(b"# a")
    return Files.beside(str(tmp_path / "spec.yaml"))


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("file:///skills/a", "skills/a"),
        ("file:///./skills//a/", "skills/a"),
        ("file://localhost/skills/a%2Dx", "skills/a-x"),
        ("skills/a", "skills/a"),
        ("./skills/a", "skills/a"),
    ],
)
def test_locations(beside: Files, location: str, path: str) -> None:
    assert beside.locate(location) == path


def test_a_full_path_of_something_beside_the_spec(beside: Files) -> None:
    assert beside.locate(f"file://{beside.base}/skills/a") == "skills/a"


@pytest.mark.parametrize(
    "location",
    [
        "file:///../etc/passwd",
        "file:///skills/%2e%2e/%2e%2e/x",
        "../x",
        "a\\..\\b",
        "https://example.org/x",
        "file://elsewhere/x",
        "file:///a%00b",
    ],
)
def test_nothing_leads_out(beside: Files, location: str) -> None:
    with pytest.raises(Unusable):
        beside.locate(location)


def test_what_is_read_is_noted(beside: Files) -> None:
    found = beside.walk("skills")
    assert found == {"a/SKILL.md": b"# a", "b.txt": b"b"}
    assert beside.digests == {
        "skills/a/SKILL.md": sha256(b"# a"),
        "skills/b.txt": sha256(b"b"),
        "skills/": sha256(b"a/SKILL.md\nb.txt"),
    }
    assert beside.again(beside.digests) == beside.digests


def test_a_change_shows(beside: Files) -> None:
    beside.walk("skills")
    (beside.base / "skills" / "b.txt").write_bytes(b"c")
    (beside.base / "skills" / "new.txt").write_bytes(b"")
    now = beside.again(beside.digests)
    changed = {name for name in now if now[name] != beside.digests[name]}
    assert changed == {"skills/", "skills/b.txt"}
    (beside.base / "skills" / "b.txt").unlink()
    assert "skills/b.txt" not in beside.again(beside.digests)


def test_links_out_are_refused(
    beside: Files, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "secret").write_bytes(b"s")
    (beside.base / "skills" / "link").symlink_to(other / "secret")
    with pytest.raises(Unusable, match="is a link out of the folder"):
        beside.walk("skills")
    (beside.base / "way").symlink_to(other)
    with pytest.raises(Unusable, match="is a link out of the folder"):
        beside.read("way/secret")


def test_bounds(beside: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unusable, match="has more than 2 bytes"):
        beside.read("skills/a/SKILL.md", 2)
    monkeypatch.setattr(reading, "MAX_FOLDER", 3)
    with pytest.raises(Unusable, match="have more than 3 bytes"):
        beside.walk("skills")
    monkeypatch.setattr(reading, "MAX_ENTRIES", 1)
    with pytest.raises(Unusable, match="more than 1 files"):
        beside.walk("skills")


def test_what_is_no_file_or_folder(beside: Files) -> None:
    for call, message in (
        (lambda: beside.read("skills"), "is not a file"),
        (lambda: beside.read("nope"), "there is no file"),
        (lambda: beside.walk("nope"), "there is no folder"),
        (lambda: beside.walk("skills/b.txt"), "is not a folder"),
        (lambda: beside.read("x" * 300), "cannot be read: File name too long"),
        (lambda: beside.walk("x" * 300), "cannot be read: File name too long"),
    ):
        with pytest.raises(Unusable, match=message):
            call()
    os.mkfifo(beside.base / "skills" / "pipe")
    with pytest.raises(Unusable, match="is not a file"):
        beside.walk("skills")


def test_names_that_cannot_be_served(beside: Files) -> None:
    (beside.base / "skills" / "a b").write_bytes(b"")
    with pytest.raises(Unusable, match="has a name that cannot be served"):
        beside.walk("skills")
