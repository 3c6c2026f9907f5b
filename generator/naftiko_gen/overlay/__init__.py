"""What a capability document cannot say, laid over it as data.

Three layers, each on the result of the one before: the profile of the provider that a
``baseUri`` points to (shipped with the generator), the sidecar ``<spec>.overlay.yaml``
beside the spec, and the overlay files that the user names. The last two are written in
the format of the OpenAPI Overlay Specification 1.0.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from naftiko_gen.diagnostics import Report
from naftiko_gen.source import Source

from .actions import apply_action
from .applied import Applied, Kind
from .document import document_of, read_document
from .profile import apply_profiles
from .tree import clone

__all__ = ["Applied", "apply", "inputs", "sidecar_of"]


def apply(
    source: Source,
    report: Report,
    extra: Sequence[str] = (),
    unwritten: Source | None = None,
) -> tuple[Source, tuple[Applied, ...]]:
    """Lay the profile, the sidecar and the files of ``extra`` over ``source``, in order.

    Gives the changed source, whose nodes keep the positions of the spec, and every action
    that changed something. Problems go to ``report``: E4xx at the place in the overlay
    file, W201 at a static credential that a signature replaces. ``source`` itself, and
    what it shares through YAML aliases, stay as they are. ``unwritten`` is an overlay that
    the sidecar does not begin with yet.
    """
    data = clone(source.data)
    done = list(apply_profiles(data, source, report))
    sidecar = sidecar_of(source.file)
    first = None if unwritten is None else document_of(unwritten, report)
    if first is not None:
        for action in first.actions:
            apply_action(data, action, first.source, report)
    layers: list[tuple[Kind, str]] = [("overlay", file) for file in extra]
    if sidecar and os.path.isfile(sidecar):
        layers.insert(0, ("sidecar", sidecar))
    for kind, file in layers:
        document = read_document(file, report)
        if document is None:
            continue
        _remember(source, file, document.source.raw)
        for action in document.actions:
            count = apply_action(data, action, document.source, report)
            if count:
                done.append(Applied(kind, file, action.summary(count)))
    return source.with_data(data), tuple(done)


def _remember(source: Source, file: str, content: bytes) -> None:
    """Note the sidecar of a file that the spec imports as an input of the build."""
    home = source.inputs.get(source.file)
    if home is not None:
        source.inputs.add(file, sidecar_of(home.name), "overlay", content)


def inputs(applied: Sequence[Applied]) -> tuple[str, ...]:
    """The overlay files among ``applied``, each once, in order of use.

    Profiles are left out: they are part of the generator, so its version names them.
    """
    return tuple(dict.fromkeys(a.file for a in applied if a.kind != "profile"))


def sidecar_of(file: str) -> str:
    """Where the sidecar of the spec ``file`` lies; empty when that has no name of its own."""
    suffix = PurePath(file).suffix
    known = suffix in (".yaml", ".yml", ".json")
    return f"{file.removesuffix(suffix)}.overlay.yaml" if known else ""
