"""Last look at the files before they are written. The only module that imports black.

Every Python file that a template made must compile. Templates and ``pycode`` print the shape that
black gives; a file that may have left it is shown to black, once for each content and version.
"""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections.abc import Iterable, Mapping
from functools import cache as once
from pathlib import Path

from . import cache, shape, shipped
from .errors import InternalError
from .lock import sha256


def check(
    files: Mapping[str, bytes], origins: Mapping[str, str], known: Iterable[bytes] = ()
) -> None:
    """Raise InternalError, naming file and template, for a file that does not compile, and for one
    that would differ on another machine.

    ``origins`` maps the paths that templates made to the names of these templates; other files
    (static modules, data) are not looked at. ``known`` are the inputs of the build: text of them
    may look like a path of this machine.
    """
    local = _local_paths()
    for path, template in origins.items():
        _check_text(files[path], f"{path} (from {template})")
        for own in local:
            if own in files[path] and not _quoted_from(own, template, known):
                raise InternalError(
                    f"{path} (from {template}) holds a path of this machine"
                )
        if path.endswith(".py"):
            _check_syntax(files[path], path, template)


def shaped(files: Mapping[str, bytes], origins: Mapping[str, str]) -> dict[str, bytes]:
    """``files``, all of which compile, with those that templates made in black's shape."""
    return {
        path: (
            _confirmed(content, f"{path} (from {origins[path]})")
            if path in origins
            and path.endswith(".py")
            and shape.doubtful(content.decode("utf-8"))
            else content
        )
        for path, content in files.items()
    }


class NotPython(Exception):
    """A text is no Python: the line at which that shows, and what is wrong with it."""

    def __init__(self, problem: str, content: bytes, line: int) -> None:
        super().__init__(problem)
        lines = content.decode("utf-8").split("\n")
        self.problem, self.line = problem, line
        self.text = lines[line - 1].strip() if 0 < line <= len(lines) else ""


def own(content: bytes) -> bytes:
    """What black makes of a module that a template of the user's made. Raises NotPython."""
    try:
        _compile(content, "<template>")
    except _FAULTS as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        raise NotPython(said, content, line or 1) from error
    try:
        return _confirmed(content, "the module")
    except InternalError as error:
        raise NotPython(str(error), content, 1) from error


def unstable(files: Mapping[str, bytes]) -> list[str]:
    """The Python files of ``files`` that black would change, always asking black itself."""
    return sorted(
        path
        for path, content in files.items()
        if path.endswith(".py") and _format(content, path) != content
    )


def _check_text(content: bytes, place: str) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InternalError(f"{place} is not UTF-8: {error}") from error
    if b"\r" in content:
        raise InternalError(f"{place} has a carriage return")
    if content and not content.endswith(b"\n"):
        raise InternalError(f"{place} does not end with a newline")


def _local_paths() -> list[bytes]:
    """Paths that only this machine has. One of a single part (``/app``) may mean anything."""
    found = [os.getcwd(), os.path.expanduser("~"), str(shipped.templates_dir())]
    return [os.fsencode(path) for path in found if path.count(os.sep) > 1]


def _quoted_from(local: bytes, template: str, known: Iterable[bytes]) -> bool:
    if any(local in text for text in known):
        return True
    return local in (shipped.templates_dir() / template).read_bytes()


def _check_syntax(content: bytes, path: str, template: str) -> None:
    try:
        _compile(content, path)
    except _FAULTS as error:
        raise InternalError(
            f"{path} (from {template}) does not compile: {error}"
        ) from error


_FAULTS = (SyntaxError, ValueError, Warning, RecursionError, MemoryError)


def _compile(content: bytes, path: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        compile(content, path, "exec", dont_inherit=True)


def _confirmed(content: bytes, place: str) -> bytes:
    """What black makes of ``content``. That it changes nothing is remembered by the digest."""
    store = _store()
    digest = sha256(content)
    name = f"{store}/{digest[:2]}/{digest[2:]}"
    if store and cache.read(name) is not None:
        return content
    formatted = _format(content, place)
    if store and formatted == content:
        cache.write(name, b"")
    return formatted


@once
def _store() -> str | None:
    """Where answers of the installed black are kept; its version is found without importing it."""
    spec = importlib.util.find_spec("black")
    if spec is None or spec.origin is None:
        return None
    site = Path(spec.origin).parent.parent
    installed = sorted(path.name for path in site.glob("black-*.dist-info"))
    if len(installed) != 1:
        return None
    return f"black/{installed[0].removesuffix('.dist-info')}"


def _format(content: bytes, place: str) -> bytes:
    import black
    from black.parsing import InvalidInput

    try:
        return black.format_str(content.decode("utf-8"), mode=black.Mode()).encode(
            "utf-8"
        )
    except InvalidInput as error:
        raise InternalError(f"black cannot read {place}: {error}") from error
