"""W132: a path has a query or a fragment."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl

from naftiko_gen.source import JsonValue, NodePath, Source

from .places import (
    JsonObject,
    Place,
    adapters,
    consumes_blocks,
    entries,
    text_of,
)
from .rule import Edit, Finding, Rule, replaced


def _find(source: Source) -> Iterator[Finding]:
    for block in consumes_blocks(source.data):
        for resource in entries(block, "resources"):
            yield from _consumed(resource)
    for adapter in adapters(source.data, "rest"):
        taken = {text_of(r[1], "path") for r in entries(adapter, "resources")}
        for path, served_by in entries(adapter, "resources"):
            written = text_of(served_by, "path")
            served = _served(written)
            if served == written or served in taken:
                continue
            taken.add(served)
            yield Finding(
                (*path, "path"),
                f"no request has the path `{written}`: `{served}` is served",
                at_key=False,
                edits=(replaced((*path, "path"), served),),
            )


def _consumed(resource: Place) -> Iterator[Finding]:
    path, node = resource
    written = text_of(node, "path")
    bare, _, fragment = written.partition("#")
    bare, _, query = bare.partition("?")
    if bare == written:
        return
    fixed = parse_qsl(f"{query}&{fragment}" if "=" in fragment else query, True)
    edits = [replaced((*path, "path"), bare or "/")]
    if fixed:
        for where, _ in entries(resource, "operations"):
            edits.append(_with_values(where, dict(fixed)))
    listed = ", ".join(f"`{name}`" for name, _ in fixed)
    yield Finding(
        (*path, "path"),
        f"the path is `{bare or '/'}`"
        + (f"; {listed} is sent with each request" if fixed else ""),
        at_key=False,
        edits=tuple(edits),
    )


def _with_values(path: NodePath, fixed: dict[str, str]) -> Edit:
    def change(node: JsonValue) -> JsonValue:
        if not isinstance(node, dict):
            return node
        items = node.get("inputParameters")
        found: list[JsonValue] = []
        left = dict(fixed)
        for item in items if isinstance(items, list) else []:
            name = text_of(item, "name") if isinstance(item, dict) else ""
            if name in left and isinstance(item, dict):
                item = {**item, "value": left.pop(name)}
            found.append(item)
        for name, value in left.items():
            # Services that tell requests apart by a header have it in the fragment as well.
            place = "header" if name.lower().startswith("x-") else "query"
            parameter: JsonObject = {"name": name, "in": place, "value": value}
            found.append(parameter)
        return {**node, "inputParameters": found}

    return Edit(path, change)


def _served(path: str) -> str:
    """A path that can be asked for, with the words of the query or fragment in it."""
    bare, mark, rest = path.replace("#", "?").partition("?")
    if not mark:
        return path
    word = "".join(c if c.isalnum() or c in "-_" else "-" for c in rest.split("&")[0])
    word = word.rpartition("Action-")[2] or word
    return f"{bare.rstrip('/')}/{word.strip('-')}".rstrip("/") or "/"


RULE = Rule(
    "W132",
    _find,
    """\
consumes:
  - resources: [{path: '/?Action=List#X-Target=L', operations: [{name: list}]}]
""",
    """\
consumes:
  - resources:
      - path: /
        operations:
          - name: list
            inputParameters:
              - {name: Action, in: query, value: List}
              - {name: X-Target, in: header, value: L}
""",
)
