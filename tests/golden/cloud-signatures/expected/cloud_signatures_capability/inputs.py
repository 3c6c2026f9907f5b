"""What callers of Machines of many clouds may send: one check for each body."""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

DESCRIBE_GROUPS_BODY: dict[str, Check] = {}


def describe_groups(
    value: JsonValue,
    faults: Faults,
    at: str = "",
) -> JsonObject | None:
    """The body of describeGroups, or None when there is none."""
    return check_body(faults, value, at, DESCRIBE_GROUPS_BODY, closed=False)
