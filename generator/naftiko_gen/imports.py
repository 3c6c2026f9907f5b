"""Entries of other files, put where a capability imports them.

An entry of ``consumes``, ``exposes``, ``aggregates`` or ``binds`` may be one of the same
section of another file, which may import it in turn. It keeps its positions there, so that
whatever is wrong with it is reported in the file that it is written in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from naftiko_gen import imported_files, versions
from naftiko_gen.diagnostics import Report, Span, closest
from naftiko_gen.imported_files import InputFile
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Origin, Source
from naftiko_gen.versions import Versioned

__all__ = ["Load", "SECTIONS", "is_import", "resolve"]

#: Reads a file that is imported, up to the structure check; None after reporting a problem.
Load: TypeAlias = Callable[[InputFile], Versioned | None]

SECTIONS = ("binds", "consumes", "aggregates", "exposes")
_MAX_DEPTH = 16


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item of a section and the document that it is written in."""

    source: Source
    section: str
    path: NodePath
    value: JsonObject

    def span(self, *keys: str) -> Span:
        """Where the value of the first of ``keys`` that is written stands."""
        key = next((key for key in keys if key in self.value), None)
        return self.source.span(self.path if key is None else (*self.path, key))

    @property
    def namespace(self) -> str | None:
        """What the entry is called in its document."""
        keys = ("as", "import") if is_import(self.value) else ("namespace",)
        found = (self.value.get(key) for key in keys)
        return next((name for name in found if isinstance(name, str)), None)


def is_import(entry: JsonValue) -> bool:
    """Whether an entry of a section is imported (``location`` alone is a key of binds too)."""
    return isinstance(entry, dict) and "import" in entry


def resolve(source: Source, report: Report, load: Load) -> Source:
    """The document with its imports in place; one that cannot be is left as it is.

    Reports E274 to E280 at the import, and what is wrong with an imported file in it.
    """
    entries = [entry for name in SECTIONS for entry in _entries(source, name)]
    if not any(is_import(entry.value) for entry in entries):
        return source
    reader = _Reader(report, load)
    taken = {
        (entry.section, entry.namespace): entry.span("namespace")
        for entry in reversed(entries)
        if not is_import(entry.value)
    }
    moved: dict[NodePath, Origin] = {}
    placed: dict[NodePath, JsonValue] = {}
    for entry in entries:
        found = reader.follow(entry, ()) if is_import(entry.value) else None
        if found is None:
            continue
        here = entry.span("as", "import")
        first = taken.setdefault((entry.section, entry.namespace), here)
        if first is not here:
            report.add(
                "E277",
                f"the namespace `{entry.namespace}` is already used at line {first.start.line}",
                here,
                "give the import another name with `as`",
            )
            continue
        moved[entry.path] = Origin(found.path, source=found.source)
        if "as" in entry.value:
            moved[(*entry.path, "namespace")] = Origin((*entry.path, "as"))
        placed[entry.path] = _called(found, str(entry.namespace))
    return source.with_data(_with(source.data, placed), moved)


def _entries(source: Source, section: str) -> Iterator[_Entry]:
    root = source.data if isinstance(source.data, dict) else {}
    holders: tuple[tuple[NodePath, JsonValue], ...] = (
        ((), root),
        (("capability",), root.get("capability")),
    )
    for path, holder in holders:
        items = holder.get(section) if isinstance(holder, dict) else None
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield _Entry(source, section, (*path, section, index), item)


