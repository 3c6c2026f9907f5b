"""Writing a package: all or nothing, ours only, unchanged files untouched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from naftiko_gen import lock, tree
from naftiko_gen.errors import InternalError, OutputError
from naftiko_gen.lock import Lock, sha256
from naftiko_gen.tree import Changes, compare
from naftiko_gen.unified import diff

Files = dict[str, bytes]

FILES: Files = {
    "README.md": b"# a\n",
    "pkg/a.py": b"A = 1\n",
    "pkg/sub/b.py": b"B = 2\n",
}


def locked(files: Files) -> Lock:
    outputs = {path: sha256(content) for path, content in files.items()}
    return Lock("0.1.0", "digest", {"name": "a"}, {"a.yaml": "1"}, outputs)


def write(folder: Path, files: Files) -> Changes:
    todo = compare(folder, files, locked(files))
    tree.apply(folder, files, locked(files), todo)
    return todo


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_build_writes_everything_and_the_next_one_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "kraken"
    assert write(folder, FILES).reasons == ("there is no package here yet",)
    assert state(folder) == {**FILES, lock.NAME: locked(FILES).encode()}
    assert tree.matches(folder, locked(FILES))
    again = compare(folder, FILES, locked(FILES))
    assert again.none and again.reasons == ()
    assert diff(folder, FILES, locked(FILES), again) == ""


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    os.utime(tmp_path / "README.md", (1, 1))
    (tmp_path / "pkg/a.py").chmod(0o755)
    (tmp_path / "mine.txt").write_text("mine")
    files = {**FILES, "pkg/a.py": b"A = 2\n", "new.py": b""}
    todo = write(tmp_path, files)
    assert (todo.added, todo.changed) == (("new.py",), (lock.NAME, "pkg/a.py"))
    assert (tmp_path / "README.md").stat().st_mtime == 1
    assert stat.S_IMODE((tmp_path / "pkg/a.py").stat().st_mode) == 0o755
    assert not (tmp_path / "new.py").stat().st_mode & 0o111
    assert state(tmp_path)["mine.txt"] == b"mine"


def test_stale_files_of_ours_are_removed_with_their_folders(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "pkg/own.py").write_text("mine")
    files = {"README.md": FILES["README.md"]}
    assert write(tmp_path, files).removed == ("pkg/a.py", "pkg/sub/b.py")
    assert sorted(state(tmp_path)) == ["README.md", lock.NAME, "pkg/own.py"]
    assert not (tmp_path / "pkg/sub").exists()


def test_reasons_say_what_happened_to_which_file(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "README.md").write_text("edited\n")
    (tmp_path / "pkg/a.py").unlink()
    files = {path: FILES[path] for path in ("README.md", "pkg/a.py")}
    todo = compare(tmp_path, files, locked(files))
    assert todo.reasons == (
        "file README.md was edited",
        "file pkg/a.py is missing",
        "file pkg/sub/b.py is no longer part of the package",
    )
    assert not tree.matches(tmp_path, locked(FILES))
    text = diff(tmp_path, files, locked(files), todo)
    shown = tmp_path.as_posix().lstrip("/")
    assert f"--- a/{shown}/README.md\n+++ b/{shown}/README.md\n" in text
    assert "-edited\n+# a\n" in text
    assert f"--- /dev/null\n+++ b/{shown}/pkg/a.py\n@@ -0,0 +1 @@\n+A = 1\n" in text
    assert f"--- a/{shown}/pkg/sub/b.py\n+++ /dev/null\n" in text


def test_foreign_files_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("my notes\n")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/a.py").write_bytes(FILES["pkg/a.py"])
    before = state(tmp_path)
    with pytest.raises(OutputError, match="not written by naftiko-gen") as error:
        write(tmp_path, FILES)
    assert "README.md" in str(error.value) and "a.py" not in str(error.value)
    assert state(tmp_path) == before


def test_a_damaged_lock_does_not_lock_the_folder(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / lock.NAME).write_text("<<<<<<< HEAD\n")
    (tmp_path / "README.md").write_text("edited\n")
    todo = write(tmp_path, FILES)
    assert "naftiko-gen.lock cannot be read" in todo.reasons and not todo.removed
    assert state(tmp_path) == {**FILES, lock.NAME: locked(FILES).encode()}


def test_nothing_is_written_through_links_or_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "pkg").symlink_to(outside)
    with pytest.raises(OutputError, match="symbolic link"):
        write(folder, FILES)
    (folder / "pkg").unlink()
    (folder / "README.md").symlink_to(outside / "x")
    with pytest.raises(OutputError, match="symbolic link"):
        write(folder, FILES)
    assert state(outside) == {}
    for path in ("../x", "/x", "a/../../x", "", ".", "a//b", "a\\b"):
        with pytest.raises(InternalError):
            compare(folder, {path: b""}, locked({}))


def test_a_lock_cannot_name_files_outside(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "victim").write_text("x")
    (folder / lock.NAME).write_bytes(locked({"../victim": b"x"}).encode())
    with pytest.raises(OutputError, match="not inside the output folder"):
        write(folder, FILES)
    assert (tmp_path / "victim").exists()


def test_a_file_or_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "file", FILES)
    (tmp_path / "out/README.md").mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot read"):
        write(tmp_path / "out", FILES)


@pytest.mark.parametrize("failing", range(1, 5))
@pytest.mark.parametrize("kind", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_failure_midway_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, kind: BaseException
) -> None:
    folder = tmp_path / "out"
    write(folder, FILES)
    before = state(folder)
    files = {path: content + b"# more\n" for path, content in FILES.items()}
    del files["pkg/sub/b.py"]
    files["made/new.py"] = b""
    real, calls = os.replace, 0

    def replace(source: str, target: str) -> None:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise kind
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write(folder, files)
    assert calls >= failing
    assert state(folder) == before and not (folder / "made").exists()


def test_what_cannot_be_put_back_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    write(folder, FILES)
    files = {path: content + b"# more\n" for path, content in FILES.items()}
    real, moved = os.replace, list[str]()

    def replace(source: str, target: Path) -> None:
        if moved:
            # From here on there is room for a part of a file, and no more.
            monkeypatch.setattr(os, "write", lambda handle, _: part(handle))
            raise OSError(28, "No space left", str(target))
        moved.append(target.relative_to(folder).as_posix())
        real(source, target)

    def part(handle: int) -> int:
        os.truncate(handle, 1)
        raise OSError(28, "No space left")

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError, match="No space left; changed already: "):
        write(folder, files)
    for path, content in FILES.items():
        wanted = files[path] if path in moved else content
        assert (folder / path).read_bytes() == wanted
    assert len(moved) == 1 and not list(folder.rglob(".*"))


def test_a_folder_that_cannot_be_written_is_an_error_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "out"))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(OutputError, match="Permission denied; nothing was changed"):
        write(tmp_path / "out", FILES)
    assert not (tmp_path / "out").exists()


def test_diffs_of_odd_files(tmp_path: Path) -> None:
    old = {"bin": b"\xff", "end": b"x", "form": b"a\x0cb\n", "none": b""}
    new = {"bin": b"\xfe", "end": b"y", "form": b"a\x0cc\n"}
    write(tmp_path, old)
    text = diff(tmp_path, new, locked(new), compare(tmp_path, new, locked(new)))
    assert "Binary files a/" in text and "+y\n\\ No newline at end of file\n" in text
    assert "-a\x0cb\n+a\x0cc\n" in text and "none\n+++ /dev/null\n" in text
