"""Requests that are passed on: what an independent upstream gets of them, and what callers get back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import Capability
from naftiko_gen.lower import lower
from requests_seen import Emitted, Seen, imported
from static.errors import CallError
from static.forwarding import rest_of
from test_lower import Document, document

KEYS = {"DEPOT_KEY": "s3cret", "DEPOT_TENANT": "red"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emitted]:
    with imported("forwarding", tmp_path_factory.mktemp("forwarding")) as package:
        yield package


Answer = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
Got = tuple[int, Mapping[str, str], bytes, list[Seen]]


async def plainly(request: web.BaseRequest) -> web.StreamResponse:
    return web.Response(status=202, body=b"\x00done", content_type="image/x-crate")


def passed(
    depot: Emitted,
    method: str,
    path: str,
    answer: Answer = plainly,
    settings: Mapping[str, str] | None = None,
    **options: Any,
) -> Got:
    """What the caller gets, and what the upstream has got, which answers below ``/v1``."""
    seen: list[Seen] = []

    async def upstream(request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        seen.append(Seen(request.method, request.raw_path, request.headers, body))
        return await answer(request)

    async def ask() -> tuple[int, Mapping[str, str], bytes]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", upstream)
        async with TestServer(app) as server:
            base = str(server.make_url("/v1"))
            addresses = {"DEPOT_BASE_URI": base, "ARCHIVE_BASE_URI": base}
            values = {**KEYS, **addresses, **(settings or {})}
            context = depot.parts.connect(depot.parts.load_settings(values))
            try:
                app = depot.parts.rest_app("depot-rest", context, False)
                async with TestServer(app) as ours, ClientSession() as session:
                    url = URL(str(ours.make_url("")).rstrip("/") + path, encoded=True)
                    async with session.request(
                        method, url, allow_redirects=False, **options
                    ) as got:
                        return got.status, got.headers, await got.read()
            finally:
                await depot.parts.close(context)

    status, headers, body = asyncio.run(ask())
    return status, headers, body, seen


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE", "OPTIONS"])
def test_a_request_goes_on_as_it_is(depot: Emitted, method: str) -> None:
    path = "/depot/a%20b/c%2Fd?x=1&flag&y=a+b%26c&x=2"
    status, headers, body, (seen,) = passed(
        depot, method, path, data=b"\xff\x00raw", headers={"Content-Type": "a/b; c=d"}
    )
    assert (status, headers["Content-Type"], body) == (
        202,
        "image/x-crate",
        b"\x00done",
    )
    assert (seen.method, seen.body) == (method, b"\xff\x00raw")
    assert seen.headers.getall("Content-Type") == ["a/b; c=d"]
    assert seen.target == (
        "/v1/a%20b/c%2Fd?x=1&flag&y=a+b%26c&x=2&key=s3cret&format=full"
    )


def test_only_trusted_headers_go_on(depot: Emitted) -> None:
    headers = [
        ("Accept", "text/csv"),
        ("Accept", "a/b"),
        ("X-Trace-Id", "7"),
        ("If-None-Match", '"a"'),
        ("Authorization", "Bearer callers"),
        ("Cookie", "session=callers"),
        ("X-Other", "1"),
        ("X-Tenant", "callers"),
        ("Connection", "keep-alive, If-None-Match"),
        ("Keep-Alive", "timeout=5"),
        ("TE", "trailers"),
        ("X-Forwarded-For", "1.2.3.4"),
    ]
    *_, (seen,) = passed(depot, "GET", "/depot/crates", headers=headers)
    ours = {"Host", "User-Agent", "Accept-Encoding"}
    got = {name: value for name, value in seen.headers.items() if name not in ours}
    assert got == {
        "Accept": "text/csv, a/b",
        "x-trace-id": "7",
        "X-Tenant": "t-red",
        "Cookie": "theme=dark",
    }


def test_the_credential_is_the_upstreams_own(depot: Emitted) -> None:
    *_, (seen,) = passed(
        depot,
        "GET",
        "/start?q=1",
        headers={"Authorization": "Bearer callers", "Cookie": "a=1; b=2"},
    )
    assert seen.target == "/v1?q=1"
    assert seen.headers.getall("Authorization") == ["Bearer s3cret"]
    assert seen.headers["Cookie"] == "a=1; b=2"


@pytest.mark.parametrize(
    "field", ["key=mine", "k%65y=mine", "a=1&key", "format=mine", "a&form%61t=mine"]
)
def test_a_caller_cannot_send_the_upstreams_own_fields(
    depot: Emitted, field: str
) -> None:
    status, _, body, seen = passed(depot, "GET", f"/depot/crates?{field}")
    assert (status, seen) == (400, [])
    assert b"mine" not in body


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/any/x", "/v1/x"),
        ("/any/x/", "/v1/x/"),
        ("/any//x", "/v1//x"),
        ("/any/*", "/v1/*"),
        ("/any/...", "/v1/..."),
        ("/any/100%25", "/v1/100%25"),
        ("/any/a;b=1", "/v1/a;b=1"),
        ("/any/http://elsewhere.example/x", "/v1/http://elsewhere.example/x"),
        ("/any//elsewhere.example/x", "/v1//elsewhere.example/x"),
        ("/any/@elsewhere.example", "/v1/@elsewhere.example"),
        ("/old/1999/pages", "/v1/1999/pages"),
        ("/start", "/v1"),
    ],
)
def test_the_rest_of_the_path_goes_on(depot: Emitted, path: str, target: str) -> None:
    status, _, _, (seen,) = passed(depot, "GET", path)
    assert (status, seen.target) == (202, target)


@pytest.mark.parametrize(
    "rest",
    [
        "..",
        "../admin",
        "a/../../admin",
        ".",
        "%2e%2e/admin",
        "%2E%2e",
        ".%2e/x",
        "..%2fadmin",
        "a%2f..%2f..%2fadmin",
        "..%5cadmin",
        "..\\admin",
        "%252e%252e/admin",
        "..%252fadmin",
        "..;/admin",
        "..%3bx/admin",
        "a%00",
        "a%0d%0ab",
        "%2525252e",
    ],
)
def test_nobody_leaves_the_base_path(depot: Emitted, rest: str) -> None:
    status, _, _, seen = passed(depot, "GET", f"/any/{rest}")
    # A path with a line break is no path of ours at all.
    assert (status, seen) == (404 if "%0a" in rest else 400, [])


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("ab./\\;%25ef2c0"), max_size=14))
@example("%2e./x")
def test_what_goes_on_stays_below_the_base_path(rest: str) -> None:
    from posixpath import normpath
    from urllib.parse import unquote

    try:
        passed_on = rest_of(f"/any/{rest}", 2)
    except CallError as refused:
        assert refused.status == 400
        return
    text = passed_on
    for _ in range(4):
        for form in (text, text.replace("\\", "/")):
            plain = "/".join(part.partition(";")[0] for part in form.split("/"))
            assert normpath("/base" + plain).startswith("/base")
        text = unquote(text)


def test_the_methods_of_a_resource_win(depot: Emitted) -> None:
    status, _, _, (seen,) = passed(depot, "PUT", "/depot/a/b")
    assert (status, seen.method, seen.target.partition("?")[0]) == (
        202,
        "GET",
        "/v1/crates/a%2Fb",
    )
    status, headers, _, seen_ = passed(depot, "POST", "/crates/7")
    assert (status, headers["Allow"], seen_) == (405, "GET, HEAD", [])


@pytest.mark.parametrize("method", ["TRACE", "CONNECT"])
def test_some_methods_never_go_on(depot: Emitted, method: str) -> None:
    status, _, _, seen = passed(depot, method, "/depot/x")
    assert (status >= 400, seen) == (True, [])


def test_what_describes_the_answer_comes_back(depot: Emitted) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        headers = {
            "ETag": '"7"',
            "Cache-Control": "no-store",
            "Set-Cookie": "session=upstreams",
            "Server": "secret",
            "X-Internal": "1",
            "Content-Language": "de",
        }
        return web.Response(status=404, text="nichts", headers=headers)

    status, headers, body, _ = passed(depot, "GET", "/any/x", answer)
    assert (status, body) == (404, b"nichts")
    assert (headers["ETag"], headers["Cache-Control"]) == ('"7"', "no-store")
    assert headers["Content-Language"] == "de"
    assert headers.keys().isdisjoint({"Set-Cookie", "X-Internal"})
    assert headers.get("Server") != "secret"


def test_not_modified_is_an_answer_and_a_redirect_is_not(depot: Emitted) -> None:
    async def unchanged(request: web.BaseRequest) -> web.StreamResponse:
        assert request.headers["If-None-Match"] == '"7"'
        return web.Response(status=304, headers={"ETag": '"7"'})

    async def elsewhere(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": "https://evil.example"})

    told = {"If-None-Match": '"7"'}
    status, headers, body, _ = passed(depot, "GET", "/depot/x", unchanged, headers=told)
    assert (status, headers["ETag"], body) == (304, '"7"', b"")
    status, headers, _, _ = passed(depot, "GET", "/depot/x", elsewhere)
    assert (status, "Location" in headers) == (502, False)


def test_sizes_are_bounded_both_ways(depot: Emitted) -> None:
    few = {"FORWARDING_CAPABILITY_BODY_LIMIT": "100", "DEPOT_MAX_RESPONSE": "100"}
    status, *_, seen = passed(depot, "POST", "/depot/x", settings=few, data=b"x" * 101)
    assert (status, seen) == (413, [])

    async def long(request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(body=b"x" * 101)

    status, *_ = passed(depot, "GET", "/depot/x", long, settings=few)
    assert status == 502


def test_a_compressed_body_goes_on_as_it_reads(depot: Emitted) -> None:
    *_, (seen,) = passed(depot, "POST", "/depot/x", data=b"plain" * 50, compress="gzip")
    assert seen.body == b"plain" * 50
    assert "Content-Encoding" not in seen.headers


def test_an_upstream_that_is_not_there(depot: Emitted) -> None:
    gone = {"DEPOT_BASE_URI": "http://127.0.0.1:1"}
    status, _, body, _ = passed(depot, "GET", "/depot/x", settings=gone)
    assert status == 502
    assert b"upstream_unreachable" in body and b"s3cret" not in body


def test_a_head_request_has_no_body(depot: Emitted) -> None:
    status, _, body, (seen,) = passed(depot, "HEAD", "/depot/x")
    assert (status, body, seen.method) == (202, b"", "HEAD")


# What is refused when the package is made


def forwarding(
    tmp_path: Any, forward: Document, path: str = "/up/{path}", **block: Any
) -> tuple[Capability | None, Report]:
    made = document([])
    made["binds"] = [{"namespace": "env", "keys": {"KEY": "KEY"}}]
    made["capability"]["consumes"][0] |= block
    resources = made["capability"]["exposes"][0]["resources"]
    resources.append({"path": path, "forward": {"targetNamespace": "up", **forward}})
    return _lowered(made, tmp_path)


def _lowered(made: Document, tmp_path: Any) -> tuple[Capability | None, Report]:
    import yaml

    from naftiko_gen.source import read

    path = tmp_path / "capability.yaml"
    path.write_text(yaml.safe_dump(made, sort_keys=False), encoding="utf-8")
    report = Report()
    source = read(str(path), report)
    assert source is not None
    return lower(source, report, "made"), report


def said(report: Report) -> list[str]:
    return [finding.code for finding in (*report.errors, *report.warnings)]


@pytest.mark.parametrize(
    ("forward", "path", "code"),
    [
        ({"targetNamespace": "upp"}, "/up/{path}", "E201"),
        ({"trustedHeaders": ["Connection"]}, "/up/{path}", "E295"),
        ({"trustedHeaders": ["Accept", "transfer-ENCODING"]}, "/up/{path}", "E295"),
        ({"trustedHeaders": ["Host"]}, "/up/{path}", "E295"),
        ({"trustedHeaders": ["Accept-Encoding"]}, "/up/{path}", "E295"),
        ({"trustedHeaders": ["no header"]}, "/up/{path}", "E295"),
        ({}, "/up/{path}/tail", "E297"),
        ({}, "/up/x-{path}", "E297"),
        ({}, "/up/..", "E220"),
    ],
)
def test_a_forward_is_refused(
    tmp_path: Any, forward: Document, path: str, code: str
) -> None:
    capability, report = forwarding(tmp_path, forward, path)
    assert capability is None
    assert said(report) == [code]


def test_a_trusted_credential_goes_on_where_the_upstream_has_none(
    tmp_path: Any,
) -> None:
    capability, report = forwarding(tmp_path, {"trustedHeaders": ["authorization"]})
    assert capability is not None and said(report) == ["W215"]
    (forward,) = capability.forwards
    assert forward.trusted == ("authorization",)


def test_the_upstreams_own_headers_win(tmp_path: Any) -> None:
    own = {"name": "X-Tenant", "in": "header", "value": "ours"}
    trusted = ["x-tenant", "Authorization", "Accept"]
    capability, report = forwarding(
        tmp_path,
        {"trustedHeaders": trusted},
        authentication={"type": "bearer", "token": "{{env.KEY}}"},
        inputParameters=[own],
    )
    assert capability is not None and said(report) == ["W203", "W203"]
    (forward,) = capability.forwards
    assert forward.trusted == ("Accept",)


def test_two_forwards_of_one_path_clash(tmp_path: Any) -> None:
    made = document([])
    resources = made["capability"]["exposes"][0]["resources"]
    forward = {"forward": {"targetNamespace": "up"}}
    resources += [{"path": "/a/{x}", **forward}, {"path": "/a/{y}", **forward}]
    capability, report = _lowered(made, tmp_path)
    assert (capability, said(report)) == (None, ["E207"])
