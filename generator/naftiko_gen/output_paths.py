"""Paths of files below an output folder, so that none of them leads out of it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from . import lock
from .errors import InternalError, OutputError

#: A path inside the folder beyond doubt: no part of it begins with a dot.
_USUAL = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*", re.ASCII)


def checked(path: str) -> str:
    """``path``, one of the plan. Raises InternalError when it is not inside the folder."""
    if _USUAL.fullmatch(path):
        return path
    pure = PurePosixPath(path)
    if (
        pure.is_absolute()
        or pure.as_posix() != path
        or not pure.parts
        or any(part == ".." or "\\" in part or "\0" in part for part in pure.parts)
    ):
        raise InternalError(f"not a path inside an output folder: {path!r}")
    return path


def safe(path: str) -> str:
    """A path out of a lock file, which anybody may have written."""
    try:
        return checked(path)
    except InternalError:
        raise OutputError(
            f"{lock.NAME} lists {path!r}, which is not inside the output folder"
        ) from None
