"""The project's configuration: which specs there are, and what was chosen for each package.

It is ``naftiko-gen.toml``, or the table ``[tool.naftiko-gen]`` of ``pyproject.toml``, in the
current folder or the nearest one above it, up to the root of the repository. Its paths are
relative to its folder. Where there is none, the specs are those in ``specs/``.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Any

from . import spec_files, toml_places
from .diagnostics import Position, Report, Span, closest
from .options import Choice, choices
from .project import NAME, PACKAGE, PROJECT, Project, Settings

FILE = "naftiko-gen.toml"
_PYPROJECT = "pyproject.toml"
#: The names of files that may hold the configuration.
NAMES = (FILE, _PYPROJECT)
_TABLE = ("tool", "naftiko-gen")
_SPECS = ("specs/*.yaml", "specs/*.yml")
_AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_NAME = re.compile(NAME)

_KINDS: Mapping[object, str] = {
    bool: "true or false",
    str: "a text",
    tuple: "a list of texts",
}


def load(config: str | None, report: Report) -> Project | None:
    """The project of the current folder, or that of the file ``config``.

    None after E701 to E704 have been reported; ``report.outside`` then has the patterns and paths
    of specs that are configured.
    """
    path = Path(config) if config is not None else _nearest(Path.cwd())
    if path is None:
        found = tuple(_matching(Path(), _SPECS))
        return Project(specs=found, patterns=_SPECS)
    file = config or os.path.relpath(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        said = "is not UTF-8" if isinstance(problem, ValueError) else problem.strerror
        _add(report, "E701", f"the configuration cannot be read: {said}", _start(file))
        return None
    report.texts[file] = text
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        _add(report, "E701", *_explained(problem, file, text))
        return None
    base = _TABLE if path.name == _PYPROJECT else ()
    for key in base:
        document = document.get(key, {})
    return _Reader(file, text, base, path.parent, report).project(document)


def _nearest(folder: Path) -> Path | None:
    for here in (folder, *folder.parents):
        if (here / FILE).is_file():
            return here / FILE
        if (here / _PYPROJECT).is_file() and _mentions(here / _PYPROJECT):
            return here / _PYPROJECT
        if (here / ".git").exists():
            break
    return None


def _mentions(path: Path) -> bool:
    """Whether a pyproject.toml is about us; one that cannot be parsed counts if it names us."""
    try:
        text = path.read_text(encoding="utf-8")
        return "naftiko-gen" in text and _TABLE[1] in tomllib.loads(text).get(
            "tool", {}
        )
    except tomllib.TOMLDecodeError:
        return "[tool.naftiko-gen" in text
    except (OSError, UnicodeDecodeError):
        return False


def _explained(
    problem: tomllib.TOMLDecodeError, file: str, text: str
) -> tuple[str, Span]:
    said = str(problem)
    found = _AT.search(said)
    at = _start(file).start
    if found and found[1]:
        at = Position(int(found[1]), int(found[2]))
    elif found:
        lines = text.splitlines() or [""]
        at = Position(len(lines), len(lines[-1]) + 1)
    said = _AT.sub("", said)
    return f"the configuration is not TOML: {said[:1].lower()}{said[1:]}", Span(
        file, at, at
    )


def _start(file: str) -> Span:
    return Span(file, Position(1, 1), Position(1, 1))


def _add(
    report: Report, code: str, message: str, span: Span, hint: str | None = None
) -> None:
    report.add(code, message, span, hint)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one document; what is wrong goes to the report, all of it."""

    file: str
    text: str
    base: tuple[str, ...]
    folder: Path
    report: Report

    def project(self, document: Mapping[str, Any]) -> Project | None:
        before = self.report.faults
        found = self._values(document, PROJECT, (), extra=("packages",))
        tables = document.get("packages", {})
        packages: dict[str, Settings] = {}
        if not isinstance(tables, dict):
            self._wrong(("packages",), "takes a table for each package")
            tables = {}
        for name, table in tables.items():
            if not _NAME.fullmatch(name):
                said = "is not a name: lower-case letters, digits and single hyphens"
                self._wrong(("packages", name), said)
            elif not isinstance(table, dict):
                self._wrong(("packages", name), "takes a table")
            else:
                packages[name] = self._settings(
                    self._values(table, PACKAGE, ("packages", name))
                )
        patterns = tuple(self._path(pattern) for pattern in found.get("specs", _SPECS))
        named = (settings.spec for settings in packages.values())
        self.report.outside.update(patterns, filter(None, named))
        specs = self._specs(found.get("specs"), packages)
        if self.report.faults > before:
            return None
        by_name = self._with_specs(packages, specs)
        if by_name is None:
            return None
        return Project(
            self.file,
            tuple(specs),
            self._path(found.get("output", "generated")),
            bool(found.get("strict", False)),
            self._settings(found),
            by_name,
            patterns,
        )

    def _settings(self, found: Mapping[str, Any]) -> Settings:
        spec = found.get("spec")
        return Settings(
            None if spec is None else self._path(spec),
            tuple(self._path(overlay) for overlay in found.get("overlays", ())),
            {
                c.field: self._path(found[c.name]) if c.folder else found[c.name]
                for c in choices()
                if c.name in found
            },
        )

    def _values(
        self,
        table: Mapping[str, Any],
        known: Mapping[str, Choice],
        at: tuple[str, ...],
        extra: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The values of known keys that are of the right kind; lists as tuples."""
        found: dict[str, Any] = {}
        for key, value in table.items():
            if key in extra:
                continue
            if key not in known:
                near = closest(key, (*known, *extra))
                hint = f"did you mean `{near}`?" if near else None
                message = f"`{key}` is not a key of the configuration"
                self._add("E702", message, (*at, key), hint)
                continue
            kind = known[key].kind
            texts = isinstance(value, list) and all(
                v and isinstance(v, str) for v in value
            )
            right = texts if kind is tuple else isinstance(value, kind)
            if not right or value == "":
                self._wrong((*at, key), f"takes {_KINDS[kind]}")
            elif all(self._fits(known[key], one, (*at, key)) for one in _texts(value)):
                found[key] = tuple(value) if kind is tuple else value
        return found

    def _fits(self, choice: Choice, text: str, at: tuple[str, ...]) -> bool:
        wrong = choice.wrong(text)
        if wrong is None:
            return True
        near = closest(text, choice.values)
        hint = f"did you mean `{near}`?" if near else None
        self._add("E703", f"`{at[-1]}`: {wrong}", at, hint)
        return False

    def _specs(
        self, patterns: Sequence[str] | None, packages: Mapping[str, Settings]
    ) -> list[str]:
        """The files of all patterns and of the packages that name theirs."""
        found: dict[str, str] = {}
        for pattern in _SPECS if patterns is None else patterns:
            files = list(_matching(self.folder, [pattern]))
            if not files and patterns is not None:
                message = f"`{pattern}` matches no file"
                self._add("E704", message, ("specs",))
            for file in files:
                found.setdefault(os.path.realpath(file), file)
        for name, settings in packages.items():
            if settings.spec is None:
                continue
            if not os.path.isfile(settings.spec):
                message = f"the spec of `{name}` does not exist: {settings.spec}"
                self._add("E704", message, ("packages", name, "spec"))
            found.setdefault(os.path.realpath(settings.spec), settings.spec)
        return list(found.values())

    def _with_specs(
        self, packages: Mapping[str, Settings], specs: Sequence[str]
    ) -> dict[str, Settings] | None:
        """The packages with their specs: one that names none has the one of its name."""
        from .pipeline import default_name

        by_name = {default_name(spec): spec for spec in specs}
        found: dict[str, Settings] = {}
        for name, settings in packages.items():
            spec = settings.spec or by_name.get(name)
            if spec is None:
                near = closest(name, by_name)
                hint = f"did you mean `{near}`?" if near else "say which with `spec`"
                message = f"no spec is built as `{name}`"
                self._add("E704", message, ("packages", name), hint)
                continue
            found[name] = Settings(spec, settings.overlays, settings.options)
        return found if len(found) == len(packages) else None

    def _path(self, path: str) -> str:
        return os.path.relpath(self.folder / path)

    def _wrong(self, path: tuple[str, ...], said: str) -> None:
        self._add("E703", f"`{path[-1]}` {said}", path)

    def _add(
        self, code: str, message: str, path: tuple[str, ...], hint: str | None = None
    ) -> None:
        span = toml_places.span(self.file, self.text, (*self.base, *path))
        self.report.add(code, message, span, hint)


def _texts(value: object) -> list[str]:
    """The texts that a value has."""
    return (
        [value] if isinstance(value, str) else value if isinstance(value, list) else []
    )


def _matching(folder: Path, patterns: Sequence[str]) -> Iterator[str]:
    """The capabilities that patterns match, sorted, relative to the current folder."""
    found: set[Path] = set()
    for pattern in patterns:
        here = folder / pattern
        if here.is_dir():
            found.update(map(Path, spec_files.below(str(here))))
        elif here.is_file():
            found.add(here)
        else:
            matched = map(Path, glob(str(here), recursive=True))
            found.update(path for path in matched if path.is_file())
    for path in sorted(found):
        if not path.stem.endswith(".overlay"):
            yield os.path.relpath(path)
