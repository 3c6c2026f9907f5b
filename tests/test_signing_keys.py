"""Generated packages of several schemes: pools of keys, and refused times and nonces."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import re
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import pytest
from aiohttp import web

from emitted import passed, run, write
from naftiko_gen import pipeline, presets
from naftiko_gen.diagnostics import Report
from naftiko_gen.ir import JsonObject
from naftiko_gen.signing_modules import MODULES
from signing_packages import PRESETS, module, package


def nonce_of(scheme: str) -> JsonObject:
    """What a preset says of its nonce."""
    found = presets.load(scheme).get("nonce")
    return found if isinstance(found, dict) else {}


COUNTED = [name for name in PRESETS if nonce_of(name).get("kind") == "increasing"]
DIGITS = {"ms": 13, "us": 16, "ns": 19}


def credentials(scheme: str, suffix: str = "") -> dict[str, str]:
    """Values that every form of secret can be, different for each suffix."""
    if scheme in MODULES:
        names = [*MODULES[scheme].variables.values()]
    else:
        found = presets.load(scheme)["credentials"]
        assert isinstance(found, dict)
        names = [str(name) for name in found.values()]
    text = "YWJj" if suffix == "_2" else "ZGVm"
    return {f"{name}{suffix}": text for name in names}


def settings(scheme: str, **environ: str) -> Any:
    return module(scheme, "settings").Settings.from_environment(environ)


def several_processes(scheme: str, loaded: Any, workers: int) -> str | None:
    reason: str | None = module(scheme, "__main__").PACKAGE.several_processes(
        loaded, workers
    )
    return reason


@pytest.mark.parametrize("scheme", PRESETS)
def test_only_where_nonces_count_there_are_pools(scheme: str) -> None:
    folder, name = package(scheme)
    modules = {path.stem for path in (folder / name).glob("*.py")}
    own = {"key_pool", "numbered_keys", "nonce_lease", "nonce_scripts", "nonce_state"}
    assert own & modules == (own if scheme in COUNTED else set())
    redis = "redis>=" in (folder / "pyproject.toml").read_text("utf-8")
    assert redis == (scheme in COUNTED)


def test_some_schemes_count() -> None:
    assert {"bitfinex-v2", "gemini", "kraken-futures"} <= set(COUNTED)


Answer = Callable[[web.BaseRequest], web.Response]


def against(
    scheme: str,
    answer: Answer,
    test: Callable[[Any], Awaitable[None]],
    *suffixes: str,
) -> None:
    """Run a test with the package's upstream, which calls a provider of ours."""

    async def handle(request: web.BaseRequest) -> web.Response:
        await request.read()
        return answer(request)

    async def run() -> None:
        runner = web.ServerRunner(web.Server(handle))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        environ = {"PROVIDER_BASE_URI": f"http://127.0.0.1:{port}"}
        for suffix in suffixes or ("",):
            environ |= credentials(scheme, suffix)
        context = module(scheme, "context").connect(settings(scheme, **environ))
        try:
            await test(context.provider)
        finally:
            await context.close()
            await runner.cleanup()

    asyncio.run(run())


@pytest.mark.parametrize("scheme", COUNTED)
def test_each_key_of_a_pool_signs_with_nonces_of_the_right_unit(scheme: str) -> None:
    sent: list[str] = []
    written = json.dumps(presets.load(scheme)["output"])

    def answer(request: web.BaseRequest) -> web.Response:
        sent.append(" ".join(request.headers.values()))
        return web.Response(text="{}", content_type="application/json")

    async def test(upstream: Any) -> None:
        for _ in range(4):
            await upstream.send("GET", "/v1/things")

    against(scheme, answer, test, "_1", "_2")
    assert [("YWJj" in one, "ZGVm" in one) for one in sent] == [
        (False, True),
        (True, False),
    ] * 2
    nonce = nonce_of(scheme)
    if "{nonce}" in written:
        digits = [max(map(len, _numbers(one))) for one in sent]
        assert digits == [DIGITS[str(nonce["unit"])]] * 4


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if word.isdecimal()]


@pytest.mark.parametrize("scheme", COUNTED)
def test_workers_need_a_key_each_unless_calls_may_overtake(scheme: str) -> None:
    loaded = settings(scheme, **credentials(scheme, "_1"), **credentials(scheme, "_2"))
    nonce = nonce_of(scheme)
    assert several_processes(scheme, loaded, 2) is None
    reason = several_processes(scheme, loaded, 3)
    if nonce.get("delivery") == "free":
        assert reason is None
    else:
        assert reason is not None
        assert "SIGNING_LEASE_URL" in reason


SKEWED = {
    "binance": (
        400,
        '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}',
    ),
    "okx-v5": (401, '{"msg":"Timestamp request expired","code":"50102"}'),
    "aws-sigv4": (
        400,
        '{"__type":"com.amazon.coral.service#InvalidSignatureException","message":'
        '"Signature expired: 20261123T020000Z is now earlier than 20261123T025500Z"}',
    ),
    "aws-sigv4-s3": (
        403,
        "<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the "
        "request time and the current time is too large.</Message></Error>",
    ),
}


