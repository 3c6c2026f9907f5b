"""Files and folders beside a spec that a build takes in, bounded, and never from elsewhere.

What was read is remembered with its digest, so that the lock of the package notes it and a later
change of one of these files is drift.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .lock import sha256

MAX_FILE = 2 * 1024 * 1024
MAX_FOLDER = 16 * 1024 * 1024
MAX_ENTRIES = 1000
_MAX_DEPTH = 16

_SEGMENT = re.compile(r"[A-Za-z0-9._-]+")


class Unusable(Exception):
    """A file that a build cannot take; ``message`` says why and ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(slots=True)
class Files:
    """What lies in and below ``base``, the folder of a spec.

    ``digests`` has an entry for everything that was read: the SHA-256 of a file under its path
    relative to ``base``, and of the names in a folder under its path with a slash behind. Those of
    an imported file's folder have its path as ``prefix``. ``tried`` are the paths of all that was
    looked for, found or not. ``whose`` folder it is stands in messages.
    """

    base: Path
    digests: dict[str, str] = field(default_factory=dict)
    prefix: str = ""
    tried: set[str] = field(default_factory=set)
    whose: str = "the capability"

    @classmethod
    def beside(cls, spec: str) -> Files:
        """The files that lie where ``spec`` does."""
        return cls(Path(os.path.abspath(spec)).parent)

    def at(self, folder: str) -> Files:
        """The files beside an imported file, whose folder has this path from that of the spec."""
        if folder in ("", "."):
            return self
        return Files(self.base / folder, self.digests, f"{folder}/", self.tried)

    def locate(self, location: str) -> str:
        """The path relative to ``base`` that a location names: a ``file:`` URI or a plain path.

        A URI has no relative form, so that ``file:///skills/x`` means ``skills/x`` beside the
        spec, unless it is the full path of something there. Raises Unusable.
        """
        path = location
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", location):
            path = _path_of(location)
        full = Path(path)
        if full.is_absolute() and full.is_relative_to(self.base):
            path = full.relative_to(self.base).as_posix()
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if ".." in parts or "\0" in path or "\\" in path:
            raise Unusable(
                f"`{location}` leads out of the folder of the capability",
                "keep the files beside the capability: a package is made of nothing else",
            )
        return "/".join(parts)

    def read(self, relative: str, limit: int = MAX_FILE) -> bytes:
        """The content of a file; Unusable when it is missing, larger than ``limit`` or elsewhere."""
        path = self._inside(relative)
        if not path.exists():
            raise Unusable(f"there is no file `{relative}`", self._hint(relative))
        if not path.is_file():
            raise Unusable(f"`{relative}` is not a file", "name a regular file")
        content = self._content(path, relative, limit)
        self.digests[self.prefix + relative] = sha256(content)
        return content

    def walk(self, relative: str) -> dict[str, bytes]:
        """Every file in and below a folder, by its path in there, sorted. Raises Unusable."""
        top = self._inside(relative)
        if not top.exists():
            raise Unusable(f"there is no folder `{relative}`", self._hint(relative))
        if not top.is_dir():
            raise Unusable(f"`{relative}` is not a folder", "name a folder")
        found: dict[str, bytes] = {}
        total = 0
        for name in listing(top):
            place = f"{relative}/{name}" if relative else name
            if not all(_SEGMENT.fullmatch(part) for part in name.split("/")):
                raise Unusable(
                    f"the file `{place}` has a name that cannot be served",
                    "use letters, digits, dots, hyphens and underscores",
                )
            content = self.read(place)
            total += len(content)
            if total > MAX_FOLDER:
                raise Unusable(
                    f"the files of `{relative}` have more than {MAX_FOLDER} bytes",
                    "keep in it what is used, and move the rest elsewhere",
                )
            found[name] = content
        self.digests[f"{self.prefix}{relative}/"] = _digest_of(found)
        return found

    def again(self, names: Iterable[str]) -> Mapping[str, str]:
        """The present digests of what was read before under ``names``; none of what is gone."""
        found: dict[str, str] = {}
        for name in names:
            try:
                # A file that was imported may lie elsewhere.
                path = self.base / name
                if name.endswith("/"):
                    found[name] = _digest_of(listing(path))
                else:
                    found[name] = sha256(self._content(path, name, MAX_FOLDER))
            except (Unusable, OSError):
                continue
        return found

    def _hint(self, relative: str) -> str:
        return f"put it beside {self.whose}: `{relative}` is looked for there"

    def _inside(self, relative: str) -> Path:
        path = self.base / relative
        self.tried.add(self.prefix + relative)
        try:
            real = path.resolve()
            path.exists()
        except OSError as error:
            # A name that is too long, for example.
            reason = error.strerror or "it cannot be looked for"
            raise Unusable(
                f"`{relative}` cannot be read: {reason}", self._hint(relative)
            ) from None
        if not real.is_relative_to(self.base.resolve()):
            raise Unusable(
                f"`{relative}` is a link out of the folder of {self.whose}",
                "put a copy in its place: a package is made of nothing else",
            )
        return path

    def _content(self, path: Path, relative: str, limit: int) -> bytes:
        try:
            # A pipe would keep a reader waiting for ever.
            if not stat.S_ISREG(path.stat().st_mode):
                raise Unusable(f"`{relative}` is not a file", "name a regular file")
            with path.open("rb") as stream:
                content = stream.read(limit + 1)
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            raise Unusable(
                f"`{relative}` cannot be read: {reason}", "check its permissions"
            ) from None
        if len(content) > limit:
            raise Unusable(
                f"`{relative}` has more than {limit} bytes",
                "a package holds its files, so they have to be small",
            )
        return content


def _path_of(location: str) -> str:
    parts = urlsplit(location)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise Unusable(
            f"`{location}` is not a file of this machine",
            "write `file:///` and the path from the folder of the capability",
        )
    return unquote(parts.path)


def listing(top: Path) -> list[str]:
    """The paths of all files below ``top``, sorted, without what editors and systems leave."""
    found: list[str] = []
    waiting = [(top, "", 0)]
    while waiting:
        folder, prefix, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            raise Unusable(
                f"`{folder.name}` cannot be read: {reason}", "check its permissions"
            ) from None
        for entry in entries:
            name = prefix + entry.name
            if entry.name in (".DS_Store", "__pycache__", ".git"):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth >= _MAX_DEPTH:
                    raise Unusable(
                        f"`{name}` is too deep", f"at most {_MAX_DEPTH} levels"
                    )
                waiting.append((Path(entry.path), f"{name}/", depth + 1))
            else:
                found.append(name)
            if len(found) + len(waiting) > MAX_ENTRIES:
                raise Unusable(
                    f"`{top.name}` holds more than {MAX_ENTRIES} files",
                    "keep in it what is used, and move the rest elsewhere",
                )
    return sorted(found)


def _digest_of(names: Iterable[str]) -> str:
    return sha256("\n".join(sorted(names)).encode())
