"""Two JSON Schemas: what a value that one of them allows means to the other.

A schema of an input changes for the worse when it takes less than before, one of an answer
when it may give what it did not give before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from .model import Finding, additive, breaking, internal

#: Keywords that only describe.
_WORDS = frozenset(
    {"title", "description", "examples", "example", "deprecated", "$comment"}
)
_COMPARED = frozenset(
    {"type", "enum", "properties", "required", "items", "additionalProperties"}
)
_LOWER = frozenset(
    {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
)
_UPPER = frozenset(
    {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
)
_MISSING = object()

Schema = Mapping[str, Any]


def compare(old: Any, new: Any, *, taken: bool, at: str = "") -> Iterator[Finding]:
    """What changed from one schema to another; ``taken`` for inputs, else answers.

    ``at`` names the place in messages, as in ``body.order``.
    """
    # A schema may be true, which allows everything, or false, which allows nothing.
    old, new = ({} if schema is True else schema for schema in (old, new))
    if old == new:
        return
    if old is False or new is False:
        said = "allowed now" if old is False else "no longer allowed"
        yield _shift(taken, narrowed=new is False, message=f"{_name(at)} is {said}")
        return
    yield from _types(old, new, taken, at)
    yield from _sets(old, new, taken, at)
    yield from _members(old, new, taken, at)
    if "items" in old or "items" in new:
        yield from compare(
            old.get("items", {}), new.get("items", {}), taken=taken, at=f"{at}[]"
        )
    yield from _others(old, new, taken, at)


def _shift(taken: bool, *, narrowed: bool, message: str) -> Finding:
    """A change that allows less (``narrowed``) or more than before."""
    return breaking(message) if narrowed is taken else additive(message)


def _types(old: Schema, new: Schema, taken: bool, at: str) -> Iterator[Finding]:
    before, after = _type_set(old), _type_set(new)
    if before == after:
        return
    message = f"{_name(at)} was {_listed(before)}, now {_listed(after)}"
    if not after - before:
        yield _shift(taken, narrowed=True, message=message)
    elif not before - after:
        yield _shift(taken, narrowed=False, message=message)
    else:
        yield breaking(message)


_ALL = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def _type_set(schema: Schema) -> frozenset[str]:
    found = schema.get("type")
    if found is None:
        return _ALL
    names = {found} if isinstance(found, str) else set(found)
    # Every integer is a number (JSON Schema validation, 6.1.1).
    return frozenset(names | {"integer"} if "number" in names else names)


def _listed(types: frozenset[str]) -> str:
    if types == _ALL:
        return "any value"
    names = types - {"integer"} if "number" in types else types
    return " or ".join(sorted(names))


def _sets(old: Schema, new: Schema, taken: bool, at: str) -> Iterator[Finding]:
    before, after = _values(old), _values(new)
    if before is None and after is None:
        return
    if before is None or after is None:
        message = f"{_name(at)} {'is one of a few values now' if after else 'is no longer one of a few values'}"
        yield _shift(taken, narrowed=after is not None, message=message)
        return
    if gone := sorted(before - after):
        message = f"{_name(at)} is no longer {' or '.join(gone)}"
        yield _shift(taken, narrowed=True, message=message)
    if come := sorted(after - before):
        message = f"{_name(at)} may also be {' or '.join(come)}"
        yield _shift(taken, narrowed=False, message=message)


def _values(schema: Schema) -> set[str] | None:
    found = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if found is None:
        return None
    return {json.dumps(value, sort_keys=True, ensure_ascii=False) for value in found}


def _members(old: Schema, new: Schema, taken: bool, at: str) -> Iterator[Finding]:
    before, after = old.get("properties", {}), new.get("properties", {})
    was, now = set(old.get("required", ())), set(new.get("required", ()))
    extra_before, extra_after = (
        s.get("additionalProperties", True) for s in (old, new)
    )
    for name in [*before, *(name for name in after if name not in before)]:
        here = f"{at}.{name}" if at else name
        if name not in after:
            yield breaking(f"`{here}` is gone")
        elif name not in before:
            if taken and name in now:
                yield breaking(f"`{here}` is new, and required")
            else:
                yield additive(f"`{here}` is new")
                # What was not described may have been there, as something else.
                if extra_before is not False:
                    yield from compare(extra_before, after[name], taken=taken, at=here)
        else:
            yield from compare(before[name], after[name], taken=taken, at=here)
    # A name may be required that is described nowhere.
    told = set(after) - set(before) if taken else set()
    for name in sorted((was ^ now) - told):
        here = f"{at}.{name}" if at else name
        if name in now:
            said = "is required now" if taken else "is always there"
        elif name not in after and name in before:
            continue
        else:
            said = "is optional now" if taken else "may be missing now"
        yield _shift(taken, narrowed=name in now, message=f"`{here}` {said}")
    yield from compare(
        extra_before, extra_after, taken=taken, at=f"{at}.*" if at else "*"
    )


def _others(old: Schema, new: Schema, taken: bool, at: str) -> Iterator[Finding]:
    """Bounds, patterns, formats, defaults, unions and words."""
    for key in sorted({*old, *new} - _COMPARED - {"const"}):
        before, after = old.get(key, _MISSING), new.get(key, _MISSING)
        if before == after:
            continue
        if key in _WORDS:
            yield internal(f"{_name(at)} is described in other words")
        elif key in _LOWER | _UPPER:
            yield _bound(key, before, after, taken, at)
        elif key == "default":
            yield breaking(f"{_name(at)} has another default")
        elif _same_length(before, after):
            for one, other in zip(before, after, strict=True):
                yield from compare(one, other, taken=taken, at=at)
        elif before is _MISSING or after is _MISSING:
            narrowed = before is _MISSING
            message = (
                f"{_name(at)} {'has now' if narrowed else 'has no longer'} a `{key}`"
            )
            yield _shift(taken, narrowed=narrowed, message=message)
        else:
            yield breaking(f"{_name(at)} has another `{key}`")


def _same_length(old: object, new: object) -> bool:
    return isinstance(old, list) and isinstance(new, list) and len(old) == len(new)


def _bound(key: str, before: Any, after: Any, taken: bool, at: str) -> Finding:
    narrowed = before is _MISSING or (
        after is not _MISSING and (after > before) is (key in _LOWER)
    )
    was = "nothing" if before is _MISSING else str(before)
    now = "nothing" if after is _MISSING else str(after)
    message = f"{_name(at)}: `{key}` was {was}, now {now}"
    return _shift(taken, narrowed=narrowed, message=message)


def _name(at: str) -> str:
    return f"`{at}`" if at else "the value"
