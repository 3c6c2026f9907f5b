"""From an upstream's answer to the mapped one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, NoReturn, TypeAlias

from .errors import CallError
from .reply import JsonValue, Reply

Mapping: TypeAlias = Callable[[JsonValue], JsonValue]

JSON_TYPE: Final = "application/json"
# NaN, a number beyond every limit, half of a surrogate pair.
_UNWRITABLE: Final = "it holds a number or a text that cannot be written again"


def mapped(reply: Reply, mapping: Mapping) -> Reply:
    """The answer with its document mapped.

    A failure, whether told by the status or inside the answer, and an empty answer stay as
    they are; so does one of which nothing maps (the mapping gives None). Raises CallError
    (502 `upstream_invalid`) for a body that is not JSON.
    """
    if reply.failure is not None or reply.status >= 400 or not reply.body:
        return reply
    value = mapping(document(reply))
    return reply if value is None else answer(reply.status, value, reply.retry_after)


def document(reply: Reply) -> JsonValue:
    """What stands in an answer; None when it is empty. Raises CallError as `mapped` does."""
    if not reply.body:
        return None
    try:
        return _DECODER.decode(reply.body.decode("utf-8-sig"))  # type: ignore[no-any-return]
    except UnicodeDecodeError as error:
        problem = f"byte {error.start + 1} is not UTF-8"
    except json.JSONDecodeError as error:
        problem = f"{error.msg} at line {error.lineno} column {error.colno}"
    except RecursionError:
        problem = "it is nested too deeply"
    except ValueError:
        problem = _UNWRITABLE
    raise _invalid(problem)


def answer(status: int, value: JsonValue, retry_after: float | None = None) -> Reply:
    """An answer of this value. Raises CallError as `mapped` does."""
    try:
        body = _ENCODER.encode(value).encode()
    except RecursionError:
        raise _invalid("it is nested too deeply") from None
    except ValueError:
        raise _invalid(_UNWRITABLE) from None
    return Reply(status, body, JSON_TYPE, None, retry_after)


def _invalid(problem: str) -> CallError:
    message = f"the upstream's answer is not valid JSON: {problem}"
    return CallError(502, "upstream_invalid", message)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)
_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":")
)
