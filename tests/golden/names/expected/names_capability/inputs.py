"""What callers of Names that Python, the emitted modules or readers use for
something else may send: one check for each body.
"""

from __future__ import annotations

from .bodies import Check, check_body
from .faults import Faults
from .reply import JsonObject, JsonValue

LIST__BODY: dict[str, Check] = {}


def list_(value: JsonValue, faults: Faults, at: str = "") -> JsonObject | None:
    """The body of A builtin, or None when there is none."""
    return check_body(faults, value, at, LIST__BODY, closed=False)
