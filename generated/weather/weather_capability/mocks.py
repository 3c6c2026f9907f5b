"""What fixed answers are made of."""

from __future__ import annotations

import re

from .reply import Reply

_number = re.compile(r"-?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?").fullmatch


def nothing() -> Reply:
    """An answer without a document."""
    return Reply(204, b"", "application/json")


def said_number(text: str) -> int | float | None:
    """The number that a text says; None when it says none."""
    found = _number(text.strip())
    if found is None:
        return None
    if not (found[1] or found[2]):
        return int(text)
    number = float(text)
    return number if abs(number) < float("inf") else None


def said_boolean(text: str) -> bool | None:
    """Whether a text is `true` or `false`; None when it is neither."""
    return {"true": True, "false": False}.get(text.strip())
