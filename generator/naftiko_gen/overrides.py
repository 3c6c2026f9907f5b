"""Templates of a project's own, each in the place of one of the generator's.

A folder holds them under the names of the templates that they replace, and nothing else. They are
read like what a spec names, bounded and never from elsewhere; ``render_overrides`` prints them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import shipped
from .diagnostics import Position, Report, Span, closest
from .files import Files, Unusable, listing

_LIST = "`naftiko-gen templates` lists the names"
_WORD = re.compile(r"'(\w+)'")
#: What editors and systems leave behind.
_LEFT = re.compile(r"(?:.*/)?(?:[.#][^/]*|[^/]*~)(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Override:
    """One template: the ``name`` of what it replaces, its ``file`` as a user would write it."""

    name: str
    file: str
    text: str
    digest: str

    @property
    def lines(self) -> list[str]:
        """Its lines, counted as Jinja does."""
        return re.split(r"\r\n|\r|\n", self.text)

    def span(self, line: int, said: str = "") -> Span:
        """A line of it, or the word in there that ``said`` quotes, the last one if several."""
        text = self.lines[min(line, len(self.lines)) - 1]
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        for word in _WORD.findall(said):
            if found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                start, end = found.span()
        end = max(start, end)
        return Span(self.file, Position(line, start + 1), Position(line, end + 1))


class Faulty(Exception):
    """What is wrong with a template of the project's own, as a diagnostic."""

    def __init__(self, code: str, message: str, span: Span, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.span, self.hint = code, message, span, hint

    def tell(self, report: Report) -> None:
        """Add it to a report."""
        report.add(self.code, self.message, self.span, self.hint)


def load(folder: str, report: Report) -> Mapping[str, Override]:
    """The templates of ``folder`` by name; none without a folder.

    What cannot be one goes to ``report``: E711 to E713.
    """
    if not folder:
        return {}
    if not os.path.isdir(folder):
        said = "is not a folder" if os.path.lexists(folder) else "does not exist"
        message = f"the folder of templates {said}: {folder}"
        hint = "name the folder that holds them; `naftiko-gen templates` says what may be in it"
        report.add("E711", message, _start(folder), hint)
        return {}
    files, known = Files(Path(folder), whose="the templates"), shipped.templates()
    found: dict[str, Override] = {}
    held = {name for name in known if os.path.isdir(os.path.join(folder, name))}
    for name in sorted({*_names(folder, report), *held}):
        file = os.path.join(folder, name)
        if name not in known:
            near = closest(name, known)
            hint = f"did you mean `{near}`?" if near else _LIST
            report.add("E712", f"there is no template `{name}`", _start(file), hint)
            continue
        try:
            content = files.read(name)
        except Unusable as problem:
            report.add("E711", problem.message, _start(file), problem.hint)
            continue
        text = _decoded(content, file, report)
        if text is not None:
            report.texts[file] = text
            found[name] = Override(name, file, text, files.digests[name])
    if found:
        from .render_overrides import prepare

        prepare(found.values(), report)
    return found


def digests(folder: str) -> Mapping[str, str]:
    """The digest of everything in ``folder`` that could be a template, whether it is one or not.

    An empty one for what cannot be read, be it all: ``load`` reports why.
    """
    if not folder:
        return {}
    files, report = Files(Path(folder)), Report()
    found: dict[str, str] = {}
    names = _names(folder, report)
    for name in names if report.ok else ["."]:
        with suppress(Unusable):
            files.read(name)
        found[name] = files.digests.get(name, "")
    return found


def _names(folder: str, report: Report) -> list[str]:
    try:
        found = listing(Path(folder))
    except Unusable as problem:
        report.add("E711", problem.message, _start(folder), problem.hint)
        return []
    return [name for name in found if not _LEFT.fullmatch(name)]


def _decoded(content: bytes, file: str, report: Report) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        before = content[: problem.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        at = Position(line, column)
        message = f"this is not UTF-8: {problem.reason}"
        report.add("E711", message, Span(file, at, at), "save the file as UTF-8")
        return None


def _start(file: str) -> Span:
    return Span(file, Position(1, 1), Position(1, 1))
