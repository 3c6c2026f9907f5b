"""The output folder: what stands in it, what a build would change, and changing it.

Only this module touches the folder. A file belongs to us when the folder's lock lists it; any
other file is foreign and is neither changed nor removed. Kept files are made, and never changed.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from . import lock
from .errors import OutputError
from .output_paths import checked, safe

_TEMPORARY = ".naftiko-gen-new"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build would do to a folder: sorted relative paths, and the bytes there now."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    before: Mapping[str, bytes]
    reasons: tuple[str, ...]

    @property
    def none(self) -> bool:
        """True when the folder is already as it should be."""
        return not (self.added or self.changed or self.removed)

    @property
    def paths(self) -> list[str]:
        """Every path that is added, changed or removed."""
        return sorted((*self.added, *self.changed, *self.removed))


def read(folder: Path, path: str) -> bytes | None:
    """What stands at ``path``, or None. Refuses links and what is not a regular file."""
    target = folder
    for part in PurePosixPath(path).parts:
        target = target / part
        try:
            mode = target.lstat().st_mode
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise OutputError(f"cannot read {target}: {error.strerror}") from error
        if stat.S_ISLNK(mode):
            raise OutputError(
                f"{target} is a symbolic link; nothing is written through links"
            )
    try:
        return target.read_bytes()
    except OSError as error:
        raise OutputError(f"cannot read {target}: {error.strerror}") from error


def matches(folder: Path, locked: lock.Lock) -> bool:
    """True when what ``locked`` lists stands in ``folder``, outputs with their digests."""
    try:
        for path in locked.kept:
            os.lstat(f"{folder}/{path}")
        return bool(locked.outputs) and all(
            _digest(f"{folder}/{path}") == digest
            for path, digest in locked.outputs.items()
        )
    except OSError:
        return False


def _digest(path: str) -> str:
    # Fails for a link, and does not wait for a pipe.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(handle, "rb", buffering=0) as stream:
        return lock.sha256(stream.read())


def compare(
    folder: Path,
    files: Mapping[str, bytes],
    new: lock.Lock,
    grown: Collection[str] = (),
) -> Changes:
    """What writing ``files`` and the lock ``new`` would change in ``folder``.

    Kept files stay as they are, but those that have ``grown``. Raises OutputError when ``folder``
    is a file, when a link stands in the way, and when a foreign file stands where one of ours would.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder} is a file; choose another output folder with -o")
    wanted = {checked(path): content for path, content in files.items()}
    wanted[lock.NAME] = new.encode()
    nothing = ("there is no package here yet",)
    if not os.path.lexists(folder):
        return Changes(tuple(sorted(wanted)), (), (), {}, nothing)
    old = lock.load(folder)
    if old is not None and old.newer:
        raise OutputError(
            f"{folder / lock.NAME} is of a newer version of naftiko-gen;"
            " update this one, or choose another output folder with -o"
        )
    known = {**old.outputs, **old.kept} if old else {}
    ours = {lock.NAME, *known}
    reasons = lock.reasons(old, new) if old else [*nothing]
    added, changed, removed, before, foreign = [], [], [], {}, []
    for path, content in sorted(wanted.items()):
        present = read(folder, path)
        if present is None:
            added.append(path)
            if path in known:
                reasons.append(f"file {path} is missing")
        elif present != content and (path in grown or path not in new.kept):
            before[path] = present
            changed.append(path)
            if path not in ours and not (old and old.damaged):
                foreign.append(path)
            elif path not in grown and lock.edited(known, path, present):
                reasons.append(f"file {path} was edited")
    for path in sorted(ours - wanted.keys()):
        present = read(folder, safe(path))
        if present is None:
            continue
        if old and lock.edited(old.kept, path, present):
            reasons.append(f"file {path} is yours, and stays")
        else:
            before[path] = present
            removed.append(path)
            reasons.append(f"file {path} is no longer part of the package")
    if foreign:
        listed = ", ".join(str(folder / path) for path in foreign[:5])
        more = f" and {len(foreign) - 5} more" if len(foreign) > 5 else ""
        raise OutputError(
            f"not written by naftiko-gen, so not overwritten: {listed}{more};"
            " move them away or choose another output folder with -o"
        )
    return Changes(tuple(added), tuple(changed), tuple(removed), before, tuple(reasons))


