"""Two contracts of one adapter: routes, tools, resources and prompts.

Contracts are compared rather than the files, because they are what callers see: a capability
that is written in another way, with the same contract, breaks nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .model import Finding, additive, breaking, internal
from .schemas import compare

#: A unit of an adapter: its name in messages, and what the contract says of it.
Units = Mapping[str, Mapping[str, Any]]


def routes(document: Mapping[str, Any]) -> Units:
    """The operations of an OpenAPI document, as ``GET /parcels/{id}``."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }


def route(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    """What changed in one operation of an OpenAPI document."""
    yield from _words(old, new, "summary", "description")
    yield from _parameters(old, new)
    yield from _body(old.get("requestBody"), new.get("requestBody"))
    before, after = old.get("responses", {}), new.get("responses", {})
    for status in [*before, *(s for s in after if s not in before)]:
        if status not in after:
            yield breaking(f"the answer {status} is gone")
        elif status not in before:
            yield additive(f"the answer {status} is new")
        else:
            yield from _contents(before[status], after[status], False, "answer")


def _parameters(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    before = {(p["in"], p["name"]): p for p in old.get("parameters", ())}
    after = {(p["in"], p["name"]): p for p in new.get("parameters", ())}
    for key in [*before, *(key for key in after if key not in before)]:
        place, name = key
        said = f"the {place} parameter `{name}`"
        if key not in after:
            yield breaking(f"{said} is gone")
        elif key not in before:
            if after[key].get("required"):
                yield breaking(f"{said} is new, and required")
            else:
                yield additive(f"{said} is new")
        else:
            one, other = before[key], after[key]
            if other.get("required") and not one.get("required"):
                yield breaking(f"{said} is required now")
            elif one.get("required") and not other.get("required"):
                yield additive(f"{said} is optional now")
            yield from compare(
                one.get("schema", {}), other.get("schema", {}), taken=True, at=name
            )


def _body(old: Any, new: Any) -> Iterator[Finding]:
    if old is None and new is None:
        return
    if new is None:
        yield breaking("no body is taken any more")
    elif old is None:
        needed = new.get("required", False)
        said = "a body is required now" if needed else "a body may be sent"
        yield breaking(said) if needed else additive(said)
    else:
        if new.get("required") and not old.get("required"):
            yield breaking("the body is required now")
        elif old.get("required") and not new.get("required"):
            yield additive("the body is optional now")
        yield from _contents(old, new, True, "body")


def _contents(
    old: Mapping[str, Any], new: Mapping[str, Any], taken: bool, at: str
) -> Iterator[Finding]:
    before, after = old.get("content", {}), new.get("content", {})
    for kind in [*before, *(kind for kind in after if kind not in before)]:
        if kind not in after:
            yield breaking(f"the {at} is no longer {kind}")
        elif kind not in before:
            yield additive(f"the {at} may be {kind}")
        else:
            yield from compare(
                before[kind].get("schema", {}),
                after[kind].get("schema", {}),
                taken=taken,
                at=at,
            )


def tool(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    """What changed in one item of ``tools/list``."""
    yield from _words(old, new, "title", "description")
    yield from compare(old["inputSchema"], new["inputSchema"], taken=True)
    yield from compare(
        old.get("outputSchema", {}), new.get("outputSchema", {}), taken=False
    )
    before, after = old["annotations"], new["annotations"]
    for hint, better in (
        ("readOnlyHint", True),
        ("destructiveHint", False),
        ("idempotentHint", True),
        ("openWorldHint", False),
    ):
        if before[hint] != after[hint]:
            said = f"{hint} is {str(after[hint]).lower()} now"
            yield additive(said) if after[hint] is better else breaking(said)


def resource(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    """What changed in one resource or template of a resource."""
    yield from _words(old, new, "name", "title", "description")
    if old.get("mimeType") != new.get("mimeType"):
        was, now = old.get("mimeType", "unknown"), new.get("mimeType", "unknown")
        yield breaking(f"the media type was {was}, now {now}")


def prompt(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Finding]:
    """What changed in one prompt."""
    yield from _words(old, new, "title", "description")
    before = {a["name"]: a for a in old.get("arguments", ())}
    after = {a["name"]: a for a in new.get("arguments", ())}
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            yield breaking(f"the argument `{name}` is gone")
        elif name not in before:
            if after[name]["required"]:
                yield breaking(f"the argument `{name}` is new, and required")
            else:
                yield additive(f"the argument `{name}` is new")
        elif before[name]["required"] != after[name]["required"]:
            if after[name]["required"]:
                yield breaking(f"the argument `{name}` is required now")
            else:
                yield additive(f"the argument `{name}` is optional now")


def _words(
    old: Mapping[str, Any], new: Mapping[str, Any], *keys: str
) -> Iterator[Finding]:
    changed = [key for key in keys if old.get(key) != new.get(key)]
    if changed:
        yield internal(f"{' and '.join(changed)} changed")
