"""From the path of a spec to the files of a package, all in memory.

The stages are imported when they are reached, so that a run pays only for what it uses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, lock, shipped
from .emission import emit as emit
from .emission import emitted, overrides_in
from .options import Options
from .release import release
from .shaping import imported, shaped, versioned_
from .stages import Stages as Stages

if TYPE_CHECKING:
    from . import ir
    from .diagnostics import Report
    from .overlay import Applied
    from .source import Source

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Job:
    """One spec to build: its path as given, the package's name, more overlays, in order."""

    spec: str
    name: str
    overlays: tuple[str, ...] = ()
    options: Options = Options()

    @property
    def noted(self) -> dict[str, str]:
        """What the lock notes of it."""
        return {"name": self.name, **self.options.noted}


@dataclass(frozen=True, slots=True)
class Package:
    """What a spec gives: files by path relative to the package's folder, without the lock.

    ``grown`` are files of the user's to which something is added.
    """

    capability: ir.Capability
    files: Mapping[str, bytes]
    lock: lock.Lock
    applied: tuple[Applied, ...] = ()
    grown: frozenset[str] = frozenset()

    @property
    def sizes(self) -> dict[str, int]:
        """The numbers of its operations, routes and tools."""
        return sizes(self.capability)

    @property
    def counts(self) -> str:
        """``12 operations, 12 routes, 12 tools``, and what else it has."""
        others = (
            ("resource", [r for a in self.capability.mcp for r in a.exposed]),
            ("prompt", [p for a in self.capability.mcp for p in a.prompts]),
        )
        found = {noun[:-1]: number for noun, number in self.sizes.items()}
        found.update((noun, len(items)) for noun, items in others if items)
        return ", ".join(count(number, noun) for noun, number in found.items())


@dataclass(frozen=True, slots=True)
class Checked:
    """A spec that was read and lowered, what was laid over it, and digests of files it names."""

    source: Source
    capability: ir.Capability
    applied: tuple[Applied, ...]
    files: Mapping[str, str] = field(default_factory=dict)


def sizes(capability: ir.Capability) -> dict[str, int]:
    """The numbers of operations, routes and tools."""
    return {
        "operations": len(capability.operations),
        "routes": len(capability.routes),
        "tools": len(capability.tools),
    }