@dataclass(slots=True)
class _Reader:
    report: Report
    load: Load
    #: By the real path of each file.
    documents: dict[str, Versioned | None] = field(default_factory=dict)

    def follow(
        self, entry: _Entry, chain: tuple[tuple[str, ...], ...]
    ) -> _Entry | None:
        """The entry that an import stands for; ``chain`` are the imports that led to it."""
        location, wanted = entry.value.get("location"), entry.value.get("import")
        if not isinstance(location, str) or not isinstance(wanted, str):
            return None  # The structure check has said so.
        at = (*entry.path, "location")
        file = imported_files.read(entry.source, at, location, self.report)
        if file is None:
            return None
        real = os.path.realpath(file.path)
        link = (real, entry.section, wanted)
        if link in chain or len(chain) >= _MAX_DEPTH:
            self._endless(entry, (*chain, link), link in chain)
            return None
        if real not in self.documents:
            self.documents[real] = self.load(file)
        document = self.documents[real]
        found = document and self._find(entry, document.source, file.path, wanted)
        if not document or not found:
            return None
        if is_import(found.value):
            return self.follow(found, (*chain, link))
        versions.refuse(document, self.report, imported=True, under=found.path)
        return found

    def _find(
        self, entry: _Entry, source: Source, file: str, wanted: str
    ) -> _Entry | None:
        section = entry.section
        offered = list(_entries(source, section))
        if not offered:
            others = [name for name in SECTIONS if any(_entries(source, name))]
            hint = f"it has `{'`, `'.join(others)}`" if others else None
            self.report.add(
                "E275", f"`{file}` has no `{section}`", entry.span("location"), hint
            )
            return None
        found = [other for other in offered if other.namespace == wanted]
        if len(found) == 1:
            return found[0]
        names = dict.fromkeys(o.namespace for o in offered if o.namespace)
        near = closest(wanted, names)
        message = f"`{file}` has no `{section}` entry with the namespace `{wanted}`"
        hint = f"did you mean `{near}`?" if near else f"known: {', '.join(names)}"
        if found:
            first, second, *_ = (other.span("namespace").start.line for other in found)
            message = f"`{file}` has `{wanted}` twice, in lines {first} and {second}"
            hint = "rename one of them, so that it is clear which is meant"
        self.report.add("E276", message, entry.span("import"), hint)
        return None

    def _endless(
        self, entry: _Entry, chain: tuple[tuple[str, ...], ...], loops: bool
    ) -> None:
        if not loops:
            message = f"this import is {_MAX_DEPTH} files away from where it began"
            hint = "import it from the file that defines it"
            self.report.add("E279", message, entry.span("location"), hint)
            return
        shown = {os.path.realpath(f.path): f.path for f in entry.source.inputs.all}
        first = chain.index(chain[-1])
        names = " → ".join(f"`{shown.get(link[0], link[0])}`" for link in chain[first:])
        self.report.add(
            "E278",
            f"the import of `{chain[-1][2]}` leads back to itself: {names}",
            entry.span("location"),
            "one of these files must say what it is",
        )


def _called(entry: _Entry, name: str) -> JsonValue:
    """The value of an entry under another name, by which it refers to itself too."""
    own = entry.value.get("namespace")
    value: JsonValue = entry.value
    if isinstance(own, str) and own != name and entry.section != "binds":
        value = _renamed(value, f"{own}.", f"{name}.")
    return {**value, "namespace": name} if isinstance(value, dict) else value


def _renamed(value: JsonValue, before: str, after: str) -> JsonValue:
    """A copy in which the references of every ``with`` start with ``after``."""
    if isinstance(value, list):
        return [_renamed(item, before, after) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _renamed(item, before, after) for key, item in value.items()}
    given = found.get("with")
    if isinstance(given, dict):
        found["with"] = {
            key: (
                after + text.removeprefix(before)
                if isinstance(text, str) and text.startswith(before)
                else text
            )
            for key, text in given.items()
        }
    return found


def _with(data: JsonValue, placed: dict[NodePath, JsonValue]) -> JsonValue:
    """A copy of ``data`` with other values at some paths."""
    for path, value in placed.items():
        data = _set(data, path, value)
    return data


def _set(data: JsonValue, path: NodePath, value: JsonValue) -> JsonValue:
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, dict) and isinstance(step, str):
        return {**data, step: _set(data[step], rest, value)}
    if isinstance(data, list) and isinstance(step, int):
        return [*data[:step], _set(data[step], rest, value), *data[step + 1 :]]
    return data
