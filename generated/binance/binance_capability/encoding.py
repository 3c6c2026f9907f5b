"""Putting values into requests, and reading the few that answers carry."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from .errors import CallError
from .reply import JsonValue


class Content(NamedTuple):
    """A request body that is not JSON: exactly these bytes, of this media type."""

    data: bytes
    media_type: str


def unsendable() -> CallError:
    """For NaN, infinity and lone surrogates, which JSON input can smuggle in."""
    return CallError(
        400, "invalid_input", "the body holds a number or a text that cannot be sent"
    )


def json_bytes(body: JsonValue) -> bytes:
    """Compact JSON in UTF-8. Raises CallError (400) for what JSON cannot say."""
    try:
        text = json.dumps(
            body, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )
        return text.encode()
    except ValueError:
        raise unsendable() from None


def checked_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers, unless a value could end its line: then CallError (400)."""
    for name, value in headers.items():
        if any(character in value for character in "\r\n\0"):
            raise CallError(
                400, "invalid_input", f"the value of header {name} has a line break"
            )
    return headers


def seconds_to_wait(retry_after: str | None) -> float | None:
    """Seconds from now of a Retry-After value (RFC 9110, section 10.2.3)."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
