"""The id of each request: the caller's if it can be used, else one of ours."""

from __future__ import annotations

import re
import secrets
from itertools import count
from typing import Final

from aiohttp import web
from multidict import istr

REQUEST_ID: Final = istr("X-Request-Id")

_usable_id = re.compile(r"[A-Za-z0-9._-]{1,128}").fullmatch
_id_prefix = secrets.token_hex(6)
_id_count = count(1)


def request_id_of(request: web.Request) -> str:
    """The id that a request came with, or was given; the same each time."""
    found = request.get(REQUEST_ID) or request.headers.get(REQUEST_ID)
    if found is None or not _usable_id(found):
        found = request[REQUEST_ID] = new_request_id()
    return str(found)


def new_request_id() -> str:
    """An id of no other request."""
    return f"{_id_prefix}-{next(_id_count):x}"
