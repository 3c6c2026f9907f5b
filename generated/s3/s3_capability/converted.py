"""From an upstream's answer in another format to one in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from .charsets import charset_of
from .errors import CallError
from .reply import JsonValue, Reply

JSON_TYPE: Final = "application/json"
# Some formats can say in a few bytes what takes gigabytes as JSON.
MAX_DOCUMENT: Final = 134_217_728
MAX_DEPTH: Final = 100


class Unreadable(Exception):
    """What is wrong with a body, and where; it never quotes the body."""


def converted(reply: Reply, name: str, convert: Callable[[Reply], JsonValue]) -> Reply:
    """The answer with its body converted to JSON by `convert`; `name` is its format.

    A failure, whether told by the status or inside the answer, and an answer without
    content (204, 205) stay as they are. Raises CallError (502 `upstream_invalid`) for a
    body that is not of the format.
    """
    if reply.failure is not None or reply.status >= 400 or reply.status in (204, 205):
        return reply
    try:
        body = _ENCODER.encode(convert(reply)).encode()
    except Unreadable as error:
        problem = str(error)
    except RecursionError:
        problem = "it is nested too deeply"
    except ValueError:
        problem = "it holds a number or a text that JSON cannot hold"
    else:
        return Reply(reply.status, body, JSON_TYPE, None, reply.retry_after)
    message = f"the upstream's answer is not valid {name}: {problem}"
    raise CallError(502, "upstream_invalid", message) from None


def as_bytes(reply: Reply) -> Reply:
    """The answer as it came, marked as binary; failures and empty ones are not."""
    if reply.failure is not None or reply.status >= 400 or not reply.body:
        return reply
    return reply._replace(binary=True)


def text_of(reply: Reply) -> str:
    """The body as text, in the charset of its content type, else in UTF-8.

    A byte order mark is left out. Raises Unreadable.
    """
    charset = charset_of(reply.content_type)
    if charset is None:
        raise Unreadable("its charset is not known")
    try:
        text = reply.body.decode(charset)
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} is not {charset.upper()}"
        raise Unreadable(place) from None
    return text.removeprefix("\ufeff")


class Budget:
    """How much of a document may still be made; Unreadable when it is spent."""

    def __init__(self, limit: int = MAX_DOCUMENT) -> None:
        self._left = limit

    def spend(self, size: int) -> None:
        """Count `size` characters of a document, about."""
        self._left -= size
        if self._left < 0:
            raise Unreadable("it would become too large a document")


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
