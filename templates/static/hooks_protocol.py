"""What `hooks.py` may do with the calls of this package: the shapes, and the promises.

`hooks.py` is yours: it was written once, and no build changes it any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from .encoding import Content
from .reply import JsonValue, Reply


@dataclass(frozen=True, slots=True)
class Request:
    """A call before it is signed and sent.

    `upstream` is the namespace of the spec that the call goes to, `path` the
    percent-encoded path below its base URI. `body` is what is sent as JSON (or as the
    signature's scheme writes it), a Content for other bytes with their media type, None
    for no body. Credentials, signature and nonce are in neither `query` nor `headers`:
    they come later. So are `Authorization` and `Cookie` of a caller, where the spec
    passes them on.
    """

    upstream: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: JsonValue | Content


class Hooks(Protocol):
    """The functions of `hooks.py`. All are there, and all are `async`.

    A hook that raises ends its call with the error 500 `hook_failed`, which names the
    hook; the traceback is logged. A CallError (module `errors`) reaches the caller as
    it is, so that a hook can refuse a call.
    """

    async def on_start(self) -> None:
        """Runs once in each process, at its start; calls wait for its end.

        When it raises, no call is made, and `/health/ready` says so.
        """

    async def before_request(self, request: Request) -> Request:
        """Gives the request to make: `request`, or a copy with another `query`, `headers` or `body`.

        Runs once for each call. What it returns is signed afterwards, also each time that
        a call is repeated because its nonce was refused. Method and path cannot be
        changed, and neither can what the credentials or the signature fill in. When it
        raises, nothing is sent.
        """

    async def after_response(self, request: Request, reply: Reply) -> Reply:
        """Gives the answer to pass on: `reply`, or another one (`reply._replace(...)`).

        Runs for every answer, with whatever status; `reply.failure` is a failure that the
        provider reports inside of one. The call was made, even when this raises.
        """

    async def on_error(self, request: Request, error: Exception) -> None:
        """Sees why a call has no answer: a CallError (module `errors`), or what a hook raised.

        The caller gets the error in any case. What this raises is only logged.
        """
