"""Packages whose spec is gone: found by their lock, removed without touching anything else."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath

from . import lock, output_paths, tree
from .diagnostics import Position, Report, Span
from .errors import OutputError


def find(output: Path, names: Collection[str]) -> list[Path]:
    """The folders in ``output`` that hold a package of ours with none of these names."""
    if not output.is_dir():
        return []
    return sorted(
        folder
        for folder in output.iterdir()
        if folder.name not in names and (folder / lock.NAME).is_file()
    )


def findings(folder: Path, report: Report) -> None:
    """Add E805 for an orphan."""
    place = Position(1, 1)
    report.add(
        "E805",
        f"no spec is built as `{folder.name}`: it was renamed or deleted",
        Span(str(folder / lock.NAME), place, place),
        "`naftiko-gen build --prune` removes the package",
    )


def prune(folder: Path) -> list[str]:
    """Remove what was written for a package; the paths of ours that were edited stay.

    The lock goes last, and only when nothing of ours stays. Raises OutputError when a file cannot
    be removed, or the lock cannot be read.
    """
    locked = lock.load(folder)
    if locked is None or locked.damaged:
        raise OutputError(f"{folder / lock.NAME} cannot be read; nothing was removed")
    edited: list[str] = []
    for path, digest in sorted({**locked.outputs, **locked.kept}.items()):
        present = tree.read(folder, output_paths.safe(path))
        if present is not None and lock.sha256(present) != digest:
            edited.append(path)
        elif present is not None:
            _unlink(folder, path)
    if not edited:
        _unlink(folder, lock.NAME)
    tree.remove_empty(folder)
    return edited


def _unlink(folder: Path, path: str) -> None:
    try:
        (folder / path).unlink()
    except OSError as error:
        raise OutputError(f"cannot remove {folder / path}: {error.strerror}") from error
    for parent in list(PurePosixPath(path).parents)[:-1]:
        tree.remove_empty(folder / parent)
