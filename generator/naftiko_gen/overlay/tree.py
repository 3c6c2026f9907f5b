"""Changes of JSON trees."""

from __future__ import annotations

from naftiko_gen.ir import JsonValue


class Mismatch(Exception):
    """An update does not fit what stands at its place, named by its keys."""

    def __init__(self, keys: tuple[str, ...], existing: str, given: str) -> None:
        super().__init__(existing, given)
        self.keys = keys
        self.existing = existing
        self.given = given


def clone(value: JsonValue) -> JsonValue:
    """A copy in which no two places share a list or mapping.

    Not ``copy.deepcopy``, which would keep what YAML aliases share shared: an update of
    one place would then change all of them.
    """
    if isinstance(value, dict):
        return {key: clone(item) for key, item in value.items()}
    if isinstance(value, list):
        return [clone(item) for item in value]
    return value


def shape(value: JsonValue) -> str:
    """What kind of node ``value`` is, with its article."""
    if isinstance(value, dict):
        return "an object"
    return "an array" if isinstance(value, list) else "a plain value"


def merge(
    target: dict[str, JsonValue],
    update: dict[str, JsonValue],
    keys: tuple[str, ...] = (),
) -> None:
    """Merge ``update`` into ``target`` as Overlay Specification 1.0, section 4.4.3, says.

    Objects are merged, arrays are lengthened, plain values are replaced. Raises Mismatch
    where the two sides are of different kinds.
    """
    for key, value in update.items():
        if key not in target:
            target[key] = clone(value)
            continue
        existing = target[key]
        if isinstance(existing, dict) and isinstance(value, dict):
            merge(existing, value, (*keys, key))
        elif isinstance(existing, list) and isinstance(value, list):
            existing.extend(clone(item) for item in value)
        elif shape(existing) == shape(value):
            target[key] = value
        else:
            raise Mismatch((*keys, key), shape(existing), shape(value))
