"""What a request is known by: its id, the caller's if it can be used, and who calls."""

from __future__ import annotations

import re
import secrets
from itertools import count
from typing import Any, Final

from aiohttp import web
from multidict import istr


def request_key(name: str) -> Any:
    """A key of what a request carries along; aiohttp before 3.14 takes names."""
    make = getattr(web, "RequestKey", None)
    return name if make is None else make(name, object)


REQUEST_ID: Final = istr("X-Request-Id")
#: Who calls: a name, never a credential.
CALLER: Final = request_key("caller")
#: Set for a caller who was not let in.
REFUSED: Final = request_key("refused")
_ID: Final = request_key("id")

_usable_id = re.compile(r"[A-Za-z0-9._-]{1,128}").fullmatch
_id_prefix = secrets.token_hex(6)
_id_count = count(1)


def request_id_of(request: web.Request) -> str:
    """The id that a request came with, or was given; the same each time."""
    found = request.get(_ID) or request.headers.get(REQUEST_ID)
    if found is None or not _usable_id(found):
        found = request[_ID] = new_request_id()
    return str(found)


def new_request_id() -> str:
    """An id of no other request."""
    return f"{_id_prefix}-{next(_id_count):x}"
