"""Upstream against real servers on the loopback interface."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from static.errors import CallError
from static.inband import ErrorRule, classify, messages_at
from static.reply import Failure, Reply
from static.transport import Transport
from static.upstream import Upstream

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

BOMB = gzip.compress(b"a" * 500_000)

Answer = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Server:
    """Reads whole requests, keeps their bytes and lets `answer` write."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.requests: list[bytes] = []
        self.connections = 0
        self.base_uri = ""

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = 0
                for line in head.split(b"\r\n"):
                    if line.lower().startswith(b"content-length:"):
                        size = int(line.split(b":")[1])
                body = await reader.readexactly(size)
                self.requests.append(head + body)
                await self.answer(head + body, writer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def running(answer: bytes | Answer) -> AsyncIterator[Server]:
    async def write(request: bytes, writer: asyncio.StreamWriter) -> None:
        assert isinstance(answer, bytes)
        writer.write(answer)

    server = Server(write if isinstance(answer, bytes) else answer)
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.base_uri = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listener.close()


def transport(base_uri: str, **changes: float) -> Transport:
    values = {
        "connect_timeout": 5.0,
        "read_timeout": 5.0,
        "total_timeout": 0.0,
        "max_response": 1000,
    }
    values.update(changes)
    return Transport(
        base_uri,
        values["connect_timeout"],
        values["read_timeout"],
        values["total_timeout"],
        pool_limit=100,
        max_response=int(values["max_response"]),
        user_agent="test/1",
    )


def call(
    answer: bytes | Answer,
    use: Callable[[Upstream], Awaitable[Reply]],
    find_failure: Callable[[bytes], Failure | None] | None = None,
    **changes: float,
) -> tuple[Reply | CallError, Server]:
    async def run() -> tuple[Reply | CallError, Server]:
        async with running(answer) as server:
            upstream = Upstream(
                transport(server.base_uri, **changes), find_failure=find_failure
            )
            try:
                return await use(upstream), server
            except CallError as error:
                return error, server
            finally:
                await upstream.close()

    return asyncio.run(run())


def get(upstream: Upstream) -> Awaitable[Reply]:
    return upstream.send("GET", "/things")


def failed(answer: bytes | Answer, **changes: float) -> tuple[CallError, Server]:
    result, server = call(answer, get, None, **changes)
    assert isinstance(result, CallError), result
    assert "127.0.0.1" in result.message
    return result, server


def test_target_headers_and_body_reach_the_wire_as_they_are() -> None:
    async def run() -> list[bytes]:
        async with running(OK) as server:
            upstream = Upstream(
                transport(server.base_uri + "/base/"),
                headers={"Authorization": "Bearer token"},
                query=[("apikey", "a b")],
            )
            await upstream.send(
                "POST",
                "/th%2Cing%7E/%C3%A9",
                query=[("q", "a,b&c=é~*+ "), ("q", "2")],
                headers={"X-One": "1"},
                body={"name": "é", "list": [1, None]},
            )
            await upstream.send_public("GET", "/open", query=[("q", "2")])
            await upstream.close()
            return server.requests

    private, public = asyncio.run(run())
    head, _, body = private.partition(b"\r\n\r\n")
    assert head.startswith(
        b"POST /base/th%2Cing%7E/%C3%A9?apikey=a%20b"
        b"&q=a%2Cb%26c%3D%C3%A9~%2A%2B%20&q=2 HTTP/1.1\r\n"
    )
    lines = head.split(b"\r\n")
    assert b"Authorization: Bearer token" in lines
    assert b"X-One: 1" in lines
    assert b"User-Agent: test/1" in lines
    assert b"Content-Type: application/json" in lines
    assert body == '{"name":"é","list":[1,null]}'.encode()
    assert public.startswith(b"GET /base/open?q=2 HTTP/1.1\r\n")
    assert b"Authorization" not in public
    assert b"Content-Type" not in public


def test_an_answer_comes_back_unchanged_on_one_connection() -> None:
    body = b'{"a": 1, "b": "\xc3\xa9"}'
    answer = (
        b"HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=UTF-8\r\n"
        b"Set-Cookie: session=1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    )

    async def twice(upstream: Upstream) -> Reply:
        await get(upstream)
        return await get(upstream)

    reply, server = call(answer, twice)
    assert isinstance(reply, Reply)
    assert reply[:3] == (201, body, "application/json; charset=UTF-8")
    assert server.connections == 1
    assert b"cookie" not in server.requests[1].lower()


def test_an_error_status_is_passed_on_with_its_waiting_time() -> None:
    later = datetime.now(UTC) + timedelta(seconds=3600)
    for value, expected in (
        (b"7", 7),
        (format_datetime(later, usegmt=True).encode(), 3600),
        (b"soon", None),
        (b"Mon, 01 Jan 99999999999 00:00:00 GMT", None),
    ):
        reply, _ = call(
            b"HTTP/1.1 503 Busy\r\nRetry-After: %b\r\nContent-Length: 4\r\n\r\nbusy"
            % value,
            get,
            find_failure=lambda body: Failure(500, "never asked", ()),
        )
        assert isinstance(reply, Reply)
        assert (reply.status, reply.body, reply.failure) == (503, b"busy", None)
        if expected is None:
            assert reply.retry_after is None
        else:
            assert reply.retry_after == pytest.approx(expected, abs=30)


def test_a_failure_in_the_body_keeps_the_body() -> None:
    body = b'{"error":["EService: Throttled: 9999999999"]}'
    rule = ErrorRule("EService: Throttled:", 429, "throttle", "unix-time")

    def find(answer: bytes) -> Failure | None:
        return classify(messages_at(answer, "error"), [rule], rule, ())

    reply, _ = call(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body),
        get,
        find_failure=find,
    )
    assert isinstance(reply, Reply)
    assert (reply.http_status, reply.body) == (429, body)
    assert reply.failure is not None
    assert reply.retry_after == reply.failure.retry_after
    assert reply.content_type == "application/octet-stream"


def test_no_server() -> None:
    async def run() -> CallError:
        async with running(OK) as server:
            base_uri = server.base_uri
        upstream = Upstream(transport(base_uri), query=[("apikey", "hidden")])
        with pytest.raises(CallError) as caught:
            await upstream.send("GET", "/things")
        await upstream.close()
        return caught.value

    error = asyncio.run(run())
    assert (error.status, error.code) == (502, "upstream_unreachable")
    assert "hidden" not in str(error)
    assert error.__cause__ is None
    assert error.__suppress_context__


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_connection_that_breaks_is_not_tried_again(method: str) -> None:
    seen = 0

    async def close_second(request: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal seen
        seen += 1
        if seen == 1:
            writer.write(OK)
        else:
            writer.close()

    async def twice(upstream: Upstream) -> Reply:
        await upstream.send(method, "/things")
        return await upstream.send(method, "/things")

    result, server = call(close_second, twice)
    assert isinstance(result, CallError)
    assert (result.status, result.code) == (502, "upstream_unreachable")
    assert len(server.requests) == 2


@pytest.mark.parametrize("changes", [{"read_timeout": 0.05}, {"total_timeout": 0.05}])
@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"]
)
def test_a_late_answer_is_a_timeout_and_not_tried_again(
    changes: dict[str, float], begun: bytes
) -> None:
    async def stall(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(begun)

    error, server = failed(stall, **changes)
    assert (error.status, error.code) == (504, "upstream_timeout")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"SSH-2.0-OpenSSH\r\n\r\n", "valid HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "valid HTTP"),
        (b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", "redirect"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "redirect"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "more than 1000 bytes"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + (b"190\r\n" + b"a" * 400 + b"\r\n") * 3,
            "more than 1000 bytes",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
            % (len(BOMB), BOMB),
            "more than 1000 bytes",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
            b"Content-Length: 4\r\n\r\nnone",
            "broke off",
        ),
    ],
)
def test_an_answer_that_cannot_be_used(answer: bytes, said: str) -> None:
    error, server = failed(answer)
    assert (error.status, error.code) == (502, "upstream_invalid")
    assert said in error.message
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "begun",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    ],
)
def test_an_answer_that_breaks_off(begun: bytes) -> None:
    async def break_off(request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(begun)
        writer.close()

    error, _ = failed(break_off)
    assert (error.status, error.code) == (502, "upstream_invalid")
    assert "broke off" in error.message


def test_a_compressed_answer_of_unknown_size_is_read() -> None:
    packed = gzip.compress(b'{"a":1}')
    reply, _ = call(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip"
        b"\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
        % (len(packed), packed),
        get,
    )
    assert isinstance(reply, Reply)
    assert reply[:3] == (200, b'{"a":1}', "application/json")


def test_a_head_request_has_a_size_and_no_body() -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5000\r\n\r\n"
    reply, _ = call(answer, lambda upstream: upstream.send("HEAD", "/things"))
    assert isinstance(reply, Reply)
    assert reply[:3] == (200, b"", "a/b")


def test_what_cannot_be_sent_is_the_callers_fault() -> None:
    for use in (
        lambda upstream: upstream.send("POST", "/", body={"a": float("nan")}),
        lambda upstream: upstream.send("POST", "/", body={"a": "\ud800"}),
        lambda upstream: upstream.send("GET", "/", headers={"X": "a\r\nHost: b"}),
    ):
        result, server = call(OK, use)
        assert isinstance(result, CallError)
        assert (result.status, result.code) == (400, "invalid_input")
        assert server.requests == []


def test_a_closed_upstream_makes_no_calls() -> None:
    async def use(upstream: Upstream) -> Reply:
        await get(upstream)
        await upstream.close()
        return await get(upstream)

    result, server = call(OK, use)
    assert isinstance(result, CallError)
    assert (result.status, result.code) == (503, "shutting_down")
    assert len(server.requests) == 1


def test_a_cancelled_call_lets_go_of_its_connection() -> None:
    async def run() -> None:
        arrived = asyncio.Event()
        gone = asyncio.Event()

        async def serve(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await reader.readuntil(b"\r\n\r\n")
            arrived.set()
            assert await reader.read() == b""
            gone.set()
            writer.close()

        listener = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        upstream = Upstream(transport(f"http://127.0.0.1:{port}"))
        task = asyncio.create_task(upstream.send("GET", "/things"))
        await asyncio.wait_for(arrived.wait(), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(gone.wait(), 5)
        await upstream.close()
        listener.close()

    asyncio.run(run())
