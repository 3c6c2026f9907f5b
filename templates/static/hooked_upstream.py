"""Calls to one upstream with the hooks of `hooks.py` around them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from . import hooks
from .encoding import Content, json_bytes
from .errors import CallError
from .hooks_protocol import Hooks, Request
from .reply import JsonValue, Reply
from .transport import Transport
from .upstream import Pairs, Upstream

log = logging.getLogger(__name__)

HOOKS: Hooks = hooks
# How a message ends is not for hooks, and these may pass on a caller's credentials.
_PRIVATE: Final = frozenset(("authorization", "cookie", "proxy-authorization"))
_FRAMING: Final = frozenset(
    ("connection", "content-length", "content-type", "host", "transfer-encoding")
)
_token = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+").fullmatch


class _Send(Protocol):
    async def __call__(
        self,
        method: str,
        path: str,
        *,
        query: Pairs,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        cost: float,
    ) -> Reply: ...


class RunningHooks:
    """The hooks of a process; `on_start` begins when this is made in a running loop."""

    def __init__(self) -> None:
        self._start: asyncio.Task[None] | None = None
        self.problem: str | None = None
        with suppress(RuntimeError):
            self._begin()

    async def started(self) -> None:
        """Wait for `on_start`; CallError 500 hook_failed when it did not succeed."""
        task = self._start or self._begin()
        if not task.done():
            # Of the calls that wait, one may be cancelled.
            await asyncio.shield(task)
        if self.problem is not None:
            raise CallError(500, "hook_failed", f"{self.problem}; nothing was sent")

    async def close(self) -> None:
        """End `on_start` if it is still running."""
        if self._start is not None:
            self._start.cancel()
            await asyncio.wait((self._start,))

    def _begin(self) -> asyncio.Task[None]:
        loop = asyncio.get_running_loop()
        self._start = loop.create_task(self._run())
        return self._start

    async def _run(self) -> None:
        try:
            await HOOKS.on_start()
        # Whatever it is, it is told instead of the calls that cannot be made.
        except Exception as error:
            log.exception("the hook on_start failed")
            self.problem = f"the hook on_start failed ({type(error).__name__})"


class HookedUpstream(Upstream):
    """Makes the calls of another upstream, with the hooks around them.

    `headers` and `query` are the names, in lower case, of what credentials and signature
    fill in: hooks neither see nor set them.
    """

    def __init__(
        self,
        transport: Transport,
        inner: Upstream,
        name: str,
        running: RunningHooks,
        *,
        headers: Collection[str] = (),
        query: Collection[str] = (),
    ) -> None:
        super().__init__(transport)
        self._inner = inner
        self._name = name
        self._running = running
        self._hidden = _PRIVATE.union(headers)
        self._filled = frozenset(query)

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        request = Request(self._name, method, path, tuple(query), headers or {}, body)
        return await self._call(self._inner.send, request, cost)

    async def send_public(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        request = Request(self._name, method, path, tuple(query), headers or {}, body)
        return await self._call(self._inner.send_public, request, cost)

    def obstacle(self) -> str | None:
        return self._running.problem or self._inner.obstacle()

    async def close(self) -> None:
        await self._running.close()
        await self._inner.close()
        await super().close()

    async def _call(self, send: _Send, whole: Request, cost: float) -> Reply:
        await self._running.started()
        shown = replace(
            whole,
            query=tuple(p for p in whole.query if p[0].lower() not in self._filled),
            headers={k: v for k, v in whole.headers.items() if not self._hides(k)},
        )
        request = shown
        try:
            request = await self._before(shown)
            reply = await send(
                whole.method,
                whole.path,
                query=(
                    *(p for p in whole.query if p[0].lower() in self._filled),
                    *request.query,
                ),
                headers={
                    **{k: v for k, v in whole.headers.items() if self._hides(k)},
                    **request.headers,
                },
                body=request.body,
                cost=cost,
            )
            return await self._after(request, reply)
        except _Failed as error:
            await self._tell(request, error.cause)
            raise error.told from None
        except Exception as error:
            await self._tell(request, error)
            raise

    def _hides(self, header: str) -> bool:
        return header.lower() in self._hidden

    async def _before(self, shown: Request) -> Request:
        before = dict(shown.headers)
        try:
            request = await HOOKS.before_request(shown)
            problem = self._unusable(shown, request, before)
            if problem:
                raise ValueError(problem)
        except CallError:
            raise
        except Exception as error:
            raise _Failed("before_request", "nothing was sent", error) from error
        return request

    async def _after(self, request: Request, reply: Reply) -> Reply:
        try:
            answer = await HOOKS.after_response(request, reply)
            if type(answer) is not Reply:
                raise TypeError("a Reply has to be returned")
        except CallError:
            raise
        except Exception as error:
            raise _Failed("after_response", "the call was made", error) from error
        return answer

    async def _tell(self, request: Request, error: Exception) -> None:
        try:
            await HOOKS.on_error(request, error)
        # The caller gets the error that came first.
        except Exception:
            log.exception("the hook on_error failed")

    def _unusable(
        self, shown: Request, request: Request, before: Mapping[str, str]
    ) -> str:
        """Why the request of a hook cannot be made, or an empty text."""
        if type(request) is not Request:
            return "a Request has to be returned"
        same = replace(
            request, query=shown.query, headers=shown.headers, body=shown.body
        )
        if same != shown:
            return "upstream, method and path cannot be changed"
        for name, value in request.headers.items():
            if not _token(name) or any(mark in value for mark in "\r\n\0"):
                return f"the header {name!r} cannot be sent"
            kept = name in before and value == before[name]
            if self._hides(name) or (name.lower() in _FRAMING and not kept):
                return f"the header {name!r} is not set by hooks"
        if len({name.lower() for name in request.headers}) < len(request.headers):
            return "a header is there twice"
        for name, value in request.query:
            if name.lower() in self._filled:
                return f"the query parameter {name!r} is filled in by the signature"
            if not isinstance(value, str):
                raise TypeError(f"the query parameter {name!r} is not a text")
        if not isinstance(request.body, Content):
            json_bytes(request.body)
        return ""


class _Failed(Exception):
    """A hook raised `cause`; `told` is what the caller gets."""

    def __init__(self, hook: str, outcome: str, cause: Exception) -> None:
        super().__init__(hook)
        log.error("the hook %s failed; %s", hook, outcome, exc_info=cause)
        kind = type(cause).__name__
        message = f"the hook {hook} failed ({kind}); {outcome}"
        self.cause = cause
        self.told = CallError(500, "hook_failed", message)