def apply(
    folder: Path, files: Mapping[str, bytes], new: lock.Lock, todo: Changes
) -> None:
    """Write what ``todo`` says: all of it, or, when a write fails, nothing.

    A new package is made beside its place and moved there as a whole. In one that is there, new
    content is first put beside its target, then moved over it; the lock goes last. Files that are
    already right keep their time stamp. Raises OutputError when the folder cannot be written.
    """
    contents = {**files, lock.NAME: new.encode()}
    if os.path.lexists(folder):
        _update(folder, contents, todo)
    else:
        _create(folder, contents)


def _create(folder: Path, contents: Mapping[str, bytes]) -> None:
    made: list[Path] = []
    beside = folder.with_name(f".{folder.name}{_TEMPORARY}-{os.getpid()}")
    try:
        _make_folders(folder.parent, made)
        shutil.rmtree(beside, ignore_errors=True)
        base = str(beside)
        for parent in sorted({os.path.dirname(path) for path in contents}):
            os.makedirs(os.path.join(base, parent), exist_ok=True)
        for path, content in contents.items():
            _write_new(os.path.join(base, path), content)
        os.rename(beside, folder)
    except BaseException as error:
        shutil.rmtree(beside, ignore_errors=True)
        _give_up(folder, made, error)
        raise


def _update(folder: Path, contents: Mapping[str, bytes], todo: Changes) -> None:
    paths = sorted((*todo.added, *todo.changed), key=lambda path: path == lock.NAME)
    made: list[Path] = []
    staged: list[tuple[str, Path]] = []
    moved: list[str] = []
    try:
        for path in paths:
            _make_folders((folder / path).parent, made)
            staged.append((path, _stage(folder / path, contents[path])))
        for path, temporary in staged:
            os.replace(temporary, folder / path)
            moved.append(path)
        for path in todo.removed:
            (folder / path).unlink()
            moved.append(path)
    except BaseException as error:
        for _, temporary in staged:
            temporary.unlink(missing_ok=True)
        _give_up(folder, made, error, _restore(folder, moved, todo))
        raise
    for path in todo.removed:
        for parent in list(PurePosixPath(path).parents)[:-1]:
            remove_empty(folder / parent)


def _give_up(
    folder: Path, made: list[Path], error: BaseException, left: Sequence[str] = ()
) -> None:
    """Remove the folders that were made; OutputError in place of an error of the disk.

    ``left`` are paths that are not as they were.
    """
    for created in reversed(made):
        remove_empty(created)
    if isinstance(error, OSError):
        place = error.filename2 or error.filename or folder
        said = f"changed already: {', '.join(left)}" if left else "nothing was changed"
        raise OutputError(f"cannot write {place}: {error.strerror}; {said}") from error


def _make_folders(wanted: Path, made: list[Path]) -> None:
    """Make ``wanted`` and what is missing above it; adds the new folders to ``made``."""
    if not wanted.exists():
        _make_folders(wanted.parent, made)
        try:
            wanted.mkdir()
        except FileExistsError:  # Another process was quicker; or it is a file.
            if not wanted.is_dir():
                raise
        else:
            made.append(wanted)


def _stage(target: Path, content: bytes) -> Path:
    """Put ``content`` into a file beside ``target``, with the mode that target has or gets."""
    temporary = target.with_name(f".{target.name}{_TEMPORARY}-{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        _write_new(temporary, content)
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _write_new(path: str | Path, content: bytes) -> None:
    # Unlike tempfile's, this mode leaves the decision to the user's umask.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
    finally:
        os.close(handle)


def _restore(folder: Path, moved: list[str], todo: Changes) -> list[str]:
    """Put back what stood at the paths of ``moved``; those where the disk refuses that, too.

    What cannot be put back stays whole: it is written beside its place first, like all else.
    """
    left: list[str] = []
    for path in moved:
        target = folder / path
        try:
            if path in todo.before:
                os.replace(_stage(target, todo.before[path]), target)
            else:
                target.unlink(missing_ok=True)
        except OSError:
            left.append(path)
    return left


def remove_empty(folder: Path) -> None:
    """Remove a folder that has nothing in it."""
    with suppress(OSError):
        folder.rmdir()
