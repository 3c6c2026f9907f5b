"""The sandbox server: routes, credentials, faults, pauses and its control."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aiohttp
import pytest
from yarl import URL

from static.reply import JsonValue
from static.sandbox import (
    MAX_RECORDS,
    PlainVerifier,
    Sandbox,
    SandboxOptions,
    throwaway_token,
)
from static.sandbox_behaviour import Behaviour

T = TypeVar("T")
SAMPLES: dict[tuple[str, str], JsonValue] = {
    ("GET", "/pets"): [{"id": 1}],
    ("GET", "/pets/{id}"): {"id": 1},
    ("GET", "/pets/mine"): {"id": "mine"},
    ("POST", "/pets"): {"id": 2},
    ("GET", "/pets/{id}/to:{place}"): None,
}
Use = Callable[[Sandbox, aiohttp.ClientSession], Awaitable[T]]


def play(use: Use[T], sandbox: Sandbox | None = None) -> T:
    """Start a sandbox and a client, use them, and stop both."""

    async def main() -> T:
        async with contextlib.AsyncExitStack() as stack:
            running = await stack.enter_async_context(sandbox or Sandbox(SAMPLES))
            client = aiohttp.ClientSession(running.base_url)
            return await use(running, await stack.enter_async_context(client))

    return asyncio.run(main())


async def get(
    client: aiohttp.ClientSession, path: str, **headers: str
) -> tuple[int, JsonValue]:
    async with client.get(path, headers=headers) as answer:
        return answer.status, json.loads(await answer.read())


async def post(client: aiohttp.ClientSession, path: str) -> bytes:
    async with client.post(path) as answer:
        return await answer.read()


async def control(
    client: aiohttp.ClientSession, document: JsonValue
) -> tuple[int, JsonValue]:
    async with client.post("/_sandbox", json=document) as answer:
        return answer.status, json.loads(await answer.read())


def test_answers_the_sample_of_each_operation_and_counts() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        assert await get(client, "/pets?limit=3") == (200, [{"id": 1}])
        assert await get(client, "/pets/7") == (200, {"id": 1})
        assert await get(client, "/pets/mine") == (200, {"id": "mine"})
        async with client.post("/pets", json={"name": "Ø"}) as answer:
            assert answer.content_type == "application/json"
            assert await answer.read() == b'{"id":2}'
        assert sandbox.accepted == 4
        assert sandbox.rejected == 0
        assert sandbox.by_operation == {
            "GET /pets": 1,
            "GET /pets/{id}": 1,
            "GET /pets/mine": 1,
            "POST /pets": 1,
        }
        assert sandbox.records[0].target == "/pets?limit=3"
        assert sandbox.records[1].operation == "/pets/{id}"
        assert json.loads(sandbox.records[3].body) == {"name": "Ø"}
        assert sandbox.expected("GET", "/pets/{id}") == {"id": 1}

    play(use)


@pytest.mark.parametrize(
    "path", ["/pets/1/to:x", "/pets/a%2Fb/to%3Ax", "/pets/{id}/to:%20"]
)
def test_placeholders_and_escapes_in_a_path_are_understood(path: str) -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        url = URL(sandbox.base_url + path, encoded=True)
        async with client.get(url) as answer:
            assert (answer.status, await answer.read()) == (200, b"null")
        assert sandbox.records[0].target == path
        assert sandbox.by_operation == {"GET /pets/{id}/to:{place}": 1}

    play(use)


def test_listens_on_loopback_and_names_itself_in_the_environment() -> None:
    sandbox = Sandbox(SAMPLES, base_uri_variables=("A_BASE_URI", "B_BASE_URI"))

    async def use(running: Sandbox, client: aiohttp.ClientSession) -> None:
        assert running.base_url.startswith("http://127.0.0.1:")
        assert running.environment == {
            "A_BASE_URI": running.base_url,
            "B_BASE_URI": running.base_url,
        }
        with pytest.raises(RuntimeError):
            await running.start()
        taken = SandboxOptions(port=int(running.base_url.rpartition(":")[2]))
        with pytest.raises(OSError, match="address"):
            await Sandbox(SAMPLES, None, taken).start()

    play(use, sandbox)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/"), ("DELETE", "/pets"), ("GET", "/pets/1/2"), ("GET", "/pets/")],
)
def test_what_has_no_sample_is_not_found(method: str, path: str) -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        async with client.request(method, path) as answer:
            assert answer.status == 404
            assert await answer.json() == {"error": "not found"}
        assert (sandbox.accepted, sandbox.rejected) == (0, 1)

    play(use)


@pytest.mark.parametrize(
    ("target", "headers", "expected"),
    [
        ("/pets?k=q", {"X-Key": "right"}, None),
        ("/pets?a=b&k=q", {"x-key": "right", "Accept": "*/*"}, None),
        ("/pets?k=q", {}, PlainVerifier.MISSING),
        ("/pets?k=q", {"X-Key": "wrong"}, PlainVerifier.WRONG),
        ("/pets", {"X-Key": "right"}, PlainVerifier.MISSING),
        ("/pets?k=", {"X-Key": "right"}, PlainVerifier.WRONG),
        ("/pets?k=q&k=q", {"X-Key": "right"}, PlainVerifier.WRONG),
    ],
)
def test_plain_credentials_must_be_there_and_equal(
    target: str, headers: Mapping[str, str], expected: str | None
) -> None:
    verifier = PlainVerifier({"X-Key": "right"}, {"k": "q"})
    assert verifier.verify("GET", target, headers, b"") == expected


def test_a_refused_request_gets_no_sample_and_its_credential_is_not_shown() -> None:
    token = throwaway_token()
    sandbox = Sandbox(
        SAMPLES,
        PlainVerifier(
            {"Authorization": f"Bearer {token}"}, environment={"TOKEN": token}
        ),
    )

    async def use(running: Sandbox, client: aiohttp.ClientSession) -> None:
        wrong = "Bearer stolen-credential"
        status, refusal = await get(client, "/pets", Authorization=wrong)
        assert (status, refusal) == (401, {"error": PlainVerifier.WRONG})
        right = f"Bearer {running.environment['TOKEN']}"
        target = "/pets?key=query-credential"
        assert (await get(client, target, Authorization=right))[0] == 200
        assert (running.accepted, running.rejected) == (1, 1)
        shown = f"{await get(client, '/_sandbox')}{running.records}"
        for secret in (token, "stolen-credential", "query-credential"):
            assert secret not in shown

    play(use, sandbox)


class ListingVerifier(PlainVerifier):
    """Lists what it verifies and tells when a number of requests has been seen."""

    def __init__(self, wanted: int) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.wanted = wanted
        self.complete = asyncio.Event()

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        self.targets.append(target)
        if len(self.targets) == self.wanted:
            self.complete.set()
        return None


def test_requests_are_verified_before_they_are_delayed() -> None:
    async def main() -> None:
        verifier = ListingVerifier(wanted=3)
        options = SandboxOptions(delay=300, jitter=300)
        sandbox = Sandbox(SAMPLES, verifier, options)
        await sandbox.start()
        async with aiohttp.ClientSession(sandbox.base_url) as client:
            calls = [asyncio.create_task(get(client, f"/pets/{n}")) for n in range(3)]
            await verifier.complete.wait()
            assert sandbox.accepted == 3
            assert sandbox.max_in_flight == 3
            assert not any(call.done() for call in calls)
            assert [record.target for record in sandbox.records] == verifier.targets
            # Stopping ends every pause, so no test has to wait for one.
            await sandbox.stop()
            assert await asyncio.gather(*calls) == [(200, {"id": 1})] * 3

    asyncio.run(main())


def test_pauses_follow_delay_jitter_and_seed() -> None:
    def pauses(seed: int) -> list[float]:
        behaviour = Behaviour(SandboxOptions(delay=2, jitter=3, seed=seed))
        return [behaviour.draw()[0] for _ in range(50)]

    first = pauses(7)
    assert all(2 <= pause <= 5 for pause in first)
    assert len(set(first)) == 50
    assert pauses(7) == first
    assert pauses(8) != first


def test_a_queued_error_is_played_once_by_the_next_accepted_request() -> None:
    sandbox = Sandbox(
        SAMPLES, PlainVerifier({"X-Key": "k"}), SandboxOptions(errors=("first",))
    )

    async def use(running: Sandbox, client: aiohttp.ClientSession) -> None:
        running.inject(["second", {"error": "third"}])
        key = {"X-Key": "k"}
        seen = [await get(client, "/pets")]  # refused, so it takes no fault
        seen += [await get(client, "/pets", **key) for _ in range(4)]
        assert seen == [
            (401, {"error": PlainVerifier.MISSING}),
            (500, {"error": "first"}),
            (500, {"error": "second"}),
            (500, {"error": "third"}),
            (200, [{"id": 1}]),
        ]
        assert running.accepted == 4

    play(use, sandbox)


def test_an_error_rate_plays_the_pool_and_a_seed_repeats_it() -> None:
    options = SandboxOptions(errors=("a", "b"), error_rate=0.5, seed=3)

    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> list[JsonValue]:
        return [(await get(client, "/pets"))[1] for _ in range(40)]

    first = play(use, Sandbox(SAMPLES, None, options))
    kinds = {json.dumps(document) for document in first}
    assert kinds == {'{"error": "a"}', '{"error": "b"}', '[{"id": 1}]'}
    assert play(use, Sandbox(SAMPLES, None, options)) == first


def test_a_status_fault_is_sent_as_it_was_given() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        headers: dict[str, JsonValue] = {"Retry-After": "7", "Location": "/else"}
        sandbox.inject([{"status": 503, "body": "gone", "headers": headers}])
        async with client.get("/pets") as answer:
            assert answer.status == 503
            assert await answer.text() == "gone"
            assert answer.headers["Retry-After"] == "7"
            assert answer.headers["Location"] == "/else"
            assert answer.content_type == "text/plain"
        assert (await get(client, "/pets"))[0] == 200

    play(use)


def test_a_garbage_answer_is_not_json() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        sandbox.inject([{"garbage": True}])
        async with client.get("/pets") as answer:
            assert answer.content_type == "application/json"
            with pytest.raises(ValueError, match="Expecting"):
                json.loads(await answer.read())

    play(use)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("disconnect", aiohttp.ServerDisconnectedError),
        ("truncate", aiohttp.ClientPayloadError),
    ],
)
def test_a_connection_fault_breaks_the_answer(
    fault: str, error: type[Exception], caplog: pytest.LogCaptureFixture
) -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        sandbox.inject([{fault: True}])
        # A POST, because the client silently repeats a GET that is cut off.
        with pytest.raises((error, ConnectionResetError)):
            await post(client, "/pets")
        assert sandbox.by_operation == {"POST /pets": 1}
        assert await get(client, "/pets") == (200, [{"id": 1}])

    play(use)
    assert not caplog.records


def test_a_hanging_answer_never_comes_and_does_not_keep_the_sandbox_up() -> None:
    async def main() -> None:
        verifier = ListingVerifier(wanted=1)
        sandbox = Sandbox(SAMPLES, verifier)
        await sandbox.start()
        sandbox.inject([{"hang": True}])
        async with aiohttp.ClientSession(sandbox.base_url) as client:
            call = asyncio.create_task(post(client, "/pets"))
            await verifier.complete.wait()
            assert await get(client, "/pets") == (200, [{"id": 1}])
            assert not call.done()
            await sandbox.stop()
            with pytest.raises((aiohttp.ClientError, ConnectionResetError)):
                await call

    asyncio.run(main())


def test_the_control_changes_behaviour_and_shows_the_counters() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        errors: list[JsonValue] = ["down", {"status": 502}]
        status, state = await control(client, {"errors": errors})
        assert status == 200
        assert isinstance(state, dict)
        assert state["queued"] == 2
        assert (await get(client, "/pets"))[0] == 500
        assert (await control(client, {"error_rate": 1, "errors": ["x"]}))[0] == 200
        async with client.get("/pets") as answer:
            assert answer.status == 502
        assert await get(client, "/pets") == (500, {"error": "x"})
        await control(client, {"error_rate": 0, "jitter": 0.001})
        assert (await get(client, "/pets/5"))[0] == 200
        assert await get(client, "/_sandbox") == (
            200,
            {
                "accepted": 4,
                "rejected": 0,
                "by_operation": {"GET /pets": 3, "GET /pets/{id}": 1},
                "max_in_flight": 1,
                "last": {"method": "GET", "operation": "/pets/{id}", "error": None},
                "delay": 0.0,
                "jitter": 0.001,
                "error_rate": 0.0,
                "queued": 0,
            },
        )
        status, state = await control(client, {"reset": True, "errors": ["again"]})
        assert isinstance(state, dict)
        assert (state["accepted"], state["last"], state["queued"]) == (0, None, 1)
        assert state["jitter"] == 0.0
        async with client.put("/_sandbox") as answer:
            assert answer.status == 405

    play(use)


def test_a_bad_control_document_is_refused_whole() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        before = sandbox.state()
        refused = await control(client, {"delay": 5, "errors": ["x", {"hang": 1}]})
        assert refused == (400, {"error": "errors[1]: hang must be true"})
        refused = await control(client, {"delay": 5, "error_rate": 0.5})
        expected = {"error": "error_rate needs errors to choose from"}
        assert refused == (400, expected)
        for _ in range(2):
            sandbox.inject(["x"] * 500)
        status, _ = await control(client, {"delay": 5, "errors": ["x"]})
        assert status == 400
        assert sandbox.state() == {**before, "queued": 1000}

    play(use)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 200_000])
def test_a_control_body_that_is_not_json_is_refused(body: bytes) -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        async with client.post("/_sandbox", data=body) as answer:
            assert answer.status == 400
            assert (await answer.json())["error"]

    play(use)


def test_records_and_recorded_bodies_are_bounded() -> None:
    async def use(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
        async with client.post("/pets", data=b"x" * 100_000) as answer:
            assert answer.status == 200
        assert len(sandbox.records[0].body) == 65536
        assert sandbox.records.maxlen == MAX_RECORDS

    play(use)
