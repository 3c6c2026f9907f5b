"""Which files stand in the folder of a project, and what is mounted where it runs in a container."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from shlex import quote
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.names import kebab

from .settings import bind_files

if TYPE_CHECKING:
    from naftiko_gen.contexts.project import Mount


def secret_files(capability: ir.Capability) -> list[str]:
    """The files of the project folder that must not leave it."""
    paths = (PurePosixPath(file.path) for file in bind_files(capability))
    inside = {
        str(path) for path in paths if not path.is_absolute() and ".." not in path.parts
    }
    return [".env", *sorted(inside - {".env"})]


def mounts(capability: ir.Capability, name: str) -> list[Mount]:
    """The files and folders of binds, once each: where they are, and where a container has them.

    A relative path is looked for in the working directory, which is ``/`` there. ``key`` is that of
    a file in its Secret, whose name begins with ``name``; of a folder, each file is a key, and it is
    empty. What is a folder is told by a slash at the end, or by a name without an ending.
    """
    found: dict[str, Mount] = {}
    for file in bind_files(capability):
        path = PurePosixPath(file.path)
        target = "/" + posixpath.normpath(f"/{file.path}").lstrip("/")
        if target == "/":
            continue
        folder = file.path.endswith("/") or "." not in path.name
        key = "" if folder else re.sub(r"[^A-Za-z0-9._-]", "-", path.name)
        given = quote(str(path)) if folder else f"{key}={quote(str(path))}"
        made: Mount = {
            "source": str(path) if path.is_absolute() else f"./{path}",
            "target": target,
            "key": key,
            "secret": f"{name}-{kebab(file.namespace)}",
            "given": given,
        }
        found.setdefault(target, made)
    return list(found.values())
