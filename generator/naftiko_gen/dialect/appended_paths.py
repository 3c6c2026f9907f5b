"""W147: the last segment of a path was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from naftiko_gen.names import words
from naftiko_gen.source import JsonValue, NodePath, Origin, Source

from .places import (
    JsonObject,
    Place,
    callers,
    consumes_blocks,
    entries,
    text_of,
)
from .rule import Edit, Finding, Rule

_VERBS = (
    "get",
    "show",
    "describe",
    "read",
    "view",
    "retrieve",
    "fetch",
    "update",
    "modify",
    "edit",
    "patch",
    "replace",
    "delete",
    "remove",
)
_METHODS = ("GET", "PUT", "PATCH", "DELETE")
#: What may be a placeholder: nothing that a path would have to escape.
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PLACEHOLDER = re.compile(r"\{+\s*([^{}]+?)\s*\}+")


def _find(source: Source) -> Iterator[Finding]:
    calls = {text_of(node, "call") for _, node in callers(source.data)}
    for block in consumes_blocks(source.data):
        yield from _block(block, calls)


def _block(block: Place, calls: set[str]) -> Iterator[Finding]:
    resources = block[1].get("resources")
    if not isinstance(resources, list):
        return
    namespace = text_of(block[1], "namespace")
    found: list[JsonValue] = []
    moved: dict[NodePath, Origin] = {}
    findings: list[Finding] = []
    dropped = False
    where = (*block[0], "resources")
    for index, resource in enumerate(resources):
        old = (*where, index)
        operations = resource.get("operations") if isinstance(resource, dict) else None
        if not isinstance(resource, dict) or not isinstance(operations, list):
            moved[*where, len(found)] = Origin(old)
            found.append(resource)
            continue
        lost: dict[int, str] = {}
        dead: set[int] = set()
        for path, operation in entries((old, resource), "operations"):
            missing = _unplaced(resource, operation)
            if not missing:
                continue
            number = path[-1]
            name = text_of(operation, "name")
            named = len(missing) == 1 and _NAME.fullmatch(missing[0])
            if named and _fits(resource, operation):
                lost[int(number)] = missing[0]
                longer = _longer(resource, missing[0])
                findings.append(
                    Finding(
                        (*path, "name"),
                        f"the path of `{name}` has no place for `{missing[0]}`: "
                        f"read as `{longer}`",
                        "give the operation a resource with the whole path",
                        at_key=False,
                    )
                )
            elif f"{namespace}.{name}" not in calls:
                dead.add(int(number))
                dropped = True
        kept = [i for i in range(len(operations)) if i not in lost and i not in dead]
        parts: list[tuple[str, list[int]]] = []
        if kept or not lost:
            parts.append((text_of(resource, "path"), kept))
        by_name: dict[str, list[int]] = {}
        for number, parameter in lost.items():
            by_name.setdefault(_longer(resource, parameter), []).append(number)
        parts += by_name.items()
        for part, (path_text, numbers) in enumerate(parts):
            if not numbers and operations:
                continue
            new = (*where, len(found))
            copy: JsonObject = {**resource, "path": path_text}
            if part and isinstance(resource.get("name"), str):
                copy["name"] = f"{resource['name']}-item"
            copy["operations"] = [operations[i] for i in numbers]
            moved[new] = Origin(old)
            for position, i in enumerate(numbers):
                moved[*new, "operations", position] = Origin((*old, "operations", i))
            found.append(copy)
    edit = Edit(where, lambda _: found, moved)
    if not findings:
        if dropped:
            yield Finding(where, "", edits=(edit,))
        return
    first, *others = findings
    yield Finding(first.path, first.message, first.hint, first.at_key, (edit,))
    yield from others


def _unplaced(resource: JsonObject, operation: JsonObject) -> list[str]:
    places = set(_PLACEHOLDER.findall(text_of(resource, "path")))
    return [
        text_of(item, "name")
        for _, item in entries(((), operation), "inputParameters")
        if item.get("in") == "path" and text_of(item, "name") not in places
    ]


def _fits(resource: JsonObject, operation: JsonObject) -> bool:
    """Whether the operation is about one item of what the path lists."""
    verb, *noun = words(text_of(operation, "name")) or ("",)
    if verb not in _VERBS or operation.get("method") not in _METHODS:
        return False
    segments = [s for s in text_of(resource, "path").split("/") if s]
    if not segments or "{" in segments[-1]:
        return False
    last = words(segments[-1])
    return bool(last) and _singular(last) in (tuple(noun), _singular(tuple(noun)))


def _singular(parts: tuple[str, ...]) -> tuple[str, ...]:
    if not parts:
        return parts
    word = parts[-1]
    if word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif word.endswith(("sses", "xes", "ches", "shes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return (*parts[:-1], word)


def _longer(resource: JsonObject, parameter: str) -> str:
    return f"{text_of(resource, 'path').rstrip('/')}/{{{parameter}}}"


RULE = Rule(
    "W147",
    _find,
    """\
consumes:
  - resources:
      - path: /orders
        operations:
          - {name: list-orders, method: GET}
          - {name: get-order, method: GET, inputParameters: [{name: id, in: path}]}
""",
    """\
consumes:
  - resources:
      - path: /orders
        operations: [{name: list-orders, method: GET}]
      - path: /orders/{id}
        operations:
          - {name: get-order, method: GET, inputParameters: [{name: id, in: path}]}
""",
)
