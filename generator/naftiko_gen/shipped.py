"""The files that come with the generator: where they are, and one digest over all of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def templates_dir() -> Path:
    """The template folder: inside the package when installed, beside it in a checkout."""
    inside = _PACKAGE / "templates"
    if inside.is_dir():
        return inside
    return _PACKAGE.parent.parent / "templates"


def templates() -> list[str]:
    """The names of all templates, which are their paths below the template folder."""
    base = templates_dir()
    return [path.relative_to(base).as_posix() for path in sorted(base.rglob("*.jinja"))]


def _files(base: Path, skip: Path | None = None) -> Iterator[tuple[str, Path]]:
    for folder, folders, names in os.walk(base):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if name != "__pycache__" and name[0] != "." and here / name != skip
        )
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(".pyc"):
                yield (here / name).relative_to(base).as_posix(), here / name


#: The digests of the files below, which stand in every lock.
_known: dict[bytes, str] = {}


@cache
def static(name: str) -> bytes:
    """A file below the template folder that is emitted as it is."""
    content = (templates_dir() / name).read_bytes()
    _known[content] = hashlib.sha256(content).hexdigest()
    return content


def sha256(content: bytes) -> str:
    """The hex digest of ``content``, known already where it is a file that was shipped."""
    return _known.get(content) or hashlib.sha256(content).hexdigest()


@cache
def digest() -> str:
    """SHA-256 (hex) over the name and content of every module, template, schema and profile.

    An installed generator and a checkout with the same files have the same digest.
    """
    total = hashlib.sha256()
    templates = templates_dir()
    for kind, base, skip in (
        ("generator", _PACKAGE, templates),
        ("templates", templates, None),
    ):
        for name, path in _files(base, skip):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            total.update(f"{kind}/{name} {content}\n".encode())
    return total.hexdigest()
