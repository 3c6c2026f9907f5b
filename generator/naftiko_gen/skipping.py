"""``--skip-invalid``: a document without the operations in which errors stand.

An error belongs to the smallest part around it that can be left out: an operation, a route, a tool,
a resource, a prompt, a function, a whole block. What calls a part that is left out is left out
with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .diagnostics import Diagnostic, Position, Report, Severity
from .dialect.places import (
    Place,
    callers,
    capability,
    consumes_blocks,
    entries,
    text_of,
)
from .ir import JsonValue, Skipped
from .source import NodePath, Origin, Source

if TYPE_CHECKING:
    from .pipeline import Checked

#: Where a part begins and ends, as lines and columns, and its path.
_Extent = tuple[tuple[int, int], tuple[int, int], NodePath]

#: The lists whose items can be left out; without any item, what holds them is left out too.
_LISTS = ("operations", "resources", "tools", "prompts", "functions", "skills")
_BLOCKS = ("consumes", "exposes", "aggregates")


def sound(
    source: Source,
    report: Report,
    attempt: Callable[[Source, Report], Checked | None],
) -> Checked | None:
    """What ``attempt`` makes of the sound parts of ``source``; None when too much is faulty."""
    pruned = Pruned(source)
    while True:
        problems = Report(strict=report.strict)
        problems.texts = report.texts
        found = attempt(pruned.rest, problems)
        if found is not None or not pruned.leave_out(problems):
            break
    report.take(problems)
    report.outside = report.outside or problems.outside
    pruned.report_to(report)
    if found is None:
        return None
    return replace(found, capability=replace(found.capability, skipped=pruned.skipped))


@dataclass(slots=True)
class Pruned:
    """The parts of a document that are left out, by path, with what is said of each."""

    source: Source
    parts: dict[NodePath, Skipped] = field(default_factory=dict)
    reasons: list[Diagnostic] = field(default_factory=list)

    def leave_out(self, report: Report) -> bool:
        """Note the parts in which the errors of ``report`` stand; False when one stands in none."""
        units = dict(_units(self.source.data))
        extents = [self._extent(path) for path in units if path not in self.parts]
        found: dict[NodePath, list[Diagnostic]] = {}
        for error in report.errors:
            path = self._part_at(extents, error)
            if path is None:
                return False
            found.setdefault(path, []).append(error)
        for path, errors in found.items():
            why = tuple(
                f"{e.code} at line {e.span.start.line}: {e.message}" for e in errors
            )
            self.parts[path] = Skipped(units[path], self._line(path), why)
            self.reasons += errors
        self._add_callers(units)
        return bool(found)

    @property
    def rest(self) -> Source:
        """The document without these parts; what is left keeps its places."""
        moved: dict[NodePath, Origin] = {}
        data = _without(self.source.data, (), (), self.parts, moved)
        return self.source.with_data(data, moved)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What is left out, in the order of the document."""
        return tuple(sorted(self.parts.values(), key=lambda part: part.line))

    def report_to(self, report: Report) -> None:
        """Tell why parts are left out, as warnings."""
        for reason in self.reasons:
            report.add(
                reason.code, reason.message, reason.span, reason.hint, Severity.WARNING
            )

    def _part_at(
        self, extents: Sequence[_Extent], error: Diagnostic
    ) -> NodePath | None:
        if error.span.file != self.source.file:
            return None
        at = (error.span.start.line, error.span.start.column)
        around = [path for start, end, path in extents if start <= at < end]
        return max(around, key=len, default=None)

    def _extent(self, path: NodePath) -> _Extent:
        start, end = self.source.extent(path)
        return (start.line, start.column), (end.line, end.column), path

    def _line(self, path: NodePath) -> int:
        start: Position = self.source.span(path).start
        return start.line

    def _add_callers(self, units: dict[NodePath, str]) -> None:
        gone = {units[path] for path in self.parts if "consumes" in path}
        for path, node in callers(self.source.data):
            target = f"operation `{text_of(node, 'call')}`"
            if target not in gone:
                continue
            around = (path[:length] for length in range(len(path), 0, -1))
            part = next((u for u in around if u in units), None)
            if part is not None and part not in self.parts:
                why = (f"it calls the {target}, which is left out",)
                self.parts[part] = Skipped(units[part], self._line(part), why)


def _units(data: JsonValue) -> Iterator[tuple[NodePath, str]]:
    """Every part that can be left out, with what it is called."""
    for block in consumes_blocks(data):
        namespace = text_of(block[1], "namespace")
        yield block[0], f"API `{namespace}`"
        for resource in entries(block, "resources"):
            yield resource[0], f"resource `{_name(resource)}` of `{namespace}`"
            for operation in entries(resource, "operations"):
                name = text_of(operation[1], "name")
                yield operation[0], f"operation `{namespace}.{name}`"
    for holder in capability(data):
        for adapter in entries(holder, "exposes"):
            yield from _offered(adapter)
        for aggregate in entries(holder, "aggregates"):
            for function in entries(aggregate, "functions"):
                yield function[0], f"function `{_name(function)}`"


def _offered(adapter: Place) -> Iterator[tuple[NodePath, str]]:
    of = f"of `{text_of(adapter[1], 'namespace')}`"
    for key in ("tools", "prompts"):
        for part in entries(adapter, key):
            yield part[0], f"{key[:-1]} `{_name(part)}` {of}"
    for resource in entries(adapter, "resources"):
        yield resource[0], f"resource `{_name(resource)}` {of}"
        for operation in entries(resource, "operations"):
            method = text_of(operation[1], "method") or "GET"
            yield operation[0], f"route `{method} {text_of(resource[1], 'path')}` {of}"
    for skill in entries(adapter, "skills"):
        yield skill[0], f"skill `{_name(skill)}` {of}"
        for tool in entries(skill, "tools"):
            yield tool[0], f"tool `{_name(tool)}` of the skill `{_name(skill)}`"


def _name(part: Place) -> str:
    return text_of(part[1], "name") or text_of(part[1], "path")


def _without(
    value: JsonValue,
    old: NodePath,
    new: NodePath,
    gone: dict[NodePath, Skipped],
    moved: dict[NodePath, Origin],
) -> JsonValue:
    if isinstance(value, dict):
        kept = {
            key: _without(item, (*old, key), (*new, key), gone, moved)
            for key, item in value.items()
        }
        # What a part was the only item of is no list of the format.
        emptied = [k for k in (*_LISTS, *_BLOCKS) if kept.get(k) == [] != value[k]]
        return {key: item for key, item in kept.items() if key not in emptied}
    if not isinstance(value, list):
        return value
    items: list[JsonValue] = []
    for index, item in enumerate(value):
        before, after = (*old, index), (*new, len(items))
        if before in gone:
            continue
        part = _without(item, before, after, gone, moved)
        if _is_hollow(part, item):
            continue
        if before != after:
            moved[after] = Origin(before)
        items.append(part)
    return items


def _is_hollow(part: JsonValue, before: JsonValue) -> bool:
    """Whether all that a resource, an adapter or a block offered is left out."""
    if not isinstance(part, dict) or not isinstance(before, dict) or part is before:
        return False
    lost = [key for key in _LISTS if key in before and key not in part]
    return bool(lost) and not any(key in part for key in (*_LISTS, "forward"))
