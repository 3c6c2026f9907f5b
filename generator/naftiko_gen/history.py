"""``CHANGELOG.md`` of a package: kept like a hook, and longer with each build that changes something.

No build changes what stands in it. Where the inputs or the options of a build are not those that
the lock notes, the capability that the package was built from is read again, from the copies that
the package has of it, and compared with the present one: what differs goes on top. Where they are
the same, nothing does. So ``check`` finds what ``build`` has left, and a second build adds nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from . import lock, output_paths, pipeline, tree
from .changes import compare
from .changes.entries import Entry, date_of, put
from .diagnostics import Report
from .options import restored
from .overlay import sidecar_of
from .pipeline import Checked, Job, Package, Stages
from .plan_shipping import CHANGELOG

_COPY = "capability.yaml"
_UNKNOWN = "What changed is not known: the capability before cannot be read any more."
#: Imports may lead out of the folder of a spec, and stay inside the one that is made here.
_DEEP = "/".join(["below"] * 16)


def continued(job: Job, folder: Path, package: Package) -> Package:
    """The package with the changelog that stands in ``folder``, and what is new on top of it.

    A changelog that the lock does not list is the user's own, and stays as it is.
    """
    old, present = lock.load(folder), tree.read(folder, CHANGELOG)
    if old is None or old.damaged or present is None or CHANGELOG not in old.kept:
        return package
    new = package.lock
    # What was written first: by it, a later build knows a changelog that has grown.
    kept = {**new.kept, CHANGELOG: old.kept[CHANGELOG]}
    package = replace(package, lock=replace(new, kept=kept))
    if (old.inputs, old.files, old.options) == (new.inputs, new.files, new.options):
        return package
    entry = _entry(job, folder, old, package.capability.release)
    if entry is None:
        return package
    text = put(present.decode("utf-8", "surrogateescape"), entry)
    files = {**package.files, CHANGELOG: text.encode("utf-8", "surrogateescape")}
    return replace(package, files=files, grown=frozenset({CHANGELOG}))


def _entry(job: Job, folder: Path, old: lock.Lock, version: str) -> Entry | None:
    """What the present capability has changed; None when that is nothing at all."""
    after = _checked(job)
    if after is None:
        return None
    with _restored(job, folder, old) as former:
        before = _checked(former)
    date = date_of(after.source)
    if before is None:
        return Entry(version, date, note=_UNKNOWN)
    changes = compare(before, after)
    if not changes and before.capability.release == version:
        return None
    return Entry(version, date, changes)


def _checked(job: Job) -> Checked | None:
    report = Report()
    found = pipeline.check(job, report, Stages())
    return found if report.ok else None


@contextmanager
def _restored(job: Job, folder: Path, old: lock.Lock) -> Iterator[Job]:
    """The build that ``old`` was written by, with its inputs in a folder for the time being."""
    here = Path(job.spec)
    copy = old.outputs.get(_COPY)
    was = next((n for n, digest in old.inputs.items() if digest == copy), here.name)
    renamed = {was: here.name, sidecar_of(was): sidecar_of(here.name)}
    copies = {digest: path for path, digest in old.outputs.items()}
    with TemporaryDirectory(prefix="naftiko-gen-") as top:
        base = Path(top, _DEEP)
        for name, digest in {**old.files, **old.inputs}.items():
            content = _content(folder, here.parent / name, copies.get(digest), digest)
            target = Path(os.path.normpath(base / renamed.get(name, name)))
            if content is not None and target.is_relative_to(top):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        now = lock.inputs(job.spec, job.overlays)
        overlays = [name for name in (*now, *old.inputs) if name in old.inputs]
        overlays = [name for name in overlays if name not in renamed]
        paths = tuple(str(base / name) for name in dict.fromkeys(overlays))
        options = restored(old.options)
        yield Job(str(base / here.name), job.name, paths, options)


def _content(folder: Path, beside: Path, copy: str | None, digest: str) -> bytes | None:
    """An input as it was: the package's copy of it, or else the file as it is now."""
    if copy is not None:
        content = tree.read(folder, output_paths.safe(copy))
        if content is not None and lock.sha256(content) == digest:
            return content
    with suppress(OSError):  # It may be gone, or closed to us, since it was an input.
        return beside.read_bytes() if beside.is_file() else None
    return None
