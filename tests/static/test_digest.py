"""The digest client against the RFC's examples, httpx and requests, and a server of its own."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import httpx2
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from requests.auth import HTTPDigestAuth
from requests.utils import parse_dict_header

from looped import looped
from static.digest import Challenge, choose
from static.digest_upstream import DigestUpstream
from static.environment import Secret
from static.reply import Reply
from static.transport import Transport

URL = "http://www.example.org/dir/index.html"
RFC = 'realm="http-auth@example.org", qop="auth, auth-int", nonce="{}", opaque="{}"'
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def fields(header: str) -> dict[str, str]:
    scheme, _, rest = header.partition(" ")
    assert scheme == "Digest"
    return {name: value or "" for name, value in parse_dict_header(rest).items()}


def answer(
    challenge: Challenge, user: str, password: str, target: str, body: bytes = b""
) -> dict[str, str]:
    value = challenge.authorize(Secret(user), Secret(password), "GET", target, body)
    return fields(value)


def chosen(*headers: str) -> Challenge:
    found = choose(headers)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        (
            "SHA-256",
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        ),
    ],
)
def test_the_example_of_the_rfc(algorithm: str, response: str) -> None:
    text = RFC.format(NONCE, OPAQUE)
    challenge = chosen(f"Digest {text}, algorithm={algorithm}")
    challenge.cnonce = CNONCE
    sent = answer(challenge, "Mufasa", "Circle of Life", "/dir/index.html")
    assert sent == {
        "username": "Mufasa",
        "realm": "http-auth@example.org",
        "uri": "/dir/index.html",
        "algorithm": algorithm,
        "nonce": NONCE,
        "nc": "00000001",
        "cnonce": CNONCE,
        "qop": "auth",
        "response": response,
        "opaque": OPAQUE,
    }


def test_the_user_is_hashed_when_the_server_asks() -> None:
    # The user of RFC 7616, section 3.9.2; the value there is of another function, as an
    # erratum says.
    if "sha512_256" not in hashlib.algorithms_available:  # pragma: no cover
        pytest.skip("this build of OpenSSL has no SHA-512/256")
    challenge = chosen(
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, '
        'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", '
        'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true'
    )
    user = "J\u00e4s\u00f8n Doe"
    sent = answer(challenge, user, "Secret, or not?", "/doe.json")
    assert sent["username"] == (
        "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"
    )
    assert sent["userhash"] == "true"


def test_a_user_beyond_ascii_is_encoded() -> None:
    challenge = chosen('Digest realm="r", nonce="n", qop="auth"')
    sent = challenge.authorize(Secret("J\u00e4"), Secret("p"), "GET", "/", b"")
    assert "username*=UTF-8''J%C3%A4" in sent


def test_a_realm_that_is_no_utf_8_cannot_be_answered() -> None:
    # As aiohttp reads the Latin-1 of old devices; it cannot be written again.
    assert choose(['Digest realm="caf\udce9", nonce="n", qop="auth"']) is None
    assert chosen('Digest realm="caf\u00e9", nonce="n"').realm == "caf\u00e9"


word = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1)
plain = word.filter(lambda text: not set(text) & set('"\\,'))
algorithms = st.sampled_from(["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", None])


@given(plain, word, plain, plain, algorithms, st.booleans(), st.integers(1, 300))
def test_httpx_computes_the_same(
    user: str,
    password: str,
    realm: str,
    nonce: str,
    algorithm: str | None,
    quality: bool,
    count: int,
) -> None:
    words = f'Digest realm="{realm}", nonce="{nonce}"'
    words += f", algorithm={algorithm}" if algorithm else ""
    words += ', qop="auth-int,auth"' if quality else ""
    challenge = chosen(words)
    challenge.count = count - 1
    sent = answer(challenge, user, password, "/dir/index.html")
    if algorithm is not None and "sess" in algorithm and not quality:
        return  # httpx keeps the client's nonce to itself there, and nobody could check it.
    auth = httpx2.DigestAuth(user, password)
    auth._nonce_count = count
    request = httpx2.Request("GET", URL)
    response = httpx2.Response(
        401, headers={"www-authenticate": words}, request=request
    )
    with mock.patch.object(
        httpx2.DigestAuth, "_get_client_nonce", return_value=challenge.cnonce.encode()
    ):
        asked = auth._parse_challenge(request, response, words)
        theirs = fields(auth._build_auth_header(request, asked))
    assert sent["response"] == theirs["response"]
    assert sent.get("nc") == theirs.get("nc") == (f"{count:08x}" if quality else None)


@given(plain, plain, plain, plain, st.sampled_from(["MD5", "SHA-256"]))
def test_requests_computes_the_same(
    user: str, password: str, realm: str, nonce: str, algorithm: str
) -> None:
    auth = HTTPDigestAuth(user, password)
    auth.init_per_thread_state()
    words = f'realm="{realm}", nonce="{nonce}", qop="auth", algorithm={algorithm}'
    auth._thread_local.chal = parse_dict_header(words)
    header = auth.build_digest_header("GET", URL)
    assert header is not None
    theirs = fields(header)
    challenge = chosen(f"Digest {words}")
    challenge.cnonce = theirs["cnonce"]
    ours = answer(challenge, user, password, "/dir/index.html")
    assert ours["response"] == theirs["response"]


def test_the_body_is_part_of_the_digest_only_when_nothing_else_is_offered() -> None:
    challenge = chosen('Digest realm="r", nonce="n", qop="auth-int", algorithm=MD5')
    sent = answer(challenge, "u", "p", "/x", b"body")

    def digest(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    body = hashlib.md5(b"body").hexdigest()
    middle = f"n:00000001:{sent['cnonce']}:auth-int"
    assert sent["qop"] == "auth-int"
    assert sent["response"] == digest(
        f"{digest('u:r:p')}:{middle}:{digest(f'GET:/x:{body}')}"
    )


@pytest.mark.parametrize(
    ("headers", "algorithm", "nonce"),
    [
        (['Basic realm="b", Digest realm="r", nonce="1"'], None, "1"),
        (['Negotiate abc==, Digest nonce="1", realm="r, x"'], None, "1"),
        (
            [
                'Digest realm="r", nonce="1", algorithm=MD5',
                'Digest realm="r", nonce="2", algorithm="SHA-256"',
            ],
            "SHA-256",
            "2",
        ),
        (
            [
                'Digest realm="r", nonce="1", algorithm=NEW, '
                'Digest realm="r", nonce="2", algorithm=md5-SESS, qop=auth'
            ],
            "md5-SESS",
            "2",
        ),
    ],
)
def test_the_strongest_challenge_that_can_be_answered_is_chosen(
    headers: list[str], algorithm: str | None, nonce: str
) -> None:
    found = chosen(*headers)
    assert (found.algorithm, found.nonce) == (algorithm, nonce)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        'Basic realm="r", nonce="n"',
        'Digest realm="r"',
        'Digest nonce="n"',
        'Digest realm="r", nonce="n", algorithm=SHA-1',
        'Digest realm="r", nonce="n", qop="new"',
        'Digest realm="r", nonce="n',
    ],
)
def test_what_cannot_be_answered_is_left_alone(header: str) -> None:
    assert choose([header]) is None


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_no_header_is_too_odd(header: str) -> None:
    choose([header, f"Digest {header}"])


# On the wire


@dataclass
class Server:
    """Asks for digests and judges them with the code of httpx.

    `uses` is how often a nonce may be used; `tells` is whether an old one is called stale.
    """

    password: str = "p4ss"
    uses: int = 1000
    tells: bool = True
    asks: bool = True
    executed: list[tuple[str, bytes]] = field(default_factory=list)
    requests: int = 0
    nonces: dict[str, set[str]] = field(default_factory=dict)
    base_url: str = ""
    before: Callable[[web.BaseRequest], Awaitable[None]] | None = None

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        self.requests += 1
        header = request.headers.get("Authorization")
        if self.before is not None:
            await self.before(request)
        if header is None:
            return self._challenge(stale=False)
        sent = fields(header)
        known = self.nonces.get(sent["nonce"])
        if known is None or len(known) >= self.uses:
            return self._challenge(stale=self.tells)
        assert sent["nc"] not in known, "a count is never used twice"
        known.add(sent["nc"])
        if sent["response"] != self._expected(request, sent):
            return self._challenge(stale=False)
        assert sent["uri"] == request.raw_path
        self.executed.append((f"{request.method} {request.raw_path}", body))
        return web.json_response({"good": True})

    def _expected(self, request: web.BaseRequest, sent: dict[str, str]) -> str:
        auth: Any = httpx2.DigestAuth("user", self.password)
        auth._nonce_count = int(sent["nc"], 16)
        url = f"{self.base_url}{request.raw_path}"
        theirs = httpx2.Request(request.method, url)
        words = (
            f'Digest realm="r", nonce="{sent["nonce"]}", qop="auth", algorithm=SHA-256'
        )
        reply = httpx2.Response(401, request=theirs)
        with mock.patch.object(
            httpx2.DigestAuth, "_get_client_nonce", return_value=sent["cnonce"].encode()
        ):
            asked = auth._parse_challenge(theirs, reply, words)
            return fields(auth._build_auth_header(theirs, asked))["response"]

    def _challenge(self, *, stale: bool) -> web.Response:
        nonce = f"n{len(self.nonces)}"
        self.nonces[nonce] = set()
        words = f'Digest realm="r", nonce="{nonce}", qop="auth", algorithm=SHA-256'
        words += ", stale=TRUE" if stale else ""
        headers = {"WWW-Authenticate": words} if self.asks else {}
        return web.json_response({"error": "who?"}, status=401, headers=headers)


@asynccontextmanager
async def running(
    server: Server, password: str = "p4ss"
) -> AsyncIterator[DigestUpstream]:
    runner = web.ServerRunner(web.Server(server.handle, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    transport = Transport(server.base_url + "/api", 5, 5, 10, 100, 10_000, "test/1")
    upstream = DigestUpstream(transport, Secret("user"), Secret(password))
    try:
        yield upstream
    finally:
        await upstream.close()
        await runner.cleanup()


@looped
async def test_one_challenge_serves_many_calls() -> None:
    server = Server()
    async with running(server) as upstream:
        replies = [
            await upstream.send("GET", "/a%2Fb", query=[("q", 'x"y z')])
            for _ in range(3)
        ]
        replies.append(await upstream.send("POST", "/b", body={"a": 1}))
    assert [reply.status for reply in replies] == [200] * 4
    assert server.requests == 5
    assert server.executed[0] == ("GET /api/a%2Fb?q=x%22y%20z", b"")
    assert server.executed[-1] == ("POST /api/b", b'{"a":1}')
    assert server.nonces == {"n0": {f"{n:08x}" for n in range(1, 5)}}


@pytest.mark.parametrize("tells", [True, False])
@looped
async def test_an_old_nonce_is_replaced(tells: bool) -> None:
    server = Server(uses=2, tells=tells)
    async with running(server) as upstream:
        for number in range(6):
            reply = await upstream.send("POST", f"/{number}", body={"n": number})
            assert reply.status == 200
    assert [call for call, _ in server.executed] == [f"POST /api/{n}" for n in range(6)]


@looped
async def test_wrong_credentials_are_tried_once_for_each_call() -> None:
    server = Server()
    async with running(server, "wr0ng") as upstream:
        replies = [await upstream.send("POST", "/a", body={}) for _ in range(2)]
    assert [reply.status for reply in replies] == [401, 401]
    assert server.executed == []
    assert server.requests == 4


@looped
async def test_a_refusal_without_a_challenge_is_the_answer() -> None:
    server = Server(asks=False)
    async with running(server) as upstream:
        assert (await upstream.send("GET", "/a")).status == 401
    assert server.requests == 1


@looped
async def test_an_endless_row_of_challenges_ends() -> None:
    server = Server(uses=0)
    async with running(server) as upstream:
        assert (await upstream.send("GET", "/a")).status == 401
    assert (server.requests, server.executed) == (3, [])


@looped
async def test_calls_at_the_same_time_are_executed_once_each() -> None:
    server = Server(uses=5)
    everyone, arrived = asyncio.Event(), 0

    async def meet(request: web.BaseRequest) -> None:
        nonlocal arrived
        arrived += 1
        if arrived == 20:
            everyone.set()
        await everyone.wait()

    server.before = meet
    async with running(server) as upstream:

        async def one(number: int) -> Reply:
            return await upstream.send("POST", f"/{number}")

        replies = await asyncio.gather(*map(one, range(20)))
    good = [n for n, reply in enumerate(replies) if reply.status == 200]
    executed = [int(re.sub(r"\D+", "", call)) for call, _ in server.executed]
    assert sorted(executed) == good
    assert len(good) == 20


@looped
async def test_secrets_are_in_no_header_as_they_are() -> None:
    challenge = chosen('Digest realm="r", nonce="n", qop="auth"')
    value = challenge.authorize(Secret("user"), Secret("p4ss"), "GET", "/", b"")
    assert "p4ss" not in value
    assert "p4ss" not in repr(challenge)
