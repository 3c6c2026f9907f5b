"""Packages whose adapters ask who calls, with real clients over HTTP."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import aiohttp
import httpx2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from mcp import Client
from mcp.client.auth.extensions.client_credentials import ClientCredentialsOAuthProvider
from mcp.client.streamable_http import streamable_http_client

from emitted import ROOT, built
from issuers import EC_KEY, OTHER_KEY, IssuerServer, public
from requests_seen import Emitted, imported

SECRETS = {
    "OFFICE_USER": "desk",
    "OFFICE_PASSWORD": "s3cret",
    "PARTNER_KEY": "part/ner",
    "AGENT_TOKEN": "ag3nt",
}
WAIT = 20
MCP = {"Accept": "application/json, text/event-stream"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}


@pytest.fixture(scope="module")
def credentials(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    folder = tmp_path_factory.mktemp("credentials")
    with imported("caller-credentials", folder) as package:
        yield package


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("access-tokens", tmp_path_factory.mktemp("tokens")) as package:
        yield package


@asynccontextmanager
async def serving(
    package: Emitted, kind: str, namespace: str, environment: Mapping[str, str]
) -> AsyncIterator[tuple[str, list[str]]]:
    """The URL of one adapter, and the requests that its upstream gets."""
    seen: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(f"{request.method} {request.raw_path}")
        # What a caller proves itself with goes nowhere.
        assert "Authorization" not in request.headers
        return web.json_response({"ships": ["Vega"]})

    upstream = web.Application()
    upstream.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(upstream, host="127.0.0.1") as server:
        address = str(server.make_url("")).rstrip("/")
        values = {**environment, package.base_uri_variable: address}
        parts = package.parts
        context = parts.connect(parts.load_settings(values))
        module = sys.modules[type(parts).__module__].__package__
        app = parts.rest_app(namespace, context, False) if kind == "rest" else None
        if app is None:
            support = import_module(f"{module}.mcp_support")
            asgi = import_module(f"{module}.asgi")
            access = import_module(f"{module}.access")
            manager = support.http_manager(
                parts.mcp_server(namespace, context),
                allowed_hosts=("127.0.0.1:*",),
                allowed_origins=(),
                body_limit=1000,
            )
            app = asgi.mcp_app(manager, obstacle=context.obstacle)
            access.protect(app, parts.guard(namespace, context.settings))
        try:
            async with TestServer(app, host="127.0.0.1") as site:
                yield str(site.make_url("")).rstrip("/"), seen
        finally:
            await parts.close(context)


def basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode()


@pytest.mark.parametrize(
    ("kind", "namespace", "path", "good"),
    [
        ("rest", "office", "/ships", {"Authorization": basic("desk:s3cret")}),
        ("rest", "partners", "/ships", {"X-Partner-Key": "part/ner"}),
        ("rest", "boards", "/ships?board%20key=part/ner", {}),
        ("rest", "open", "/ships", {}),
        ("mcp", "agents", "/mcp", {"Authorization": "Bearer ag3nt"}),
        ("mcp", "keyed-agents", "/mcp", {"X-Agent-Key": "ag3nt"}),
    ],
)
def test_callers_prove_who_they_are(
    credentials: Emitted, kind: str, namespace: str, path: str, good: dict[str, str]
) -> None:
    async def test() -> None:
        async with (
            serving(credentials, kind, namespace, SECRETS) as (url, seen),
            aiohttp.ClientSession() as session,
        ):
            rest = kind == "rest"
            method = "GET" if rest else "POST"
            more: dict[str, Any] = {} if rest else {"json": LIST}
            headers = {} if rest else MCP
            bare = path.partition("?")[0]
            async with session.request(
                method, url + bare, headers=headers, **more
            ) as answer:
                assert answer.status == (200 if namespace == "open" else 401)
                assert seen == ["GET /ships"] * (namespace == "open")
            async with session.request(
                method, url + path, headers={**headers, **good}, **more
            ) as answer:
                assert answer.status == 200, await answer.text()
                assert "ships" in await answer.text()
            assert set(seen) == ({"GET /ships"} if rest else set())

    asyncio.run(test())


def curl(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [shutil.which("curl") or "curl", "-s", "-w", "\n%{http_code}", *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=WAIT,
    )
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_speaks_digest(credentials: Emitted) -> None:
    async def test() -> None:
        async with serving(credentials, "rest", "vault", SECRETS) as (url, seen):
            target = f"{url}/ships?flag=a%20b"
            right = ("--digest", "-u", "desk:s3cret", target, target)
            status, body = await asyncio.to_thread(curl, *right)
            assert status == 200 and "Vega" in body
            assert seen == ["GET /ships?flag=a%20b"] * 2
            wrong = ("--digest", "-u", "desk:guess", target)
            assert (await asyncio.to_thread(curl, *wrong))[0] == 401
            assert (await asyncio.to_thread(curl, "-u", "desk:s3cret", target))[
                0
            ] == 401
            assert len(seen) == 2

    asyncio.run(test())


def test_aiohttp_speaks_digest(credentials: Emitted) -> None:
    async def test() -> None:
        known = aiohttp.DigestAuthMiddleware("desk", "s3cret")
        async with (
            serving(credentials, "rest", "vault", SECRETS) as (url, seen),
            aiohttp.ClientSession(middlewares=(known,)) as session,
        ):
            for _ in range(3):
                async with session.get(f"{url}/ships") as answer:
                    assert answer.status == 200
            assert len(seen) == 3

    asyncio.run(test())


async def listed(url: str, **options: Any) -> list[str]:
    """The tools that the official client finds."""
    async with httpx2.AsyncClient(**options) as http:
        transport = streamable_http_client(f"{url}/mcp", http_client=http)
        async with Client(transport) as client:
            tools = (await client.list_tools()).tools
            result = await client.call_tool(tools[0].name, {})
            assert not result.is_error
            return [tool.name for tool in tools]


def test_the_official_client_sends_a_token(credentials: Emitted) -> None:
    async def test() -> None:
        async with serving(credentials, "mcp", "agents", SECRETS) as (url, seen):
            headers = {"Authorization": "Bearer ag3nt"}
            assert await listed(url, headers=headers) == ["list-ships"]
            assert seen == ["GET /ships"]
            with pytest.raises(BaseException) as caught:
                await listed(url)
            assert "ag3nt" not in str(caught.value)
            assert seen == ["GET /ships"]

    asyncio.run(test())


def test_access_tokens_with_a_rotation(tokens: Emitted) -> None:
    async def test() -> None:
        async with IssuerServer() as issuer, aiohttp.ClientSession() as session:
            values = {"SHIPS_ISSUER": issuer.name, "LOGIN_SERVER": issuer.name}
            async with serving(tokens, "rest", "ships", values) as (url, seen):

                async def status(**said: Any) -> int:
                    claims = {"aud": "ship-register", "scope": "ships.read ships.list"}
                    token = issuer.token(**{**claims, **said})
                    headers = {"Authorization": f"Bearer {token}"}
                    async with session.get(f"{url}/ships", headers=headers) as answer:
                        body = await answer.json()
                        assert ("error" in body) is (answer.status != 200)
                        return answer.status

                assert await status() == 200
                assert await status(aud="planes") == 401
                assert await status(scope="ships.read") == 403
                assert await status(key=OTHER_KEY, kid="k2") == 401
                assert len(seen) == 1
                issuer.keys.append(public(OTHER_KEY, "k2"))
                # Nobody makes us ask again so soon.
                assert await status(key=OTHER_KEY, kid="k2") == 401
                assert issuer.fetched == 1
            issuer.failing = True
            async with serving(tokens, "rest", "ships", values) as (url, seen):
                assert await status(key=EC_KEY) == 503
                issuer.failing = False
                assert seen == []

    asyncio.run(test())


class Storage:
    """What the official client remembers."""

    def __init__(self) -> None:
        self.tokens: Any = None
        self.client: Any = None

    async def get_tokens(self) -> Any:
        return self.tokens

    async def set_tokens(self, tokens: Any) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> Any:
        return self.client

    async def set_client_info(self, client_info: Any) -> None:
        self.client = client_info


def test_the_official_client_finds_its_issuer_by_itself(tokens: Emitted) -> None:
    async def test() -> None:
        parts = tokens.parts
        package = built("access-tokens").capability.package
        options = import_module(f"{package}.sandbox").SandboxOptions()
        async with parts.sandbox(options) as sandbox:
            own = {**sandbox.environment}
            # The resource is where the adapter runs, which is known when it does.
            own["REGISTER_PLACE"] = "http://127.0.0.1:1/mcp"
            async with serving(tokens, "mcp", "ship-tools", own) as (first, _):
                place = "/.well-known/oauth-protected-resource"
                async with aiohttp.ClientSession() as session:
                    for path in (place, f"{place}/mcp"):
                        async with session.get(first + path) as answer:
                            found = await answer.json()
                            assert found["authorization_servers"] == [
                                own["LOGIN_SERVER"]
                            ]
                            assert found["resource"] == own["REGISTER_PLACE"]
                            assert found["scopes_supported"] == ["ships.read"]
            await _discovered(tokens, own)

    asyncio.run(test())


async def _discovered(tokens: Emitted, own: dict[str, str]) -> None:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    own["REGISTER_PLACE"] = f"{url}/mcp"
    async with serving(tokens, "mcp", "ship-tools", own) as (real, seen):
        forward = await asyncio.start_server(
            lambda reader, writer: _pipe(reader, writer, real), "127.0.0.1", port
        )
        async with forward:
            storage = Storage()
            provider = ClientCredentialsOAuthProvider(
                server_url=f"{url}/mcp",
                storage=storage,
                client_id="anybody",
                client_secret="anything",
                issuer=own["LOGIN_SERVER"],
            )
            assert await listed(url, auth=provider) == ["list-ships"]
            assert storage.tokens.access_token
            assert seen == ["GET /ships"]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def _pipe(reader: Any, writer: Any, real: str) -> None:
    """Pass bytes on to the site, whose port is not the one that callers know."""
    port = int(real.rpartition(":")[2])
    there, back = await asyncio.open_connection("127.0.0.1", port)

    async def copy(source: Any, target: Any) -> None:
        try:
            while data := await source.read(65536):
                target.write(data)
                await target.drain()
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            target.close()

    await asyncio.gather(copy(reader, back), copy(there, writer))


# ---- The program itself ----

PROTECTED = ROOT / "generated" / "protected"


@contextmanager
def program(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    values = {name: text for name, text in os.environ.items() if "DESK" not in name}
    with subprocess.Popen(
        [sys.executable, "-m", "protected_capability", *arguments],
        cwd=PROTECTED,
        env={**values, "PYTHONPATH": str(PROTECTED), **environment},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.terminate()


def test_all_that_is_missing_is_told_and_only_to_who_serves() -> None:
    serve = ("serve", "--port", "desk=0", "--port", "partners=0", "--port", "agents=0")
    with program(
        *serve, CARRIER_TOKEN="x", AGENTS_ISSUER="http://login.example"
    ) as running:
        _, err = running.communicate(timeout=WAIT)
        assert running.returncode == 1
    for problem in ("DESK_USER", "DESK_PASSWORD", "AGENTS_ISSUER must be an https URL"):
        assert problem in err
    with program("call", "get-parcel", '{"parcel": "1"}', "--sandbox") as running:
        out, err = running.communicate(timeout=WAIT)
        assert running.returncode == 0, err
        assert json.loads(out) == {}


def test_the_sandbox_tells_what_to_send_and_pages_are_kept_away() -> None:
    serve = ("serve", "--sandbox", "--port", "desk=0", "--port", "partners=0")
    with program(*serve, "--port", "agents=0") as running:
        lines: list[str] = []
        assert running.stderr is not None
        while sum(" (allowed hosts: " in line for line in lines) < 3:
            line = running.stderr.readline()
            assert line, "".join(lines)
            lines.append(line)
        text = "".join(lines)
        urls = dict(re.findall(r"(?m)^(\w+): (http://\S+)", text))
        user, password = _found(r"desk takes user (\S+), password (\S+)", text)
        (issuer,) = _found(r"partners takes .*POST (\S+)/token", text)

        async def test() -> None:
            async with aiohttp.ClientSession() as session:

                async def status(url: str, **headers: str) -> int:
                    async with session.get(url, headers=headers) as answer:
                        return answer.status

                known = {"Authorization": basic(f"{user}:{password}")}
                desk = f"{urls['desk']}/parcels/7"
                assert await status(desk) == 401
                assert await status(desk, **known) == 200
                evil = "http://evil.example"
                assert await status(desk, **known, Origin=evil) == 403
                assert await status(desk, **known, Host="evil.example") == 421
                form = {"grant_type": "client_credentials"}
                async with session.post(f"{issuer}/token", data=form) as answer:
                    token = (await answer.json())["access_token"]
                partners = f"{urls['partners']}/parcels/7"
                assert await status(partners, Authorization=f"Bearer {token}") == 200
                # It is meant for the partners' adapter alone.
                agents = urls["agents"]
                assert await status(agents, Authorization=f"Bearer {token}") == 401
                async with session.get(f"{urls['desk']}/openapi.json") as answer:
                    assert answer.status == 401

        asyncio.run(test())


def _found(pattern: str, text: str) -> tuple[str, ...]:
    match = re.search(pattern, text)
    assert match is not None, text
    return match.groups()


def test_contracts_tell_how_to_authenticate() -> None:
    for case, name, scheme, scopes in (
        ("caller-credentials", "office", {"type": "http", "scheme": "basic"}, []),
        ("caller-credentials", "vault", {"type": "http", "scheme": "digest"}, []),
        (
            "caller-credentials",
            "boards",
            {"type": "apiKey", "in": "query", "name": "board key"},
            [],
        ),
        (
            "access-tokens",
            "ships",
            {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {
                        "tokenUrl": "https://login.example/realms/harbour/token",
                        "scopes": {"ships.read": "", "ships.list": ""},
                    }
                },
            },
            ["ships.read", "ships.list"],
        ),
    ):
        document = json.loads(built(case).files[f"openapi.{name}.json"])
        (found,) = document["components"]["securitySchemes"].values()
        found.pop("description", None)
        assert found == scheme
        (required,) = document["security"]
        assert list(required.values()) == [scopes]
        responses = document["paths"]["/ships"]["get"]["responses"]
        assert {"401", "403"} <= set(responses)
    open_ = json.loads(built("caller-credentials").files["openapi.open_.json"])
    assert "security" not in open_ and "securitySchemes" not in open_["components"]


def test_only_packages_that_need_it_depend_on_it() -> None:
    for case, needs in (("caller-credentials", False), ("access-tokens", True)):
        files = built(case).files
        package = built(case).capability.package
        assert ("PyJWT" in files["pyproject.toml"].decode()) is needs
        assert (f"{package}/access_jwt.py" in files) is needs
    kraken = built("kraken").files
    # What an operator can switch on is there, and nothing else of it.
    found = {Path(path).stem for path in kraken if "access" in Path(path).name}
    assert found == {"access", "access_required", "access_static"}
    assert not [path for path in kraken if Path(path).stem == "guards"]
