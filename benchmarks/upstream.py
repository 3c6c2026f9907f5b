"""A loopback upstream that answers every request with one fixed envelope.

Its own process, a bare `asyncio.Protocol`: it must cost far less than the servers that
are measured through it. `GET /last` gives the request that came before, byte for byte,
so that a signature can be checked; nothing is checked while measuring.
"""

import argparse
import asyncio
import json
from typing import cast

ENVELOPE_BYTES = 1024


def envelope(size: int = ENVELOPE_BYTES) -> bytes:
    """A provider's answer of exactly `size` bytes."""
    start, end = '{"error":[],"result":{"open":{},"count":0,"note":"', '"}}'
    return (start + "x" * (size - len(start) - len(end)) + end).encode()


def answer(body: bytes) -> bytes:
    """The bytes on the wire of a 200 answer with a JSON body."""
    head = (
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Responder(asyncio.Protocol):
    """One connection: keep-alive, pipelining, any split of the bytes."""

    fixed = answer(envelope())
    last = b""
    delay = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # A cast, not a check: uvloop's transports are not of asyncio's classes.
        self.transport = cast("asyncio.Transport", transport)
        self.pending = b""

    def data_received(self, data: bytes) -> None:
        self.pending = self.pending + data if self.pending else data
        while self.pending:
            end = self.pending.find(b"\r\n\r\n")
            if end < 0:
                return
            size = end + 4 + content_length(self.pending[:end])
            if len(self.pending) < size:
                return
            request, self.pending = self.pending[:size], self.pending[size:]
            self.respond(request)

    def respond(self, request: bytes) -> None:
        if request.startswith(b"GET /last "):
            last = json.dumps(Responder.last.decode("latin-1"))
            self.transport.write(answer(last.encode()))
            return
        Responder.last = request
        if self.delay:
            loop = asyncio.get_running_loop()
            loop.call_later(self.delay, self.transport.write, self.fixed)
        else:
            self.transport.write(self.fixed)


def content_length(head: bytes) -> int:
    """The Content-Length of a request's head; 0 when there is none."""
    at = head.lower().find(b"\r\ncontent-length:")
    if at < 0:
        return 0
    return int(head[at + 17 :].split(b"\r\n", 1)[0])


async def main() -> None:
    """Serve until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds")
    options = parser.parse_args()
    Responder.delay = options.delay
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Responder, "127.0.0.1", options.port)
    await server.serve_forever()


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        asyncio.run(main())
    else:
        uvloop.run(main())
