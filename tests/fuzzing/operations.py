"""What consumed operations are, by the rules for documents of the wild."""

from __future__ import annotations

import re
from typing import Any

from .callers import PLACEHOLDER, READING

_ITEM_VERBS = (
    *("get", "show", "describe", "retrieve", "fetch"),
    *("update", "patch", "replace", "delete", "remove"),
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
    auth = block.get("authentication") or {}
    if str(auth.get("type")).lower() == "bearer":
        return "authorization"
    name = str(auth.get("key") or auth.get("name") or auth.get("header") or "")
    return str(auth.get("header", "") if "{{" in name else name).lower()


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
