"""Why a package is not what its spec gives, as findings with places.

``check`` prints a diff for people. Machines that annotate a review want to know where: the lines
of the spec that changed since, the line of a file that somebody edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from . import lock
from .alignment import aligned
from .diagnostics import Position, Report, Span
from .tree import Changes

if TYPE_CHECKING:
    from .pipeline import Job

#: The copy of the spec that every package holds.
_COPY = "capability.yaml"
_MAX_PLACES = 20
_REBUILD = "run `naftiko-gen build` and commit what it writes"


def findings(
    job: Job,
    folder: Path,
    files: Mapping[str, bytes],
    new: lock.Lock,
    todo: Changes,
    report: Report,
) -> None:
    """Add E801 to E804 to ``report``: all that makes ``folder`` differ from ``files``."""
    if todo.none:
        return
    spec = job.spec
    old = lock.load(folder)
    if old is None or old.damaged:
        said = "cannot be read" if old else "is not there"
        message = (
            f"the package of {spec} has not been built: {folder / lock.NAME} {said}"
        )
        report.add("E801", message, _line(spec, 1), _REBUILD)
        return
    _inputs(spec, folder, files, (old, new), todo, report)
    _templates(job, folder, (old, new), report)
    before = len(report.diagnostics)
    _files(folder, files, old, todo, report)
    if (old.generator, old.digest, old.options) != (
        new.generator,
        new.digest,
        new.options,
    ) or len(report.diagnostics) == before == 0:
        reasons = [
            reason
            for reason in lock.reasons(old, new)
            if not reason.startswith(("input ", "file ", "template "))
        ]
        message = "; ".join(reasons) or f"{lock.NAME} differs"
        report.add("E804", message, _line(str(folder / lock.NAME), 1), _REBUILD)


def _inputs(
    spec: str,
    folder: Path,
    files: Mapping[str, bytes],
    locks: tuple[lock.Lock, lock.Lock],
    todo: Changes,
    report: Report,
) -> None:
    old, new = ({**one.files, **one.inputs} for one in locks)
    base = Path(spec).parent
    for name in sorted({*old, *new}):
        if old.get(name) == new.get(name):
            continue
        if name == Path(spec).name:
            before = todo.before.get(_COPY, b"")
            # A copy that somebody edited does not say what the spec was.
            known = lock.sha256(before) == locks[0].outputs.get(_COPY)
            spans = list(_changed(spec, before, files[_COPY])) if known else []
            for span in spans[:_MAX_PLACES] or [_line(spec, 1)]:
                message = f"this changed since {folder} was built"
                report.add("E801", message, span, _REBUILD)
        else:
            verb = "is gone" if name not in new else "changed"
            message = f"{name} {verb} since {folder} was built"
            place = base / name.rstrip("/")
            file = str(place) if place.is_file() else spec
            report.add("E801", message, _line(file, 1), _REBUILD)


def _templates(
    job: Job, folder: Path, locks: tuple[lock.Lock, lock.Lock], report: Report
) -> None:
    old, new = (one.templates for one in locks)
    base = Path(job.options.templates)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            verb = "is gone" if name not in new else "changed"
            message = f"the template {name} {verb} since {folder} was built"
            file = str(base / name) if name in new else job.spec
            report.add("E801", message, _line(file, 1), _REBUILD)


def _changed(file: str, before: bytes, after: bytes) -> Iterator[Span]:
    """The lines of ``after`` that are not in ``before``; the line after what is gone."""
    old, new = (
        text.decode("utf-8", "replace").splitlines() for text in (before, after)
    )
    for tag, _, _, start, end in aligned(old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        first = min(start + 1, max(1, len(new)))
        last = max(first, end)
        yield Span(
            file,
            Position(first, 1),
            Position(last, len(new[last - 1]) + 1 if new else 1),
        )


def _files(
    folder: Path,
    files: Mapping[str, bytes],
    old: lock.Lock,
    todo: Changes,
    report: Report,
) -> None:
    for path in todo.changed:
        before = todo.before[path]
        if path in old.outputs and old.outputs[path] != lock.sha256(before):
            shown = str(folder / path)
            span = next(_changed(shown, files[path], before), _line(shown, 1))
            message = f"{path} was edited by hand"
            hint = "change the spec, an overlay or a template instead, and build again"
            report.add("E802", message, span, hint)
    known = str(folder / lock.NAME)
    for path in todo.added:
        if path in old.outputs or path in old.kept:
            report.add("E803", f"{path} is missing", _line(known, 1), _REBUILD)
    for path in todo.removed:
        message = f"{path} is no longer part of the package"
        report.add("E803", message, _line(str(folder / path), 1), _REBUILD)


def _line(file: str, number: int) -> Span:
    return Span(file, Position(number, 1), Position(number, 1))
