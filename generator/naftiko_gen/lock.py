"""``naftiko-gen.lock``: what a package was built from, and which files of it are ours.

JSON with sorted keys, one a line, so that a change of one file is a change of one line. It holds
no time and no absolute path; two builds of the same input write the same lock.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .json_file import json_bytes

NAME = "naftiko-gen.lock"
_FORMAT = 1


def sha256(content: bytes) -> str:
    """The hex digest that locks hold."""
    return hashlib.sha256(content).hexdigest()


def edited(locked: Mapping[str, str], path: str, content: bytes) -> bool:
    """Whether ``content`` is not what was written to ``path``, as far as ``locked`` tells."""
    return path in locked and locked[path] != sha256(content)


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of a lock file.

    ``inputs`` and ``outputs`` map relative paths to SHA-256 digests; the lock itself is not among
    the outputs. ``files`` are the inputs that the spec names: files, and folders with a slash
    behind, whose digest is that of the names in them. ``damaged`` marks a lock file that could not be read: the folder is ours, but
    which of its files are is unknown. ``newer`` marks one in a format that only later versions of
    the generator know; it counts as damaged. ``skipped`` are the parts of the spec that the
    package was built without, each with the reasons. ``kept`` are files that a build writes once
    and that are the user's from then on; their digests are those of what was written.
    ``templates`` are those of the project's own that were used, by the names of what they replaced.
    """

    generator: str
    digest: str
    options: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    damaged: bool = False
    newer: bool = False
    skipped: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """The bytes of the lock file."""
        document: dict[str, object] = {
            "lock": _FORMAT,
            "generator": self.generator,
            "digest": self.digest,
            "options": dict(self.options),
            "inputs": dict(self.inputs),
            "outputs": dict(self.outputs),
        }
        if self.files:
            document["files"] = dict(self.files)
        if self.kept:
            document["kept"] = dict(self.kept)
        if self.skipped:
            document["skipped"] = dict(self.skipped)
        if self.templates:
            document["templates"] = dict(self.templates)
        return json_bytes(document, sort_keys=True)


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(v, str) for v in value.values()
    ):
        raise ValueError("not a table of texts")
    return value


def decode(content: bytes) -> Lock:
    """The lock in ``content``; a damaged one when it is not a lock of this format."""
    try:
        document = json.loads(content)
        number = document["lock"]
        if type(number) is int and number > _FORMAT:
            return Lock("", "", damaged=True, newer=True)
        if number != _FORMAT:
            raise ValueError("another format")
        generator, digest = document["generator"], document["digest"]
        if not isinstance(generator, str) or not isinstance(digest, str):
            raise ValueError("not a text")
        return Lock(
            generator,
            digest,
            _texts(document["options"]),
            _texts(document["inputs"]),
            _texts(document["outputs"]),
            _texts(document.get("files", {})),
            kept=_texts(document.get("kept", {})),
            templates=_texts(document.get("templates", {})),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return Lock("", "", damaged=True)


def load(folder: Path) -> Lock | None:
    """The lock of an output folder; None when it has none."""
    try:
        return decode((folder / NAME).read_bytes())
    except OSError:
        return None


def inputs(spec: str, overlays: tuple[str, ...]) -> dict[str, str]:
    """Digests of the files that a build reads, by path relative to the spec's folder.

    The spec, its sidecar ``<spec>.overlay.yaml`` if there is one, and ``overlays``. A file outside
    the spec's folder stands under its bare name, so that no path of this machine gets into the
    lock. Files that cannot be read are left out: reading them properly reports why.
    """
    base = os.path.dirname(os.path.abspath(spec))
    sidecar = f"{os.path.splitext(spec)[0]}.overlay.yaml"
    found: dict[str, str] = {}
    for path in (spec, sidecar, *overlays):
        try:
            with open(path, "rb") as stream:
                content = stream.read()
        except OSError:
            continue
        relative = os.path.relpath(os.path.abspath(path), base)
        outside = relative.startswith(os.pardir)
        name = os.path.basename(path) if outside else relative.replace(os.sep, "/")
        unique, count = name, 1
        while unique in found:
            count += 1
            unique = f"{name} ({count})"
        found[unique] = sha256(content)
    return found


def reasons(old: Lock, new: Lock) -> list[str]:
    """Why a build differs from the last one, as far as the locks tell: a sentence each."""
    if old.damaged:
        return [f"{NAME} cannot be read"]
    found: list[str] = []
    if old.generator != new.generator:
        found.append(
            f"the generator's version changed ({old.generator} to {new.generator})"
        )
    elif old.digest != new.digest:
        found.append("the generator changed (its modules, templates or profiles)")
    for name in sorted({*old.options, *new.options}):
        was, now = old.options.get(name, ""), new.options.get(name, "")
        if was != now:
            found.append(f"option {name} changed ({was!r} to {now!r})")
    for kind, before, after in (
        ("input", {**old.files, **old.inputs}, {**new.files, **new.inputs}),
        ("template", old.templates, new.templates),
    ):
        for name in sorted({*before, *after}):
            if name not in after:
                found.append(f"{kind} {name} is gone")
            elif name not in before:
                found.append(f"{kind} {name} is new")
            elif before[name] != after[name]:
                found.append(f"{kind} {name} changed")
    return found
