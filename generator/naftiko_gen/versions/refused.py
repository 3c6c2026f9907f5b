"""What only later generations have, and no package is made of yet.

Keys that only later generations have stay in the rewritten document under their own names,
so that lowering can read them there.
"""

from __future__ import annotations

from collections.abc import Iterator

from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.source import NodePath, Source

from .shapes import SHAPES


def report_refused(
    source: Source, report: Report, *, imported: bool, under: NodePath = ()
) -> None:
    """Report, in a document of a later generation as it is written, what is not compiled.

    A file of one section is fine when it is ``imported``; of that, only what stands
    ``under`` a path counts.
    """

    def add(code: str, message: str, path: NodePath, hint: str) -> None:
        span = source.span(path, key=True)
        if not report.faulty(span):
            report.add(code, message, span, hint)

    for path, kind, node in _objects(source.data, "document", ()):
        if path[: len(under)] != under:
            continue
        if kind == "consumed" and "tunnel" in node:
            add(
                "E302",
                "a tunnel to the upstream cannot be compiled",
                (*path, "tunnel"),
                "remove it, and let a proxy or the network of the host provide the way",
            )
    data = source.data
    if isinstance(data, dict) and "capability" not in data and not imported:
        for key in ("consumes", "exposes", "aggregates", "binds"):
            if key in data:
                add(
                    "E337",
                    "a file that others import has nothing that could run by itself",
                    (key,),
                    "build the capability that imports it",
                )


def _objects(
    value: JsonValue, kind: str, path: NodePath
) -> Iterator[tuple[NodePath, str, JsonObject]]:
    if not isinstance(value, dict):
        return
    yield path, kind, value
    shape = SHAPES[kind]
    for key, member in value.items():
        below = (*path, key)
        inner = {**shape.maps, **shape.named}.get(key)
        if inner is not None and isinstance(member, dict):
            for name, item in member.items():
                yield from _objects(item, inner, (*below, name))
        elif key in shape.lists and isinstance(member, list):
            for index, item in enumerate(member):
                yield from _objects(item, shape.lists[key], (*below, index))
        elif key in shape.parts:
            yield from _objects(member, shape.parts[key], below)
