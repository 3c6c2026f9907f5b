"""Failures that a provider reports inside an answer whose HTTP status is 200."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .errors import CallError
from .reply import Failure


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """What a message that starts with `prefix` means.

    `status` is the HTTP status for callers and `kind` the group of the failure.
    With `after="unix-time"` the message ends with the time (in seconds since the
    epoch) from which the call can be made again.
    """

    prefix: str
    status: int
    kind: str
    after: str = ""


def messages_at(body: bytes, member: str) -> tuple[str, ...]:
    """The messages that the answer's root object lists under `member`.

    An absent, null or empty member gives none, and a lone value counts as a list
    of one. Raises CallError (502 upstream_invalid) for anything but a JSON object.
    """
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise CallError(
            502, "upstream_invalid", "the upstream's answer is not a JSON object"
        )
    found = answer.get(member)
    if found is None or found == "" or found == {}:
        return ()
    items = found if isinstance(found, list) else [found]
    return tuple(
        item if isinstance(item, str) else json.dumps(item, ensure_ascii=False)
        for item in items
    )


def classify(
    messages: Sequence[str],
    rules: Sequence[ErrorRule],
    otherwise: ErrorRule,
    ignore: tuple[str, ...],
    now: Callable[[], float] = time.time,
) -> Failure | None:
    """The failure that `messages` report, or None when they are all warnings.

    The first message that `ignore` (prefixes of warnings) does not cover decides,
    by the first rule whose prefix it starts with. The failure keeps every message.
    """
    deciding = next((text for text in messages if not text.startswith(ignore)), None)
    if deciding is None:
        return None
    rule = next((rule for rule in rules if deciding.startswith(rule.prefix)), otherwise)
    retry_after = None
    if rule.after == "unix-time":
        retry_after = _seconds_until(deciding[len(rule.prefix) :], now())
    return Failure(rule.status, rule.kind, tuple(messages), retry_after)


def _seconds_until(text: str, now: float) -> float | None:
    # Only digits: float() would also take "nan", "inf" and "1_0".
    whole, _, fraction = text.strip().partition(".")
    if not (whole + fraction).isdecimal() or len(whole) > 12:
        return None
    return max(0.0, float(f"{whole}.{fraction or 0}") - now)
