"""Paths that no request can have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from naftiko_gen import ir
from naftiko_gen.names import words

from . import placeholders
from .node import Node


def check_path(resource: Node, *, served: bool) -> bool:
    """Whether ``resource`` has a usable ``path``, reporting why not; ``served``: a route of ours."""
    path = resource.text("path")
    bare = placeholders.without(path)
    if not resource.has("path") or not isinstance(resource.child("path").value, str):
        return False
    if found := re.search(r"[?#{}\\]", bare):
        problem = f"a path cannot hold `{found.group()}`"
        hint = (
            "write query fields as parameters with `in: query`, placeholders as {name}"
        )
    elif any(part in (".", "..") for part in bare.split("/")):
        problem, hint = "a path cannot have the segments `.` or `..`", None
    elif served and not path.startswith("/"):
        problem, hint = "the path of a route starts with `/`", f"write /{path}"
    else:
        return True
    resource.error("E220", problem, at="path", hint=hint)
    return False


def router_slots(resource: Node) -> dict[str, str]:
    """The placeholders of the path as the router takes them: names that Python would take."""
    slots: dict[str, str] = {}
    for name in placeholders.names(resource.text("path")):
        slot = "_".join(words(name)) or "unnamed"
        slot = f"n{slot}" if slot[0].isdigit() else slot
        if slot in slots.values():
            resource.error(
                "E212",
                f"the placeholder `{name}` and another one of this path are one name to a router",
                at="path",
                hint="rename one: they must differ in letters or digits, not in punctuation",
            )
        slots[name] = slot
    return slots


def router_path(path: str, slots: Mapping[str, str]) -> str:
    """``path`` in the router's own notation."""
    return "".join(
        f"{{{slots[text]}}}" if slot else text
        for text, slot in placeholders.split(path)
    )


def path_parts(
    path: str, parameters: Sequence[ir.Parameter]
) -> tuple[str | ir.Parameter | ir.Variable | ir.Credential, ...]:
    """What ``path`` is put together from: its constant texts, and values for its placeholders."""
    by_name = {p.name: p for p in parameters if p.location == "path"}
    return tuple(
        part
        for text, slot in placeholders.split(path)
        for part in (_filled(by_name[text]) if slot else (text,))
    )


def _filled(
    parameter: ir.Parameter,
) -> Iterator[str | ir.Parameter | ir.Variable | ir.Credential]:
    parts: Sequence[str | ir.Parameter | ir.Variable | ir.Credential] = (parameter,)
    if parameter.constant is not None:
        parts = (parameter.constant,)
    elif parameter.template is not None:
        parts = parameter.template.parts
    for part in parts:
        yield quote(part, safe="") if isinstance(part, str) else part
