"""Files that commands write beside specs: each whole, and only when it differs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import OutputError


def write(files: Mapping[Path, bytes | None], *, force: bool) -> bool:
    """Write what differs; None is a file that must not be there. False when nothing does.

    Raises OutputError when a file that somebody may have edited would be lost.
    """
    before: dict[Path, bytes | None] = {}
    staged: list[tuple[Path, Path]] = []
    try:
        for path in files:
            before[path] = path.read_bytes() if path.is_file() else None
        todo = {p: content for p, content in files.items() if content != before[p]}
        for path in todo:
            if before[path] is not None and not force:
                raise OutputError(
                    f"{path} is there already and differs; --force replaces it"
                )
        for path, content in todo.items():
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(f".{path.name}.naftiko-gen-{os.getpid()}")
                staged.append((temporary, path))
                temporary.write_bytes(content)
        for temporary, path in staged:
            temporary.replace(path)
        for path, content in todo.items():
            if content is None:
                path.unlink()
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        # What has its name is there no more.
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink()
    return bool(todo)
