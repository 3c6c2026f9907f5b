"""Guards of adapters: which requests they let in, and what they tell the others."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from static.access import Guard, needed, protect, quoted
from static.access_digest import DigestGuard, parse
from static.access_static import BasicGuard, BearerGuard, KeyGuard
from static.environment import Secret, SettingsError
from static.origins import keep_apart
from static.reply import Reply
from static.rest_support import Route, build_app, json_body

JSON = "application/json"
USER, PASSWORD = Secret("desk"), Secret('p:a"s\\s')


async def ships(request: web.Request, calls: list[str]) -> Reply:
    if request.method == "POST":
        await json_body(request)
    calls.append(request.method)
    return Reply(200, b"{}", JSON)


def application(calls: list[str], *paths: str) -> web.Application:
    routes = [
        Route(method, path, f"{method} {path}", ships)
        for path in ("/ships", "/{name}", *paths)
        for method in ("GET", "POST")
    ]
    return build_app(
        routes,
        calls,
        contract=b"{}",
        body_limit=1000,
        access_log=False,
        obstacle=lambda: None,
    )


def with_client(
    app: web.Application, test: Callable[[TestClient[Any, Any]], Awaitable[None]]
) -> None:
    async def run() -> None:
        async with TestClient(TestServer(app)) as client:
            await test(client)

    asyncio.run(run())


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


KEY_HEADER = KeyGuard("header", "X-Key", Secret("k1"))
KEY_QUERY = KeyGuard("query", "api key", Secret("k1"))
BEARER = BearerGuard(Secret("t0k3n"))
BASIC = BasicGuard(USER, PASSWORD)
GOOD: list[tuple[Guard, str, Mapping[str, str]]] = [
    (KEY_HEADER, "/ships", {"x-key": "k1"}),
    (KEY_QUERY, "/ships?a=1&api%20key=k1", {}),
    (BEARER, "/ships", {"Authorization": "Bearer t0k3n"}),
    (BEARER, "/ships", {"Authorization": "bearer  t0k3n"}),
    (BASIC, "/ships", {"Authorization": basic('desk:p:a"s\\s')}),
]
BAD: list[tuple[Guard, str, Mapping[str, str]]] = [
    (KEY_HEADER, "/ships", {}),
    (KEY_HEADER, "/ships", {"X-Key": "k2"}),
    (KEY_HEADER, "/ships", {"X-Key": ""}),
    (KEY_HEADER, "/ships?X-Key=k1", {}),
    (KEY_QUERY, "/ships?api%20key=k1&api%20key=k1", {}),
    (KEY_QUERY, "/ships?api%20key=", {"api-key": "k1"}),
    (BEARER, "/ships", {"Authorization": "Bearer"}),
    (BEARER, "/ships", {"Authorization": "Bearer t0k3n x"}),
    (BEARER, "/ships", {"Authorization": "Basic t0k3n"}),
    (BEARER, "/ships", {"Authorization": "t0k3n"}),
    (BEARER, "/ships", {"Authorization": "Bearer \udcff\udcfe"}),
    (BASIC, "/ships", {"Authorization": basic("desk:wrong")}),
    (BASIC, "/ships", {"Authorization": basic('clerk:p:a"s\\s')}),
    (BASIC, "/ships", {"Authorization": basic("desk")}),
    (BASIC, "/ships", {"Authorization": "Basic not base64"}),
    (BASIC, "/ships", {"Authorization": "Basic gA=="}),
]


@pytest.mark.parametrize(("guard", "target", "headers"), GOOD)
def test_good_credentials_are_let_in(
    guard: Guard, target: str, headers: Mapping[str, str]
) -> None:
    calls: list[str] = []

    async def test(client: TestClient[Any, Any]) -> None:
        assert (await client.get(target, headers=headers)).status == 200

    with_client(protect(application(calls), guard), test)
    assert calls == ["GET"]


@pytest.mark.parametrize(("guard", "target", "headers"), BAD)
def test_other_credentials_are_refused(
    guard: Guard, target: str, headers: Mapping[str, str]
) -> None:
    calls: list[str] = []

    async def test(client: TestClient[Any, Any]) -> None:
        answer = await client.get(target, headers=headers)
        assert answer.status == 401
        assert (await answer.json())["error"]["code"] == "unauthorized"
        (challenge,) = answer.headers.getall("WWW-Authenticate")
        assert 'realm="naftiko"' in challenge

    with_client(protect(application(calls), guard), test)
    assert calls == []


def test_credentials_are_given_once() -> None:
    async def test(client: TestClient[Any, Any]) -> None:
        headers = [("Authorization", "Bearer t0k3n")] * 2
        assert (await client.get("/ships", headers=headers)).status == 401

    with_client(protect(application([]), BEARER), test)


def test_only_the_health_routes_of_ours_are_open() -> None:
    async def test(client: TestClient[Any, Any]) -> None:
        for path in ("/health/live", "/health/ready"):
            assert (await client.get(path)).status == 200
        closed = ("/openapi.json", "/none/such", "/health", "/health/live/", "/x")
        for path in (*closed, "/health%2Flive", "//health/live", "/health/./live/."):
            url = client.make_url("/").with_path(path, encoded=True)
            assert (await client.session.get(url)).status == 401, path
        assert (await client.put("/ships")).status == 401

    with_client(protect(application([]), BEARER), test)


def test_a_route_of_the_capability_is_never_open() -> None:
    calls: list[str] = []

    async def test(client: TestClient[Any, Any]) -> None:
        assert (await client.get("/health/live")).status == 401
        assert (await client.get("/health/ready")).status == 200

    with_client(protect(application(calls, "/health/live"), BEARER), test)
    assert calls == []


def test_nobody_s_body_is_read_and_the_limit_holds_for_the_others() -> None:
    async def endless() -> Any:
        yield b"["
        await asyncio.Event().wait()

    async def test(client: TestClient[Any, Any]) -> None:
        async with asyncio.timeout(5):
            answer = await client.post("/ships", data=endless())
            assert answer.status == 401
        good = {"Authorization": "Bearer t0k3n", "Content-Type": JSON}
        answer = await client.post("/ships", data=b" " * 2000, headers=good)
        assert answer.status == 413

    with_client(protect(application([]), BEARER), test)


def test_all_missing_secrets_are_told() -> None:
    pairs = (("A", None), ("B", Secret("x")), ("C", Secret("")))
    with pytest.raises(SettingsError) as caught:
        needed(*pairs)
    assert caught.value.problems == ("A is not set", "C is not set")


# ---- Digest ----


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def digest(
    challenge: str, count: str = "00000001", method: str = "GET", **changes: str
) -> str:
    """The answer to a challenge, as RFC 7616 (section 3.4) has it."""
    import hashlib

    given = parse(challenge.partition(" ")[2]) or {}
    algorithm = changes.pop("hash", given["algorithm"])
    make = hashlib.md5 if algorithm == "MD5" else hashlib.sha256

    def h(text: str) -> str:
        return make(text.encode()).hexdigest()

    fields = {
        "username": USER.reveal(),
        "realm": given["realm"],
        "nonce": given["nonce"],
        "uri": "/ships",
        "qop": "auth",
        "nc": count,
        "cnonce": "c0ffee",
        "algorithm": given["algorithm"],
        **changes,
    }
    password = changes.pop("password", PASSWORD.reveal())
    fields.pop("password", None)
    secret = h(f"{fields['username']}:{fields['realm']}:{password}")
    proof = (fields[name] for name in ("nonce", "nc", "cnonce", "qop"))
    request = h(f"{method}:{fields['uri']}")
    fields["response"] = h(":".join((secret, *proof, request)))
    listed = ", ".join(
        (
            f"{name}={value}"
            if name in ("nc", "qop", "algorithm")
            else f"{name}={quoted(value)}"
        )
        for name, value in fields.items()
    )
    return f"Digest {listed}"


def with_digest(
    test: Callable[
        [Callable[..., Awaitable[Any]], Clock, DigestGuard], Awaitable[None]
    ],
) -> None:
    clock = Clock()
    guard = DigestGuard(USER, PASSWORD, clock=clock)

    async def run(client: TestClient[Any, Any]) -> None:
        async def get(authorization: str = "") -> Any:
            headers = {"Authorization": authorization} if authorization else {}
            return await client.get("/ships", headers=headers)

        await test(get, clock, guard)

    with_client(protect(application([]), guard), run)


def challenges(answer: Any) -> list[str]:
    found: list[str] = answer.headers.getall("WWW-Authenticate")
    return found


def test_digest_offers_two_hashes_and_takes_both() -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        first = await get()
        strong, weak = challenges(first)
        assert "algorithm=SHA-256" in strong and "algorithm=MD5" in weak
        assert (await get(digest(strong))).status == 200
        assert (await get(digest(weak, "00000002"))).status == 200

    with_digest(test)


def test_a_count_is_good_once_but_counts_may_overtake() -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        strong = challenges(await get())[0]
        for count in ("00000003", "00000001", "00000002", "000007ff"):
            assert (await get(digest(strong, count))).status == 200, count
        for count in ("00000003", "00000002", "000007ff", "00000000"):
            refused = await get(digest(strong, count))
            assert refused.status == 401
            assert all("stale=true" in text for text in challenges(refused))
        # Too far behind to know whether it was used.
        assert (await get(digest(strong, "00000004"))).status == 401

    with_digest(test)


def test_a_nonce_ends_and_the_next_one_comes_with_the_refusal() -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        strong = challenges(await get())[0]
        clock.now += 301
        refused = await get(digest(strong))
        again = challenges(refused)[0]
        assert "stale=true" in again
        assert (await get(digest(again))).status == 200

    with_digest(test)


def test_a_foreign_nonce_is_stale_for_who_knows_the_password_only() -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        other = DigestGuard(USER, PASSWORD, clock=clock)
        foreign = other._denied("")
        stale = await get(digest(foreign.challenges[0]))
        assert "stale=true" in challenges(stale)[0]
        wrong = await get(digest(foreign.challenges[0], password="guess"))
        assert "stale" not in challenges(wrong)[0]

    with_digest(test)


@pytest.mark.parametrize(
    "changes",
    [
        {"password": "guess"},
        {"username": "clerk"},
        {"realm": "elsewhere"},
        {"qop": "auth-int"},
        {"nc": "1"},
        {"cnonce": ""},
        {"algorithm": "SHA-512-256", "hash": "SHA-256"},
        {"algorithm": "SHA-256-sess", "hash": "SHA-256"},
        {"method": "POST"},
    ],
)
def test_a_digest_that_is_not_right_is_refused(changes: dict[str, str]) -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        strong = challenges(await get())[0]
        refused = await get(digest(strong, **changes))
        assert refused.status == 401
        assert "stale" not in challenges(refused)[0]

    with_digest(test)


def test_a_digest_of_another_path_is_a_bad_request() -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        strong = challenges(await get())[0]
        assert (await get(digest(strong, uri="/others"))).status == 400

    with_digest(test)


@pytest.mark.parametrize(
    "text",
    ["Digest", "Digest a", 'Digest a="b', "Digest a=b, a=c", "Digest ,,", "Digest =x"],
)
def test_a_malformed_digest_is_refused(text: str) -> None:
    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        assert (await get(text)).status == 401

    with_digest(test)


def test_what_is_kept_of_nonces_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("static.access_digest.MAX_NONCES", 2)

    async def test(get: Any, clock: Clock, guard: DigestGuard) -> None:
        used = []
        for _ in range(4):
            clock.now += 1
            used.append(challenges(await get())[0])
            assert (await get(digest(used[-1]))).status == 200
        assert len(guard._used) == 2
        # What was forgotten cannot be used again, nor what is older.
        assert (await get(digest(used[0]))).status == 401
        assert (await get(digest(used[1]))).status == 401
        assert (await get(digest(used[3], "00000002"))).status == 200
        clock.now += 301
        assert (await get(digest(challenges(await get())[0]))).status == 200
        assert len(guard._used) == 1

    with_digest(test)


def test_aiohttp_s_own_digest_is_let_in() -> None:
    guard = DigestGuard(USER, Secret("plain"))

    async def test(client: TestClient[Any, Any]) -> None:
        known = aiohttp.DigestAuthMiddleware("desk", "plain")
        for _ in range(3):
            answer = await client.get("/ships?a=%20b", middlewares=(known,))
            assert answer.status == 200
        wrong = aiohttp.DigestAuthMiddleware("desk", "wrong")
        assert (await client.get("/ships", middlewares=(wrong,))).status == 401

    with_client(protect(application([]), guard), test)


# ---- Hosts and origins ----


@pytest.mark.parametrize(
    ("hosts", "headers", "status"),
    [
        (("here:80",), {"Host": "here:80"}, 200),
        (("here:80",), {"Host": "here"}, 421),
        (("here:80",), {"Host": "evil.example"}, 421),
        (("here:80",), {"Host": "evil.example", "Origin": "http://evil.example"}, 421),
        (("here:80",), {"Host": "here:80", "Origin": "http://evil.example"}, 403),
        (("here:80",), {"Host": "here:80", "Origin": "null"}, 403),
        (("here:80",), {"Host": "here:80", "Origin": "https://here:80"}, 200),
        (("here:80",), {"Host": "here:80", "Origin": "https://page.example"}, 200),
        (("here:*",), {"Host": "here:1234"}, 200),
        (("here:*",), {"Host": "here:x"}, 421),
        (("*",), {"Host": "any.example"}, 200),
        (None, {"Host": "any.example"}, 200),
        (None, {"Host": "any.example", "Origin": "https://any.example"}, 200),
        (None, {"Host": "any.example", "Origin": "https://evil.example"}, 403),
    ],
)
def test_foreign_pages_are_kept_away(
    hosts: tuple[str, ...] | None, headers: Mapping[str, str], status: int
) -> None:
    calls: list[str] = []

    async def test(client: TestClient[Any, Any]) -> None:
        answer = await client.post("/ships", headers=headers, json={})
        assert answer.status == status
        if status != 200:
            assert json.loads(await answer.read())["error"]["message"]
        live = await client.get("/health/live", headers={"Host": "10.0.0.7"})
        assert live.status == 200

    app = keep_apart(application(calls), hosts, ("https://page.example",))
    with_client(app, test)
    assert bool(calls) is (status == 200)
