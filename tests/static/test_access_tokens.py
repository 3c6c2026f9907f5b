"""Access tokens: what is proved, what is fetched from the issuer, and when it is away."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from issuers import EC_KEY, ED_KEY, OTHER_KEY, RSA_KEY, IssuerServer, public
from static.access import AccessDenied
from static.access_introspection import IntrospectionVerifier
from static.access_issuer import Issuer, secure
from static.access_jwt import JwtVerifier
from static.access_keys import Keys
from static.access_tokens import TokenGuard, granted
from static.environment import Secret, SettingsError

RESOURCE = "https://ships.example/api/"


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def guard_of(server: IssuerServer, clock: Clock | None = None) -> TokenGuard:
    issuer = Issuer(server.name, "ISSUER")
    keys = Keys(issuer, clock or Clock())
    return TokenGuard(
        JwtVerifier(keys),
        issuer=issuer,
        resource=RESOURCE,
        audience="ships",
        scopes=("a", "b"),
    )


async def outcome(guard: TokenGuard, token: str | None) -> AccessDenied | None:
    """None for a token that is let in."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    request: web.Request = make_mocked_request("GET", "/ships", headers=headers)
    try:
        await guard.check(request)
    except AccessDenied as denied:
        return denied
    return None


def run(test: Callable[[IssuerServer, TokenGuard, Clock], Awaitable[None]]) -> None:
    async def inner() -> None:
        async with IssuerServer() as server:
            clock = Clock()
            guard = guard_of(server, clock)
            try:
                await test(server, guard, clock)
            finally:
                await guard.close()

    asyncio.run(inner())


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (RSA_KEY, "RS256"),
        (RSA_KEY, "PS512"),
        (EC_KEY, "ES256"),
        (ED_KEY, "EdDSA"),
    ],
)
def test_signatures_of_each_kind_are_good(key: Any, algorithm: str) -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.keys = [public(OTHER_KEY, "k0"), public(key)]
        assert await outcome(guard, server.token(key, algorithm)) is None
        # Without a name, each key of the kind is tried.
        assert await outcome(guard, server.token(key, algorithm, kid=None)) is None

    run(test)


@pytest.mark.parametrize(
    ("claims", "status", "text"),
    [
        ({"iss": "https://evil.example"}, 401, "another issuer"),
        ({"iss": None}, 401, "another issuer"),
        ({"aud": "planes"}, 401, "another audience"),
        ({"aud": None}, 401, "another audience"),
        ({"aud": ["planes", 7]}, 401, "another audience"),
        ({"exp": 1}, 401, "has expired"),
        ({"exp": None}, 401, "when it expires"),
        ({"exp": "soon"}, 401, "not valid"),
        ({"nbf": 4_000_000_000}, 401, "not good yet"),
        ({"iat": 4_000_000_000}, 401, "not good yet"),
        ({"scope": "a"}, 403, "lacks the scope b"),
        ({"scope": None}, 403, "lacks the scope a b"),
        ({"scope": "ab a-b"}, 403, "lacks the scope a b"),
        ({"scope": ["a", "b"]}, 200, ""),
        ({"scope": None, "scp": ["b", "a", "c"]}, 200, ""),
        ({"aud": ["planes", "ships/"]}, 200, ""),
    ],
)
def test_what_a_token_must_say(
    claims: Mapping[str, Any], status: int, text: str
) -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        denied = await outcome(guard, server.token(**claims))
        if status == 200:
            assert denied is None
            return
        assert denied is not None
        assert (denied.status, text in denied.message) == (status, True)
        (challenge,) = denied.challenges
        error = "insufficient_scope" if status == 403 else "invalid_token"
        assert f'error="{error}"' in challenge
        assert 'scope="a b"' in challenge

    run(test)


def test_two_clocks_may_differ_a_little() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        assert await outcome(guard, server.token(exp=int(time.time()) - 5)) is None
        denied = await outcome(guard, server.token(exp=int(time.time()) - 60))
        assert denied is not None and denied.status == 401

    run(test)


def _confused() -> str:
    """A token signed with the public key as if it were a shared secret."""
    pem = EC_KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return _signed({"alg": "HS256", "kid": "k1"}, pem)


def _signed(header: Mapping[str, str], secret: bytes) -> str:
    claims = {"aud": "ships", "exp": 4_000_000_000}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
        for part in (header, claims)
    ]
    seal = hmac.digest(secret, ".".join(parts).encode(), hashlib.sha256)
    signature = base64.urlsafe_b64encode(seal).decode().rstrip("=")
    return ".".join([*parts, signature if secret else ""])


