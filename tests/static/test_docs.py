"""The page `/docs` over HTTP: what is served, to whom, and what the page may ask for."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, web

from static import docs
from static.access import protect
from static.access_static import BasicGuard
from static.docs import add_docs
from static.environment import Secret
from static.origins import keep_apart
from static.reply import Reply
from static.rest_support import Route, build_app

PATHS = ("/docs", "/docs/page.js", *(f"/docs/{name}" for name in docs.FILES))


async def own(request: web.Request, _: None) -> Reply:
    return Reply(200, b"ours", "text/plain")


def application(*paths: str) -> web.Application:
    routes = [Route("GET", path, "own", own) for path in paths]
    return build_app(
        routes,
        None,
        contract=b"{}",
        body_limit=1024,
        access_log=False,
        obstacle=lambda: None,
    )


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[int]:
    """The port of the application."""
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def answers(
    app: web.Application, paths: Sequence[str], method: str = "GET", **options: Any
) -> list[tuple[ClientResponse, bytes]]:
    found = []
    async with (
        served(app) as port,
        ClientSession(f"http://localhost:{port}") as session,
    ):
        for path in paths:
            async with session.request(method, path, **options) as response:
                found.append((response, await response.read()))
    return found


def page() -> web.Application:
    app = application()
    add_docs(app)
    return app


def test_everything_has_its_type_and_may_load_from_here_alone() -> None:
    kinds = {
        "/docs": "text/html",
        "/docs/page.js": "text/javascript",
        "/docs/swagger-ui.css": "text/css",
        "/docs/swagger-ui-bundle.js": "text/javascript",
        "/docs/favicon-32x32.png": "image/png",
    }
    for response, body in asyncio.run(answers(page(), PATHS)):
        assert response.status == 200 and body
        assert response.content_type == kinds.pop(response.url.path)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-cache"
        policy = response.headers["Content-Security-Policy"].split("; ")
        sources = dict(part.split(" ", 1) for part in policy)
        assert sources.pop("default-src") == "'none'"
        assert sources.pop("img-src") == "'self' data:"
        assert set(sources.values()) == {"'self'", "'none'"}
    assert kinds == {}
    assert "http" not in docs.PAGE + docs.SCRIPT


def test_head_has_the_same_headers() -> None:
    gets = asyncio.run(answers(page(), PATHS))
    heads = asyncio.run(answers(page(), PATHS, "HEAD"))
    for (head, nothing), (get, body) in zip(heads, gets, strict=True):
        assert head.status == 200 and nothing == b""
        assert int(head.headers["Content-Length"]) == len(body)
        assert head.headers["Content-Security-Policy"] == docs.POLICY
        assert head.headers.get("ETag") == get.headers.get("ETag")


def test_a_file_that_is_known_is_not_sent_again() -> None:
    path = ["/docs/swagger-ui-bundle.js"]
    ((first, _),) = asyncio.run(answers(page(), path))
    known = {"If-None-Match": first.headers["ETag"]}
    ((again, body),) = asyncio.run(answers(page(), path, headers=known))
    assert (again.status, body) == (304, b"")
    assert again.headers["Content-Security-Policy"] == docs.POLICY


def test_other_methods_are_refused() -> None:
    for response, body in asyncio.run(answers(page(), PATHS, "POST")):
        assert (response.status, response.headers["Allow"]) == (405, "GET, HEAD")
        assert json.loads(body)["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize(
    "path",
    [
        *("/docs/../docs.py", "/docs/%2e%2e/flask_swagger_ui.py", "/docs//etc/passwd"),
        *(
            "/docs/..%2fLICENSE",
            "/docs/LICENSE",
            "/docs/index.css",
            "/docs/",
            "/docs/.",
        ),
    ],
)
def test_there_is_nothing_else(path: str) -> None:
    async def status() -> bytes:
        async with served(page()) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            writer.write(request.encode())
            answer = await reader.read()
            writer.close()
            return answer

    assert asyncio.run(status()).startswith(b"HTTP/1.1 404 ")


def test_without_the_files_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(docs, "swagger_ui", lambda: None)
    for response, body in asyncio.run(answers(page(), PATHS)):
        assert response.status == 501
        assert "pip install '.[docs]'" in json.loads(body)["error"]["message"]


def test_files_are_found_only_when_all_are_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found = docs.swagger_ui()
    assert found is not None and (found / "swagger-ui.css").is_file()
    (tmp_path / "flask_swagger_ui").mkdir()
    (tmp_path / "flask_swagger_ui" / "__init__.py").write_text("raise SystemExit")
    monkeypatch.syspath_prepend(tmp_path)
    assert docs.swagger_ui() is None
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert docs.swagger_ui() is None


@pytest.mark.parametrize("path", ["/docs", "/docs/{name}"])
def test_a_path_of_the_capability_wins(path: str) -> None:
    app = application(path)
    add_docs(app)
    asked = path.replace("{name}", "page.js")
    ((response, body),) = asyncio.run(answers(app, [asked]))
    assert (response.status, body) == (200, b"ours")


def test_a_placeholder_leaves_the_page_alone() -> None:
    app = application("/{name}")
    add_docs(app)
    paths = ["/docs", "/other"]
    (shown, _), (_, body) = asyncio.run(answers(app, paths))
    assert shown.content_type == "text/html" and body == b"ours"


def test_callers_prove_who_they_are() -> None:
    def closed() -> web.Application:
        return protect(page(), BasicGuard(Secret("desk"), Secret("s3cret")))

    for response, _ in asyncio.run(answers(closed(), PATHS)):
        assert response.status == 401
    known = {"Authorization": "Basic " + b64encode(b"desk:s3cret").decode()}
    for response, _ in asyncio.run(answers(closed(), PATHS, headers=known)):
        assert response.status == 200


def test_other_hosts_and_pages_of_others_are_refused() -> None:
    def apart() -> web.Application:
        return keep_apart(page(), ("localhost:*",), ())

    renamed = {"Host": "elsewhere.example"}
    for response, _ in asyncio.run(answers(apart(), PATHS, headers=renamed)):
        assert response.status == 421
    foreign = {"Origin": "http://elsewhere.example"}
    for response, _ in asyncio.run(answers(apart(), PATHS, headers=foreign)):
        assert response.status == 403
