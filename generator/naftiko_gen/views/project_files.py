"""Which files stand in the folder of a project, for what lists them."""

from __future__ import annotations

from pathlib import PurePosixPath

from naftiko_gen import ir

from .settings import bind_files


def secret_files(capability: ir.Capability) -> list[str]:
    """The files of the project folder that must not leave it."""
    paths = (PurePosixPath(file.path) for file in bind_files(capability))
    inside = {
        str(path) for path in paths if not path.is_absolute() and ".." not in path.parts
    }
    return [".env", *sorted(inside - {".env"})]
