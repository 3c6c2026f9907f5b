"""A document in the one shape that ``lower`` reads: versions, dialect, structure, imports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .stages import Stages

if TYPE_CHECKING:
    from .diagnostics import Report
    from .imported_files import InputFile
    from .overlay import Applied
    from .source import Source
    from .versions import Versioned


def imported(source: Source, report: Report) -> tuple[Source, tuple[Applied, ...]]:
    """The document with its imports in place, and what was laid over imported files."""
    from . import imports

    laid_over: list[Applied] = []

    def load(file: InputFile) -> Versioned | None:
        from . import overlay
        from . import source as sources
        from .versions import Versioned

        found = sources.parse(file.path, file.content, report)
        if found is None:
            return None
        found = replace(found, inputs=source.inputs)
        found, applied = overlay.apply(found, report)
        laid_over.extend(applied)
        versioned = versioned_(found, report, Stages())
        return Versioned(shaped(versioned, report, Stages()), versioned.written)

    return imports.resolve(source, report, load), tuple(laid_over)


def versioned_(source: Source, report: Report, stages: Stages) -> Versioned:
    """The document in the shape of 1.0.0-alpha2; a later one has been checked by then."""
    with stages("version"):
        from . import versions

        return versions.apply(source, report)


def shaped(versioned: Versioned, report: Report, stages: Stages) -> Source:
    """The document without its accepted deviations, after the structure check."""
    later = versioned.written is not None
    with stages("dialect"):
        from . import dialect

        source = dialect.apply(versioned.source, report, dialect.rules(later))
    with stages("schema"):
        from . import schema

        if not later:
            schema.check(dialect.official(source), report)
    return source