@pytest.mark.parametrize("seconds", [-300, 0, 300, None])
@pytest.mark.parametrize("scheme", SKEWED)
def test_a_clock_that_is_wrong_is_reported_as_such(
    scheme: str, seconds: int | None
) -> None:
    status, body = SKEWED[scheme]
    scheme = scheme.removesuffix("-s3")
    received = 0

    def answer(request: web.BaseRequest) -> web.Response:
        nonlocal received
        received += 1
        date = "" if seconds is None else formatdate(time() + seconds, usegmt=True)
        return web.Response(status=status, text=body, headers={"Date": date})

    async def test(upstream: Any) -> None:
        error = module(scheme, "errors").CallError
        with pytest.raises(error) as caught:
            await upstream.send("GET", "/v1/things")
        refused: Any = caught.value
        assert (refused.status, refused.code) == (503, "clock_skew")
        assert "refused the time of the call, and did nothing" in refused.message
        told = {
            -300: "s ahead of its own; set it",
            0: "agrees with it by now",
            300: "s behind its own; set it",
            None: "set the clock of this machine",
        }
        assert told[seconds] in refused.message

    against(scheme, answer, test)
    assert received == 1


@pytest.mark.parametrize(
    ("code", "indent", "refused"),
    [(-1021, 1, True), (-1021, None, True), (-10210, None, False)],
)
def test_refusals_are_found_however_json_is_written(
    code: int, indent: int | None, refused: bool
) -> None:
    def answer(request: web.BaseRequest) -> web.Response:
        text = json.dumps({"msg": "no", "code": code}, indent=indent)
        return web.Response(status=400, text=text)

    async def test(upstream: Any) -> None:
        try:
            told = str((await upstream.send("GET", "/v1/things")).status)
        except module("binance", "errors").CallError as error:
            told = error.code
        assert told == ("clock_skew" if refused else "400")

    against("binance", answer, test)


def test_an_answer_that_succeeded_is_no_refusal() -> None:
    def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(text=SKEWED["binance"][1])

    async def test(upstream: Any) -> None:
        assert (await upstream.send("GET", "/v1/things")).status == 200

    against("binance", answer, test)


REFUSED = {
    "gemini": (
        400,
        '{"result":"error","reason":"InvalidNonce","message":"Nonce has not increased"}',
    ),
    "bitfinex-v2": (500, '["error",10114,"nonce: small"]'),
}


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("scheme", REFUSED)
def test_a_nonce_that_is_refused_by_a_status_is_followed_by_a_fresh_one(
    scheme: str, times: int
) -> None:
    status, body = REFUSED[scheme]
    seen: list[str] = []

    def answer(request: web.BaseRequest) -> web.Response:
        seen.append(" ".join(request.headers.values()))
        if len(seen) <= times:
            return web.Response(status=status, text=body)
        return web.Response(text="{}", content_type="application/json")

    async def test(upstream: Any) -> None:
        reply = await upstream.send("GET", "/v1/things")
        if times == 2:
            assert (reply.status, reply.failure) == (200, None)
        else:
            # The provider's own words, and nothing of ours in them.
            assert (reply.http_status, reply.body) == (503, body.encode())
            assert reply.failure.messages == (body,)

    against(scheme, answer, test)
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("part", "page", "covered"),
    [
        ({"unhex": "query"}, "m4rker", None),
        ({"unhex": "body"}, "m4rker", b""),
        (
            {"unbase64": {"stripPrefix": {"prefix": "page=", "of": "query"}}},
            "m4rke",
            None,
        ),
        (
            {"unbase64": {"stripPrefix": {"prefix": "page=", "of": "query"}}},
            "bTRya2Vy",
            b"m4rker",
        ),
    ],
)
def test_what_callers_send_is_decoded_or_refused(
    part: JsonObject, page: str, covered: bytes | None, tmp_path: Path
) -> None:
    text = (package("binance")[0] / "binance.yaml").read_text()
    signing = {
        "credentials": {"secret": "OWN_SECRET"},
        "payload": [part],
        "algorithm": "hmac-sha256",
        "encode": "hex",
        "output": [{"in": "header", "name": "X-Sign", "value": "{signature}"}],
    }
    text = re.sub(r"signing: \{.*\}", f"signing: {json.dumps(signing)}", text)
    name = (
        f"decoded-{hashlib.sha256(json.dumps([part, page]).encode()).hexdigest()[:8]}"
    )
    spec = tmp_path / f"{name}.yaml"
    spec.write_text(text)
    report = Report()
    built = pipeline.build(pipeline.Job(str(spec), name), report, pipeline.Stages())
    assert built is not None, report.errors
    write(tmp_path, built.files)
    script = f"""
import asyncio
from {built.capability.package} import context, errors, operations, settings
from {built.capability.package}.reply import Reply
async def exchange(method, url, headers, data):
    print(headers["X-Sign"])
    return Reply(200, b"", "")
async def call():
    found = context.connect(settings.Settings.from_environment({{"OWN_SECRET": "key"}}))
    found.provider.exchange = exchange
    try:
        await operations.list_things(found.provider, page={page!r})
    except errors.CallError as error:
        print(error.status, error.code, error.message)
asyncio.run(call())
"""
    done = run("-c", script, cwd=tmp_path)
    passed(done)
    assert "m4rke" not in done.stdout + done.stderr
    if covered is None:
        assert done.stdout.startswith("400 invalid_input a value that is signed is not")
    else:
        assert done.stdout.strip() == hmac.digest(b"key", covered, "sha256").hex()
