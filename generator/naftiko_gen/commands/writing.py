"""Files that commands write beside specs: each whole, and only when it differs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ..errors import OutputError


def write(files: Mapping[Path, bytes | None], *, force: bool) -> bool:
    """Write what differs; None is a file that must not be there. False when nothing does.

    Raises OutputError when a file that somebody may have edited would be lost.
    """
    try:
        before = {p: p.read_bytes() if p.is_file() else None for p in files}
        todo = {p: content for p, content in files.items() if content != before[p]}
        for path in todo:
            if before[path] is not None and not force:
                raise OutputError(
                    f"{path} is there already and differs; --force replaces it"
                )
        staged = []
        for path, content in todo.items():
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                temporary = path.with_name(f".{path.name}.naftiko-gen-{os.getpid()}")
                temporary.write_bytes(content)
                staged.append((temporary, path))
        for temporary, path in staged:
            temporary.replace(path)
        for path, content in todo.items():
            if content is None:
                path.unlink()
    except OSError as error:
        raise OutputError(f"cannot write {error.filename}: {error.strerror}") from error
    return bool(todo)