def count(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def default_name(spec: str) -> str:
    """The package's name for a spec: the words of its file name, ``my_api.yaml`` → ``my-api``."""
    from .names import kebab

    return kebab(os.path.splitext(os.path.basename(spec))[0])


def expected_lock(
    job: Job,
    outputs: Mapping[str, bytes],
    files: Mapping[str, str],
    kept: Collection[str] = (),
    templates: Mapping[str, str] | None = None,
) -> lock.Lock:
    """The lock of a package built now from ``job`` and these ``files`` beside the spec.

    ``kept`` are the outputs that belong to the user once they are there, ``templates`` the digests
    of the user's templates.
    """
    digests = {path: shipped.sha256(content) for path, content in outputs.items()}
    return lock.Lock(
        generator=__version__,
        digest=shipped.digest(),
        options=job.noted,
        inputs=lock.inputs(job.spec, job.overlays),
        outputs={path: digest for path, digest in digests.items() if path not in kept},
        files=files,
        kept={path: digest for path, digest in digests.items() if path in kept},
        templates=templates or {},
    )


def current(job: Job, folder: Path, used: Collection[str] | None = None) -> bool:
    """True when ``folder`` holds, unchanged, what this generator made of these inputs.

    It costs a few digests and spares every other stage. ``used`` are the user's templates that the
    package needs; all of them where that is not known.
    """
    from . import tree

    old = lock.load(folder)
    if old is None or old.damaged:
        return False
    present = _named_files(job, old)
    now = expected_lock(job, {}, present, templates=_templates(job, used))
    return (
        (old.generator, old.digest, old.options)
        == (now.generator, now.digest, now.options)
        and (old.inputs, old.files, old.templates)
        == (now.inputs, now.files, now.templates)
        and tree.matches(folder, old)
    )


def _templates(job: Job, used: Collection[str] | None) -> Mapping[str, str]:
    """The present digests of the user's templates."""
    if not job.options.templates:
        return {}
    from .overrides import digests

    found = digests(job.options.templates)
    return {name: found[name] for name in found if used is None or name in used}


def _named_files(job: Job, old: lock.Lock) -> Mapping[str, str]:
    """The present digests of the files that the spec named when ``old`` was written.

    A sidecar that has come beside one of them is one more.
    """
    if not old.files:
        return {}
    from . import overlay
    from .files import Files

    sidecars = [overlay.sidecar_of(name) for name in old.files]
    return Files.beside(job.spec).again([*old.files, *filter(None, sidecars)])


def check(job: Job, report: Report, stages: Stages) -> Checked | None:
    """Everything up to the capability; None after an error went to ``report``."""
    with stages("read"):
        from . import foreign
        from . import source as sources

        source = sources.read(job.spec, report)
        if source is None or foreign.refused(source, report):
            return None
    with stages("overlay"):
        from . import overlay

        source, applied = overlay.apply(source, report, job.overlays)
    if job.options.skip_invalid:
        from .skipping import sound

        def attempt(source: Source, report: Report) -> Checked | None:
            return lowered(job, source, applied, report, stages)

        return sound(source, report, attempt)
    return lowered(job, source, applied, report, stages)


def lowered(
    job: Job,
    source: Source,
    applied: tuple[Applied, ...],
    report: Report,
    stages: Stages,
) -> Checked | None:
    """``check`` for a document that has been read, and that ``applied`` was laid over."""
    versioned = versioned_(source, report, stages)
    with stages("version"):
        from . import versions

        versions.refuse(versioned, report)
    source = shaped(versioned, report, stages)
    with stages("import"):
        source, more = imported(source, report)
    # Lowering runs even after errors, so that references are reported in the same run.
    with stages("lower"):
        from .files import Files
        from .lower import Selection, lower

        files = Files.beside(job.spec)
        chosen = job.options
        capability = lower(
            source,
            report,
            job.name,
            files,
            allow_scripts=chosen.allow_scripts,
            selection=Selection(chosen.tools, chosen.tags, chosen.read_only),
            acknowledge=chosen.acknowledge,
        )
        report.outside.update(str(files.base / name) for name in files.tried)
    if capability is None:
        return None
    version = job.options.package_version or release(capability.version)
    docs = chosen.docs and bool(capability.rest)
    # What a control adapter observes is counted there, whoever asks.
    metrics = chosen.metrics and capability.observability is None
    capability = replace(
        capability, release=version, docs=docs, hooks=chosen.hooks, metrics=metrics
    )
    read = {file.name: lock.sha256(file.content) for file in source.inputs.all}
    return Checked(source, capability, applied + more, {**read, **files.digests})


def lint(job: Job, report: Report, stages: Stages, *, everything: bool = False) -> None:
    """What the structure check and the rules of lint say of the file alone.

    Nothing is laid over it: what an author can mend is what an author wrote.
    """
    with stages("read"):
        from . import foreign
        from . import source as sources

        source = sources.read(job.spec, report)
        if source is None or foreign.refused(source, report):
            return
    versioned = versioned_(source, report, stages)
    shaped(versioned, report, stages)
    with stages("lint"):
        from . import lint as rules

        rules.apply(versioned.source, report, everything=everything)


def build(job: Job, report: Report, stages: Stages) -> Package | None:
    """The package that ``job`` gives; None after an error went to ``report``."""
    checked = check(job, report, stages)
    overrides = overrides_in(job.options.templates, report, stages)
    if checked is None or overrides is None:
        return None
    with stages("plan"):
        from .plan import plan

        items = plan(checked.capability, checked.source, job.options, checked.applied)
    known = (checked.source.raw, *(one.content for one in checked.source.inputs.all))
    files = emitted(items, known, overrides, report, stages)
    if files is None:
        return None
    said = {part.what: "; ".join(part.why) for part in checked.capability.skipped}
    kept = [item.path for item in items if item.kept]
    names = {item.template for item in items}
    used = {name: one.digest for name, one in overrides.items() if name in names}
    locked = expected_lock(job, files, checked.files, kept, used)
    return Package(
        checked.capability, files, replace(locked, skipped=said), checked.applied
    )
