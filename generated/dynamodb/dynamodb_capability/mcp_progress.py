"""Answers over HTTP for clients that ask how far a call has come.

Whoever sends a progress token gets an event stream, with notifications in front of the
answer; everybody else one JSON document.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

_TOKEN = b'"progressToken"'
_STREAM = b"text/event-stream"


class HttpManager:
    """Passes each request to the transport `streaming` if it asks for progress, else to `plain`.

    `body_limit` is that of both (bytes): not more of a body is kept to look at it.
    """

    def __init__(
        self,
        plain: StreamableHTTPSessionManager,
        streaming: StreamableHTTPSessionManager,
        *,
        body_limit: int,
    ) -> None:
        self._plain = plain
        self._streaming = streaming
        self._body_limit = body_limit

    @asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """Both transports, for the time of a `with` block."""
        async with self._plain.run(), self._streaming.run():
            yield

    async def handle_request(
        self, scope: Message, receive: Receive, send: Send
    ) -> None:
        """Answer one request."""
        if not _takes_stream(scope):
            await self._plain.handle_request(scope, receive, send)
            return
        kept: list[Message] = []
        size, more = 0, True
        while more and size <= self._body_limit:
            message = await receive()
            kept.append(message)
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
        # Found in an argument it does no harm: an event stream is an answer, too.
        asked = _TOKEN in b"".join(message.get("body", b"") for message in kept)
        kept.reverse()

        async def again() -> Message:
            return kept.pop() if kept else await receive()

        manager = self._streaming if asked else self._plain
        await manager.handle_request(scope, again, send)


def _takes_stream(scope: Message) -> bool:
    # A transport that streams refuses clients that do not say that they take it.
    return any(
        name == b"accept" and _STREAM in value.lower()
        for name, value in scope["headers"]
    )
