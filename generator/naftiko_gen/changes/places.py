"""Where a file says what has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..diagnostics import Span
from ..source import NodePath, Source

#: What identifies a part of a capability: ("rest", "desk", "GET /parcels").
Key = tuple[str, ...]


class Places:
    """The spans of the parts of one file, by key; of a part that is not there, its owner's."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._paths = dict(_paths(source.data))

    def span(self, key: Key) -> Span:
        """Where the part stands, or the nearest one around it."""
        for length in range(len(key), 0, -1):
            if (path := self._paths.get(key[:length])) is not None:
                return self._source.span(path)
        return self._source.span(("capability",), key=True)

    def has(self, key: Key) -> bool:
        """Whether the file has a place for this part."""
        return key in self._paths


def _paths(data: Any) -> Iterator[tuple[Key, NodePath]]:
    root: NodePath = ("capability",)
    capability = data.get("capability", {}) if isinstance(data, dict) else {}
    for path, item in _items(capability, root, "consumes"):
        namespace = item.get("namespace", "")
        yield ("consumes", namespace), (*path, "namespace")
        for resource_path, resource in _items(item, path, "resources"):
            for place, operation in _items(resource, resource_path, "operations"):
                name = operation.get("name", "")
                yield ("consumes", namespace, name), (*place, "name")
    for path, item in _items(capability, root, "exposes"):
        kind, namespace = item.get("type", ""), item.get("namespace", "")
        yield (kind, namespace), (*path, "namespace")
        for resource_path, resource in _items(item, path, "resources"):
            if kind == "mcp":
                name = resource.get("uri", "")
                yield (kind, namespace, f"resource {name}"), (*resource_path, "uri")
                continue
            where = resource.get("path", "")
            for place, operation in _items(resource, resource_path, "operations"):
                name = f"{operation.get('method', '')} {where}"
                yield (kind, namespace, name), (*place, "method")
        for place, found in _items(item, path, "tools"):
            yield (kind, namespace, f"tool {found.get('name', '')}"), (*place, "name")
        for place, found in _items(item, path, "prompts"):
            yield (kind, namespace, f"prompt {found.get('name', '')}"), (*place, "name")


def _items(
    node: Any, path: NodePath, key: str
) -> Iterator[tuple[NodePath, dict[str, Any]]]:
    found = node.get(key) if isinstance(node, dict) else None
    for index, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield (*path, key, index), item
