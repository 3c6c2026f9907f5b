"""From the path of a spec to the files of a package, all in memory.

The stages are imported when they are reached, so that a run pays only for what it uses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from . import __version__, lock, shipped
from .errors import InternalError
from .options import Options
from .release import release
from .shaping import imported, shaped, versioned_
from .stages import Stages as Stages

if TYPE_CHECKING:
    from . import ir
    from .diagnostics import Report
    from .overlay import Applied
    from .plan import Item
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
    """What a spec gives: files by path relative to the package's folder, without the lock."""

    capability: ir.Capability
    files: Mapping[str, bytes]
    lock: lock.Lock
    applied: tuple[Applied, ...] = ()

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
) -> lock.Lock:
    """The lock of a package built now from ``job`` and these ``files`` beside the spec.

    ``kept`` are the outputs that belong to the user once they are there.
    """
    digests = {path: lock.sha256(content) for path, content in outputs.items()}
    return lock.Lock(
        generator=__version__,
        digest=shipped.digest(),
        options=job.noted,
        inputs=lock.inputs(job.spec, job.overlays),
        outputs={path: digest for path, digest in digests.items() if path not in kept},
        files=files,
        kept={path: digest for path, digest in digests.items() if path in kept},
    )


def current(job: Job, folder: Path) -> bool:
    """True when ``folder`` holds, unchanged, what this generator made of these inputs.

    It costs a few digests and spares every other stage.
    """
    from . import tree

    old = lock.load(folder)
    if old is None or old.damaged:
        return False
    now = expected_lock(job, {}, _named_files(job, old))
    return (old.generator, old.digest, old.options, old.inputs, old.files) == (
        now.generator,
        now.digest,
        now.options,
        now.inputs,
        now.files,
    ) and tree.matches(folder, old)


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
            return _lowered(job, source, applied, report, stages)

        return sound(source, report, attempt)
    return _lowered(job, source, applied, report, stages)


def _lowered(
    job: Job,
    source: Source,
    applied: tuple[Applied, ...],
    report: Report,
    stages: Stages,
) -> Checked | None:
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
    if checked is None:
        return None
    with stages("plan"):
        from .plan import plan

        items = plan(checked.capability, checked.source, job.options)
    files, origins = emit(items, stages)
    with stages("verify"):
        from . import verify

        known = [file.content for file in checked.source.inputs.all]
        verify.check(files, origins, (checked.source.raw, *known))
    with stages("black"):
        files = verify.shaped(files, origins)
    said = {part.what: "; ".join(part.why) for part in checked.capability.skipped}
    kept = [item.path for item in items if item.kept]
    locked = replace(expected_lock(job, files, checked.files, kept), skipped=said)
    return Package(checked.capability, files, locked, checked.applied)


def emit(
    items: Sequence[Item], stages: Stages
) -> tuple[dict[str, bytes], dict[str, str]]:
    """The content of every item by path, and the templates of those that have one."""
    files: dict[str, bytes] = {}
    origins: dict[str, str] = {}
    with stages("render"):
        for item in items:
            if item.path in files:
                raise InternalError(f"two items of the plan make {item.path}")
            if item.template is not None:
                from . import render

                text = render.render(item.template, item.context)
                files[item.path] = text.encode("utf-8")
                origins[item.path] = item.template
            elif item.static is not None:
                files[item.path] = (shipped.templates_dir() / item.static).read_bytes()
            elif item.data is not None:
                files[item.path] = item.data
            else:
                raise InternalError(f"the plan does not say what {item.path} is")
    return files, origins
