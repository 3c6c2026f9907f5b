"""Your own code around the calls to upstreams; no build ever changes this file.

`hooks_protocol.py` says when each function runs and what it may change. Delete this file
and build again to get it back as it was.
"""

from __future__ import annotations

from .hooks_protocol import Request
from .reply import Reply


async def on_start() -> None:
    """Prepare what the other hooks need."""


async def before_request(request: Request) -> Request:
    """The request to sign and send.

    For example: `return replace(request, headers={**request.headers, "X-Team": "a"})`,
    with `replace` of the standard module `dataclasses`.
    """
    return request


async def after_response(request: Request, reply: Reply) -> Reply:
    """The answer to pass on."""
    return reply


async def on_error(request: Request, error: Exception) -> None:
    """See why a call has no answer."""
