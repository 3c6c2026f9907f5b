"""Inputs that stand somewhere in the body of a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .reply import JsonObject, JsonValue


def picked(
    body: JsonValue,
    places: Mapping[str, Callable[[JsonValue], JsonValue]],
    members: JsonObject | None = None,
) -> JsonObject:
    """What stands at the `places` of a body, by the names of the inputs; null is absent.

    `members` are inputs that are members of the body itself.
    """
    found = {name: place(body) for name, place in places.items()}
    kept = {k: v for k, v in (members or {}).items() if k not in found}
    return kept | {name: value for name, value in found.items() if value is not None}
