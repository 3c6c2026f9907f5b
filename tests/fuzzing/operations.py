"""What consumed operations are, by the rules for documents of the wild."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .callers import PLACEHOLDER, READING

TEMPLATE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_PARTS = ("multipart", "multipartform")
#: Kinds of bodies that consist of texts.
TEXTS = ("text", "xml", "yaml", "binary", "sparql", *_PARTS)
_ITEM_VERBS = (
    *("get", "show", "describe", "read", "view", "retrieve", "fetch"),
    *("update", "modify", "edit", "patch", "replace", "delete", "remove"),
)


def passes(operation: Any) -> bool:
    """Whether the caller's body is the upstream's."""
    if operation.get("method", "GET") in READING:
        return False
    inputs = operation.get("inputParameters") or []
    if any(item.get("in", "body") == "body" for item in inputs):
        return False
    return not (operation.get("body") or {}).get("data")


def name_of(operation: Any) -> Any:
    """What calls know it by."""
    return operation.get("name", operation.get("id"))


def bare(path: str) -> str:
    """A path without its query and fragment."""
    return path.partition("#")[0].partition("?")[0]


def credential(block: Any) -> str:
    """The name of the parameter, in lower case, that authentication sends."""
    auth = block.get("authentication") or block.get("auth") or {}
    if str(auth.get("type")).lower() in ("bearer", "basic", "digest", "oauth2"):
        return "authorization"
    name = str(auth.get("key") or auth.get("name") or auth.get("header") or "")
    return str(auth.get("header", "") if "{{" in name else name).lower()


def sends(item: Any, block: Any) -> bool:
    """Whether authentication sends what the parameter says, so that callers never do."""
    name = credential(block)
    keyed = name != "authorization" and item.get("in") in ("query", "cookie")
    return item["name"].lower() == name and (keyed or item.get("in") == "header")


def path_of(block: Any, resource: Any, operation: Any) -> str:
    """The path of an operation, its own one joined to that of its resource."""
    path, own = resource.get("path") or "", operation.get("path")
    if own is not None:
        if any(_repeats(r) for r in block.get("resources") or []):
            path = own
        elif own != "/":
            path = path.rstrip("/") + own
    if path and not path.startswith("/"):
        path = f"/{path}"
    lost = [
        item["name"]
        for item in operation.get("inputParameters") or []
        if item.get("in") == "path" and item["name"] not in PLACEHOLDER.findall(path)
    ]
    words = re.findall(r"[A-Z]?[a-z0-9]+", str(name_of(operation)))
    if len(lost) == 1 and words[0].lower() in _ITEM_VERBS and words[1:]:
        path = path.rstrip("/") + "/{" + lost[0] + "}"
    return path


def _repeats(resource: Any) -> bool:
    """Whether an operation of the resource writes the path of the resource again."""
    path = resource.get("path") or ""
    return path not in ("", "/") and any(
        str(operation.get("path") or "").startswith(path)
        for operation in resource.get("operations") or []
    )


def route_of(adapter: Any, resource: Any, node: Any) -> tuple[str, str, str]:
    """What routes of one method and path have in common."""
    path = (resource.get("path") or "/") + (node.get("path") or "")
    shape = PLACEHOLDER.sub("{}", path)
    return str(adapter.get("namespace")), node.get("method", "GET"), shape


def data_of(operation: Any) -> tuple[Any, str]:
    """What the body is made of, and the kind that it is said to be, in lower case."""
    body = operation.get("body") or {}
    if isinstance(body, str):
        return body, "text"
    data, kind = body.get("data"), str(body.get("type")).lower()
    if (
        kind in TEXTS
        and isinstance(data, dict)
        and len(data) == 1
        and kind not in _PARTS
    ):
        (data,) = data.values()
    return data, kind


def texts_of(data: Any) -> Iterator[str]:
    """The texts with templates in ``data``."""
    if isinstance(data, str) and TEMPLATE.search(data):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts_of(item)


def leaves(data: Any) -> int:
    """How many values ``data`` is made of."""
    if isinstance(data, dict | list):
        items = data.values() if isinstance(data, dict) else data
        return sum(map(leaves, items))
    return 1
