"""Files that a document imports: read once, bounded, and remembered as inputs of the build.

A location is relative to the file that it is written in, which is another
one for parts that were imported. Every file that was read goes into the lock, so that
``check`` notices when it changes.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import unquote

from naftiko_gen.diagnostics import Report, closest

if TYPE_CHECKING:
    from naftiko_gen.source import NodePath, Source

__all__ = ["MAX_BYTES", "InputFile", "Inputs", "Kind", "path_of", "read"]

#: What a file is to the build.
Kind: TypeAlias = Literal["import", "overlay"]

MAX_BYTES = 2 * 1024 * 1024
_MAX_FILES = 200
#: Names of a folder that are searched for one like the one that is missing.
_LISTED = 2_000

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_UNREADABLE = {
    errno.ENOENT: "does not exist",
    errno.ENOTDIR: "does not exist",
    errno.EISDIR: "is a directory",
    errno.EACCES: "may not be read by this user",
    errno.ELOOP: "is a link that leads back to itself",
}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read: where it is, as the user would write it, and its bytes.

    ``name`` is its path from the folder of the spec, with slashes; for a location that is
    written as an absolute path it is that path.
    """

    path: str
    name: str
    kind: Kind
    content: bytes = field(repr=False)

    @property
    def folder(self) -> str:
        """The folder of the file, from that of the spec; empty when it is the same."""
        return self.name.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that a build has read because the spec, or a file it names, names them."""

    spec: str
    _found: dict[str, InputFile] = field(default_factory=dict, repr=False)

    def add(self, path: str, name: str, kind: Kind, content: bytes) -> InputFile:
        """Remember a file; one that was remembered before stays what it was."""
        return self._found.setdefault(path, InputFile(path, name, kind, content))

    @property
    def all(self) -> tuple[InputFile, ...]:
        """The files in the order in which they were read."""
        return tuple(self._found.values())

    def of(self, kind: Kind) -> tuple[InputFile, ...]:
        """The files of one kind."""
        return tuple(file for file in self._found.values() if file.kind == kind)

    def locate(self, location: str, home: str) -> tuple[str, str]:
        """The path of ``location`` as written in the file ``home``, and its name."""
        known = self._found.get(home)
        base = known.name if known else os.path.basename(self.spec)
        path = PurePath(os.path.dirname(home)) / location
        return str(path), (PurePath(os.path.dirname(base)) / location).as_posix()

    def get(self, path: str) -> InputFile | None:
        """The file at ``path``, when it was read before."""
        return self._found.get(path)

    @property
    def full(self) -> bool:
        """Whether so many files were read that something must be wrong."""
        return len(self._found) >= _MAX_FILES


def read(
    source: Source, path: NodePath, location: str, report: Report
) -> InputFile | None:
    """The file that the value at ``path`` of ``source`` names as ``location``.

    None after reporting there why it cannot be used: E280 when it cannot be read, E274 when the location is not that of a file.
    """
    span = source.span(path)
    written = path_of(location)
    if written is None:
        scheme = location.partition(":")[0]
        report.add(
            "E274",
            f"`{scheme}:` is not the location of a file on this machine",
            span,
            "nothing is fetched: keep a copy beside the capability and write its path",
        )
        return None
    file, name = source.inputs.locate(written, source.home(path))
    report.outside.add(os.path.abspath(file))
    known = source.inputs.get(file)
    if known is not None:
        return known
    problem, content = _content(file)
    if source.inputs.full:
        problem = f"is one of more than {_MAX_FILES:,} files"
    if problem:
        hint = "locations are relative to the file that they are written in"
        near = _near(file)
        if "not exist" in problem and near:
            hint = f"did you mean `{near}`? {hint}"
        report.add("E280", f"the file `{file}` {problem}", span, hint)
        return None
    return source.inputs.add(file, name, "import", content)


def path_of(location: str) -> str | None:
    """The path that a location means, which may be a `file:` URI; None for other schemes.

    `file:///./x` and `file://./x` are relative, as the format has them.
    """
    scheme = _SCHEME.match(location)
    if scheme is None:
        return location
    if scheme[1].lower() != "file":
        return None
    rest = location[len(scheme[0]) :]
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host not in ("", "localhost", ".", ".."):
            return None
        rest = f"{host}{slash}{path}" if host.startswith(".") else f"/{path}"
        if rest.startswith(("/./", "/../")):
            rest = rest[1:]
    return unquote(rest)


def _content(file: str) -> tuple[str, bytes]:
    """What is wrong with a file ("" when nothing is), and its bytes."""
    try:
        # A pipe would be waited for, and a device may never end.
        if not stat.S_ISREG(os.stat(file).st_mode):
            folder = os.path.isdir(file)
            return "is a directory" if folder else "is not a regular file", b""
        with open(file, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        number = getattr(problem, "errno", None) or errno.EINVAL
        other = f"cannot be opened ({errno.errorcode.get(number, number)})"
        return _UNREADABLE.get(number, other), b""
    if len(content) > MAX_BYTES:
        return f"is larger than {MAX_BYTES:,} bytes", b""
    return "", content


def _near(file: str) -> str | None:
    """A file of the same folder whose name is like that of the one that is missing."""
    folder, name = os.path.split(file)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, _LISTED)]
    except (OSError, ValueError):
        return None
    # Their ends are the same most often, and would make any two names alike.
    stems = {os.path.splitext(other)[0]: other for other in sorted(names)}
    near = closest(os.path.splitext(name)[0], stems)
    return stems[near] if near else None