@pytest.mark.parametrize(
    "token",
    [
        "xyzzy",
        "a.b.c",
        "..",
        "e30.e30.",
        _confused(),
        _signed({"alg": "none", "kid": "k1"}, b""),
        _signed({"alg": "None", "kid": "k1"}, b""),
        _signed({"alg": "ES256", "kid": "k1"}, b"x"),
        _signed({"kid": "k1"}, b"x"),
    ],
)
def test_what_is_not_signed_by_the_issuer_is_refused(token: str) -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        denied = await outcome(guard, token)
        assert denied is not None
        assert (denied.status, denied.code) == (401, "unauthorized")
        assert token not in denied.message + "".join(denied.challenges)

    run(test)


def test_another_key_of_the_same_name_is_refused() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        for token in (
            server.token(OTHER_KEY),
            server.token(EC_KEY, header={"crit": ["exp"]}),
        ):
            denied = await outcome(guard, token)
            assert denied is not None and denied.status == 401
        assert server.fetched == 1

    run(test)


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_keys_that_must_not_be_used_are_not() -> None:
    weak = rsa.generate_private_key(public_exponent=65537, key_size=1024)
    listed: list[Any] = [
        public(weak, "weak"),
        public(EC_KEY, "enc", use="enc"),
        public(RSA_KEY, "other", alg="RS512"),
        {"kty": "oct", "kid": "shared", "k": "c2VjcmV0"},
        {"kty": "EC", "kid": "broken", "crv": "P-256", "x": "?", "y": 1},
        {"kty": "EC", "kid": "curve", "crv": "P-999", "x": "AA", "y": "AA"},
        7,
        public(EC_KEY, "good"),
    ]

    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.keys = listed
        assert await outcome(guard, server.token(kid="good")) is None
        for key, algorithm, kid in (
            (weak, "RS256", "weak"),
            (EC_KEY, "ES256", "enc"),
            (RSA_KEY, "RS256", "other"),
        ):
            denied = await outcome(guard, server.token(key, algorithm, kid))
            assert denied is not None and denied.status == 401, kid

    run(test)


def test_one_request_for_all_who_wait_and_none_for_a_while() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.delay = 0.05
        token = server.token()
        waiting = [asyncio.create_task(outcome(guard, token)) for _ in range(20)]
        await asyncio.sleep(0.02)
        # One who gives up does not end what the others wait for.
        waiting[0].cancel()
        assert await asyncio.gather(*waiting[1:]) == [None] * 19
        clock.now += 299
        assert await outcome(guard, token) is None
        assert server.fetched == 1

    run(test)


def test_keys_are_rotated() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        old = server.token()
        assert await outcome(guard, old) is None
        server.keys = [public(OTHER_KEY, "k2")]
        new = server.token(OTHER_KEY, kid="k2")
        # Asked for a moment ago: a name that nobody knows is refused without asking.
        denied = await outcome(guard, new)
        assert denied is not None and denied.status == 401
        assert server.fetched == 1
        clock.now += 30
        assert await outcome(guard, new) is None
        assert server.fetched == 2
        denied = await outcome(guard, old)
        assert denied is not None and denied.status == 401
        for number in range(10):
            await outcome(guard, server.token(kid=f"guess-{number}"))
        assert server.fetched == 2

    run(test)


def test_old_keys_are_used_while_new_ones_are_fetched() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        old = server.token()
        assert await outcome(guard, old) is None
        server.keys = [public(OTHER_KEY, "k2")]
        clock.now += 301
        assert await outcome(guard, old) is None
        async with asyncio.timeout(5):
            while server.fetched < 2 or await outcome(guard, old) is None:
                await asyncio.sleep(0.01)
        # Much later, nobody is let in by keys that may be withdrawn.
        server.keys = [public(EC_KEY)]
        clock.now += 3600
        denied = await outcome(guard, server.token(OTHER_KEY, kid="k2"))
        assert denied is not None and denied.status == 401

    run(test)


