"""Request bodies, checked member by member.

Only the members that a caller sends are looked at, so a body of two costs two checks, however
many its schema knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from .faults import Faults, check_sendable, join
from .reply import JsonObject, JsonValue

# A check of `check`, with its options: it gets the faults, the body, a name and a pointer.
Check: TypeAlias = Callable[[Faults, JsonObject, str, str], None]


def check_body(
    faults: Faults,
    value: JsonValue,
    at: str,
    checks: Mapping[str, Check],
    *,
    needed: bool = False,
    required: tuple[str, ...] = (),
    closed: bool = True,
) -> JsonObject | None:
    """The body, or None when there is none; `at` is its JSON Pointer.

    `needed` bodies and `required` members must be there. A `closed` body has no members
    but those of `checks`, unless the operator lets unknown ones through.
    """
    if value is None:
        if needed:
            faults.add(at, "is required")
        return None
    if not isinstance(value, dict):
        faults.add(at, "must be an object")
        return None
    strict = closed and not faults.allow_unknown
    for name in value:
        check = checks.get(name)
        if check is not None:
            check(faults, value, name, at)
        elif strict:
            known = ", ".join(checks) or "none"
            faults.add(join(at, name), f"is not known; known here: {known}")
    for name in required:
        if name not in value:
            faults.add(join(at, name), "is required")
    if not strict:
        check_sendable(faults, value, at)
    return value
