"""Operations that are signed in another way than their consumes block.

One upstream has one signer. A block whose operations name several schemes is read as several
blocks with the same address: the first keeps its namespace, and each other scheme gets one of its
own, called after it. Every node keeps its place in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from naftiko_gen.names import kebab
from naftiko_gen.source import NodePath, Origin, Source

#: What a block may say of credentials: a scheme of an operation replaces it.
_CREDENTIALS = ("authentication", "signing")
_ROOT = "capability"
_Moves = dict[NodePath, Origin]


def split(source: Source) -> Source:
    """The same document, with a consumes block for each scheme of a block's operations."""
    blocks = _blocks(source.data)
    if not any(_own(node) for block in blocks for _, _, node in _operations(block)):
        return source
    assert isinstance(source.data, dict)
    named = [block.get("namespace") for block in blocks if isinstance(block, dict)]
    taken = {namespace for namespace in named if isinstance(namespace, str)}
    calls: dict[str, str] = {}
    moves: _Moves = {}
    kept: list[Any] = []
    added: list[tuple[Any, _Moves]] = []
    for index, block in enumerate(blocks):
        schemes = _schemes(block)
        if not schemes:
            kept.append(block)
            continue
        kept.append(_part(block, (_ROOT, "consumes", index), None, moves, index))
        for key, signing in schemes.items():
            namespace = _name(block["namespace"], signing, taken)
            taken.add(namespace)
            place = len(blocks) + len(added)
            found: _Moves = {}
            part = _part(block, (_ROOT, "consumes", index), key, found, place)
            added.append(({**part, "namespace": namespace}, found))
            for _, _, node in _operations(part):
                name = node.get("name")
                calls[f"{block['namespace']}.{name}"] = f"{namespace}.{name}"
    for _, found in added:
        moves |= found
    capability = source.data[_ROOT]
    assert isinstance(capability, dict)
    rest = {
        key: _redirected(value, calls)
        for key, value in capability.items()
        if key != "consumes"
    }
    blocks = [*kept, *(part for part, _ in added)]
    data = {**source.data, _ROOT: {**rest, "consumes": blocks}}
    return source.with_data(data, moves)


def _blocks(data: Any) -> list[Any]:
    capability = data.get(_ROOT) if isinstance(data, dict) else None
    found = capability.get("consumes") if isinstance(capability, dict) else None
    return found if isinstance(found, list) else []


def _operations(block: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """The operations of a block, each with its resource's index and its own."""
    for number, resource in enumerate(_list(block, "resources")):
        for index, node in enumerate(_list(resource, "operations")):
            if isinstance(node, dict):
                yield number, index, node


def _list(node: Any, key: str) -> list[Any]:
    found = node.get(key) if isinstance(node, dict) else None
    return found if isinstance(found, list) else []


def _own(node: Mapping[str, Any]) -> str | None:
    """What tells the scheme of an operation from others; None where it is that of its block."""
    signing = node.get("signing")
    return json.dumps(signing, sort_keys=True) if isinstance(signing, dict) else None


def _schemes(block: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(block, dict) or not isinstance(block.get("namespace"), str):
        return {}
    found = {_own(node): node.get("signing") for _, _, node in _operations(block)}
    return {key: signing for key, signing in found.items() if key and signing}


def _name(namespace: str, signing: Mapping[str, Any], taken: set[str]) -> str:
    scheme = signing.get("scheme")
    base = f"{namespace}-{kebab(scheme) if isinstance(scheme, str) else 'signed'}"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def _part(
    block: dict[str, Any],
    place: NodePath,
    scheme: str | None,
    moves: _Moves,
    index: int,
) -> dict[str, Any]:
    """The block with the operations of one scheme only; None for those of the block itself.

    The part stands at ``index``; ``moves`` gets where its nodes stood.
    """
    new: NodePath = (_ROOT, "consumes", index)
    if scheme is not None:
        moves[new] = Origin(place)
    part = {
        key: value
        for key, value in block.items()
        if scheme is None or key not in _CREDENTIALS
    }
    resources: list[Any] = []
    for number, resource in enumerate(_list(block, "resources")):
        old: NodePath = (*place, "resources", number)
        operations: list[Any] = []
        here: NodePath = (*new, "resources", len(resources))
        found: _Moves = {here: Origin(old)}
        for position, node in enumerate(_list(resource, "operations")):
            # What is no operation stays where it is, for the structure check.
            if (_own(node) if isinstance(node, dict) else None) != scheme:
                continue
            origin: NodePath = (*old, "operations", position)
            found[(*here, "operations", len(operations))] = Origin(origin)
            if scheme is not None:
                moves[(*new, "signing")] = Origin((*origin, "signing"))
                part["signing"] = node["signing"]
                node = {key: value for key, value in node.items() if key != "signing"}
            operations.append(node)
        if operations or (scheme is None and not _list(resource, "operations")):
            resources.append(
                {**resource, "operations": operations}
                if isinstance(resource, dict)
                else resource
            )
            moves.update(found)
    part["resources"] = resources
    return part


def _redirected(node: Any, calls: Mapping[str, str]) -> Any:
    """The same part of the document, with calls of moved operations where they are now."""
    if isinstance(node, list):
        return [_redirected(item, calls) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: (
            calls.get(value, value)
            if key == "call" and isinstance(value, str)
            else _redirected(value, calls)
        )
        for key, value in node.items()
    }