def test_an_issuer_that_is_away_is_not_the_caller_s_fault() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.failing = True
        for _ in range(3):
            denied = await outcome(guard, server.token())
            assert denied is not None
            assert (denied.status, denied.code) == (503, "issuer_unreachable")
            assert denied.retry_after is not None and 0 < denied.retry_after <= 5
        server.failing = False
        clock.now += 5
        assert await outcome(guard, server.token()) is None
        # From here, its keys last for a day without it.
        server.failing = True
        for _ in range(20):
            clock.now += 4000
            assert await outcome(guard, server.token()) is None
        unknown = await outcome(guard, server.token(kid="k9"))
        assert unknown is not None and unknown.status == 503
        clock.now += 86_400
        denied = await outcome(guard, server.token())
        assert denied is not None and denied.status == 503

    run(test)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"keys": 1}', b" " * 300_000, b"[" * 100_000]
)
def test_a_key_set_that_cannot_be_read_is_an_outage(body: bytes) -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.body = body
        denied = await outcome(guard, server.token())
        assert denied is not None and denied.status == 503

    run(test)


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"jwks_uri": "http://keys.example/"},
        {"jwks_uri": None},
    ],
)
def test_metadata_that_leads_elsewhere_is_not_followed(changes: dict[str, Any]) -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        server.changes = changes
        denied = await outcome(guard, server.token())
        assert denied is not None and denied.status == 503

    run(test)


@pytest.mark.parametrize("path", ["", "/realm"])
@pytest.mark.parametrize("place", ["rfc8414", "appended", "openid"])
def test_metadata_is_found_at_each_of_its_places(path: str, place: str) -> None:
    async def inner() -> None:
        async with IssuerServer(path, place) as server:
            guard = guard_of(server)
            assert await outcome(guard, server.token()) is None
            await guard.close()

    asyncio.run(inner())


def test_who_brings_no_token_is_told_where_to_get_one() -> None:
    async def test(server: IssuerServer, guard: TokenGuard, clock: Clock) -> None:
        denied = await outcome(guard, None)
        assert denied is not None
        place = "/.well-known/oauth-protected-resource/api"
        assert denied.challenges == (
            'Bearer realm="naftiko", scope="a b", '
            f'resource_metadata="https://ships.example{place}"',
        )
        assert json.loads(guard.documents[place]) == {
            "resource": RESOURCE,
            "authorization_servers": [server.name],
            "bearer_methods_supported": ["header"],
            "scopes_supported": ["a", "b"],
        }
        assert server.fetched == 0

    run(test)


def test_tokens_that_only_the_issuer_can_read() -> None:
    async def inner() -> None:
        async with IssuerServer() as server:
            clock = Clock()
            issuer = Issuer(server.name, "ISSUER")
            verifier = IntrospectionVerifier(
                issuer, Secret("me"), Secret("hush"), clock=clock
            )
            guard = TokenGuard(
                verifier, issuer=issuer, resource=RESOURCE, audience="ships"
            )
            server.answers = {
                "good": {"active": True, "aud": "ships", "exp": 1_040},
                "else": {"active": True, "aud": "planes"},
                "late": {"active": True, "aud": "ships", "exp": 999},
                "soon": {"active": True, "aud": "ships", "nbf": 1_001},
                "odd": {"active": "true", "aud": "ships"},
            }
            for _ in range(3):
                assert await outcome(guard, "good") is None
            assert server.asked == 1
            for token in ("else", "late", "soon", "odd", "unknown"):
                denied = await outcome(guard, token)
                assert denied is not None and denied.status == 401, token
            # It is asked again in time, and an outage is told as one.
            clock.now += 31
            server.failing = True
            denied = await outcome(guard, "good")
            assert denied is not None and denied.status == 503
            server.failing = False
            assert await outcome(guard, "good") is None
            server.answers.clear()
            clock.now += 31
            denied = await outcome(guard, "good")
            assert denied is not None and denied.status == 401
            await guard.close()

    asyncio.run(inner())


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://login.example", True),
        ("http://127.0.0.1:9/x", True),
        ("http://[::1]:9", True),
        ("http://localhost", True),
        ("http://login.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("ftp://login.example", False),
        ("https://", False),
        ("https://[", False),
    ],
)
def test_addresses_that_prove_something(url: str, good: bool) -> None:
    assert secure(url) is good
    if not good:
        with pytest.raises(SettingsError, match="LOGIN must be an https URL"):
            Issuer(url, "LOGIN")


def test_an_address_that_is_missing_is_told() -> None:
    with pytest.raises(SettingsError, match="LOGIN is not set"):
        Issuer("", "LOGIN")


def test_scopes_are_read_in_both_spellings() -> None:
    assert granted({"scope": "a b", "scp": ["c", 1]}) == {"a", "b", "c"}
    assert granted({"scope": 5, "scp": "d"}) == {"d"}
