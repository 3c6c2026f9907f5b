"""Hooks of emitted packages: what they see and change, what goes wrong, and that they stay."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from mcp import Client

from emitted import MYPY, built, options_of, passed, run, spec_of, write
from naftiko_gen import cli

PACKAGE = "hooks_capability"
BEFORE = "async def before_request(request: Request) -> Request:"
START = "async def on_start() -> None:"
SECRETS = {
    "BINANCE_API_KEY": "key-of-the-desk",
    "BINANCE_API_SECRET": "secret-of-the-desk",
    "NEWS_TOKEN": "token-of-the-desk",
    "NEWS_TEAM": "team-of-the-desk",
}
_HEAD = """
from dataclasses import replace

from .errors import CallError
from .hooks_protocol import Request
from .reply import Reply
"""
_DEFAULTS = {
    "on_start": "async def on_start(): pass",
    "before_request": "async def before_request(request): return request",
    "after_response": "async def after_response(request, reply): return reply",
    "on_error": "async def on_error(request, error): print('SAW', repr(error), flush=True)",
}


def hooks(**functions: str) -> str:
    return _HEAD + "\n\n".join({**_DEFAULTS, **functions}.values()) + "\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, built("hooks").files)
    return tmp_path


class Provider:
    """The upstreams, which know the scheme by themselves and note what came."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, Mapping[str, str], bytes]] = []

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.requests.append((request.raw_path, request.headers.copy(), body))
        if request.path != "/headlines":
            signed, _, given = request.raw_path.rpartition("&signature=")
            secret = SECRETS["BINANCE_API_SECRET"].encode()
            wanted = hmac.new(
                secret, signed.partition("?")[2].encode(), hashlib.sha256
            ).hexdigest()
            if not hmac.compare_digest(given, wanted):
                return web.json_response({"code": -1022}, status=401)
        return web.json_response({"fine": True})


class Served:
    def __init__(self, rest: str, mcp: str, provider: Provider) -> None:
        self.rest, self.mcp, self.provider = rest, mcp, provider
        self.said = ""

    async def ask(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.rest}{path}", **options) as answer,
        ):
            return answer.status, await answer.json()


@asynccontextmanager
async def serving(project: Path, *options: str) -> AsyncIterator[Served]:
    """The package as a process, with a provider of ours."""
    provider = Provider()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", provider.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    base = {"BINANCE_BASE_URI": address, "NEWS_BASE_URI": address}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PACKAGE, "serve", *options),
        *("--port", "desk=0", "--port", "desk-tools=0"),
        cwd=project,
        env={**os.environ, **SECRETS, **base, "LOG_LEVEL": "DEBUG"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    seen = ""
    found: dict[str, str] = {}
    while len(found) < 2:
        line = (await process.stderr.readline()).decode()
        assert line, seen
        seen += line
        if match := re.search(r"(desk|desk-tools): (http://[^\s,]+)", line):
            found[match[1]] = match[2]
    served = Served(found["desk"], found["desk-tools"], provider)
    try:
        yield served
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = await process.communicate()
        served.said = seen + out.decode() + err.decode()
        await runner.cleanup()
    assert process.returncode == 0, served.said
    assert not [text for text in SECRETS.values() if text in served.said]


def test_a_hook_changes_a_call_and_the_signature_covers_it(project: Path) -> None:
    changes = """
async def before_request(request):
    print("GIVEN", dict(request.headers), request.query, flush=True)
    return replace(
        request,
        headers={**request.headers, "X-Desk": "seven"},
        query=(*request.query, ("desk", "a b")),
    )
"""
    (project / PACKAGE / "hooks.py").write_text(hooks(before_request=changes))

    async def test() -> None:
        async with serving(project) as served:
            status, answer = await served.ask("GET", "/account")
            assert (status, answer) == (200, {"fine": True})
            status, _ = await served.ask("POST", "/headlines", json={"title": "x"})
            assert status == 200
        account, headline = served.provider.requests
        assert account[1]["X-Desk"] == headline[1]["X-Desk"] == "seven"
        assert "desk=a%20b" in account[0] and "signature=" in account[0]
        assert headline[1]["X-News-Key"] == SECRETS["NEWS_TOKEN"]
        assert headline[1]["X-Team-Key"] == SECRETS["NEWS_TEAM"]
        assert served.said.count("GIVEN {} ()") == 2

    asyncio.run(test())


def test_the_sandbox_accepts_what_a_hook_changed(project: Path) -> None:
    changes = """
async def before_request(request):
    return replace(request, query=(*request.query, ("desk", "7")), headers={"X-Desk": "7"})
"""
    (project / PACKAGE / "hooks.py").write_text(hooks(before_request=changes))

    async def test() -> None:
        async with serving(project, "--sandbox") as served:
            status, _ = await served.ask("GET", "/account")
            assert status == 200
            async with Client(served.mcp) as client:
                result = await client.call_tool("get-account", {})
            assert not result.is_error
        assert not served.provider.requests

    asyncio.run(test())


#: What no hook may return, and the error that stands for it.
WRONG = {
    "None": "ValueError",
    "replace(request, method='DELETE')": "ValueError",
    "replace(request, path='/elsewhere')": "ValueError",
    "replace(request, upstream='news')": "ValueError",
    "replace(request, headers={'x-mbx-APIKEY': 'm'})": "ValueError",
    "replace(request, headers={'Authorization': 'm'})": "ValueError",
    "replace(request, headers={'Host': 'm'})": "ValueError",
    "replace(request, headers={'X-A': 'm' + chr(13) + chr(10) + 'B: c'})": "ValueError",
    "replace(request, headers={'X-A': 7})": "TypeError",
    "replace(request, headers={'X-A': 'a', 'x-a': 'b'})": "ValueError",
    "replace(request, query=(('signature', 'm'),))": "ValueError",
    "replace(request, query=(('a', 7),))": "TypeError",
    "replace(request, body={1, 2})": "TypeError",
    "replace(request, body=b'bytes')": "TypeError",
}


def test_what_a_hook_may_not_do_is_refused(project: Path) -> None:
    cases = ", ".join(f"lambda request: {wrong}" for wrong in WRONG)
    returning = "async def before_request(request): return next(CASES)(request)"
    text = f"{hooks(before_request=returning)}CASES = iter([{cases}])\n"
    (project / PACKAGE / "hooks.py").write_text(text)

    async def test() -> None:
        async with serving(project) as served:
            for wrong, kind in WRONG.items():
                status, answer = await served.ask("GET", "/account")
                assert status == 500, wrong
                message = f"the hook before_request failed ({kind}); nothing was sent"
                wanted = {"code": "hook_failed", "message": message}
                assert answer == {"error": wanted}, wrong
        assert not served.provider.requests
        assert served.said.count("SAW") == len(WRONG)

    asyncio.run(test())


@pytest.mark.parametrize(
    ("name", "sent"), [("before_request", 0), ("after_response", 1), ("on_start", 0)]
)
def test_a_hook_that_raises_is_named(project: Path, name: str, sent: int) -> None:
    head = _DEFAULTS[name].partition(":")[0]
    failing = {name: f"{head}:\n    raise LookupError('what it says')"}
    (project / PACKAGE / "hooks.py").write_text(hooks(**failing))
    outcome = "the call was made" if sent else "nothing was sent"
    told = f"the hook {name} failed (LookupError); {outcome}"

    async def test() -> None:
        async with serving(project) as served:
            status, answer = await served.ask("GET", "/account")
            wanted = {"code": "hook_failed", "message": told}
            assert (status, answer) == (500, {"error": wanted})
            async with Client(served.mcp) as client:
                result = await client.call_tool("get-account", {})
            assert result.is_error and told in str(result.content)
            assert "what it says" not in str(result.content)
            ready, _ = await served.ask("GET", "/health/ready")
            assert ready == (503 if name == "on_start" else 200)
        assert len(served.provider.requests) == 2 * sent
        assert ("SAW" in served.said) == (name != "on_start")

    asyncio.run(test())


def test_a_hook_refuses_a_call_in_its_own_words(project: Path) -> None:
    refusing = """
async def before_request(request):
    raise CallError(403, "closed", "the desk is closed")
"""
    failing = "async def on_error(request, error): raise KeyError(error.code)"
    text = hooks(before_request=refusing, on_error=failing)
    (project / PACKAGE / "hooks.py").write_text(text)

    async def test() -> None:
        async with serving(project) as served:
            status, answer = await served.ask("GET", "/account")
            assert (status, answer["error"]["code"]) == (403, "closed")
        assert not served.provider.requests
        assert "the hook on_error failed" in served.said
        assert "KeyError: 'closed'" in served.said

    asyncio.run(test())


def test_an_answer_is_changed(project: Path) -> None:
    changed = """
async def after_response(request, reply):
    return reply._replace(body=b'{"upstream": "%s"}' % request.upstream.encode())
"""
    (project / PACKAGE / "hooks.py").write_text(hooks(after_response=changed))

    async def test() -> None:
        async with serving(project) as served:
            status, answer = await served.ask("GET", "/account")
            assert (status, answer) == (200, {"upstream": "binance"})

    asyncio.run(test())


@pytest.mark.parametrize(
    ("name", "written", "problem"),
    [
        ("before_request", "", "before_request is missing"),
        ("before_request", "before_request = 7", "before_request is not an async"),
        ("on_error", "def on_error(request, error): pass", "on_error is not an async"),
        (
            "on_start",
            "async def on_start(x): pass",
            "cannot be called with no arguments",
        ),
        ("on_error", "async def on_error(request): pass", "cannot be called with 2"),
        ("on_error", "import nowhere_to_be_found", "No module named"),
        ("on_error", "async def on_error(:", "line"),
    ],
)
def test_a_wrong_hook_is_named_at_the_start(
    project: Path, name: str, written: str, problem: str
) -> None:
    (project / PACKAGE / "hooks.py").write_text(hooks(**{name: written}))
    done = run("-m", PACKAGE, "serve", "--sandbox", cwd=project)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert problem in done.stderr and "hooks.py" in done.stderr
    if "cannot be imported" not in done.stderr:
        found = re.search(r"hooks_protocol.py:(\d+) asks for `(.+?)\(", done.stderr)
        assert found is not None
        protocol = (project / PACKAGE / "hooks_protocol.py").read_text().splitlines()
        assert protocol[int(found[1]) - 1].strip().startswith(f"{found[2]}(")
        assert found[2] == f"async def {name}"


def test_the_types_of_a_hook_are_checked(project: Path) -> None:
    passed(run(*MYPY, PACKAGE, cwd=project))
    file = project / PACKAGE / "hooks.py"
    file.write_text(
        file.read_text().replace(BEFORE, BEFORE.replace("request:", "asked:"))
    )
    assert run(*MYPY, PACKAGE, cwd=project).returncode == 1


class Work:
    """A folder with a project, built by the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "specs").mkdir()
        text = spec_of("hooks").read_text("utf-8")
        (folder / "specs/hooks.yaml").write_text(text, "utf-8")
        self.package = folder / "generated/hooks"
        self.hooks = self.package / PACKAGE / "hooks.py"

    def run(self, *arguments: str) -> int:
        return cli.run([*arguments])


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    monkeypatch.chdir(tmp_path)
    return Work(tmp_path)


def test_hooks_are_written_once(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    assert work.run("build", "--hooks") == 0
    default = work.hooks.read_bytes()
    document = json.loads((work.package / "naftiko-gen.lock").read_text())
    path = f"{PACKAGE}/hooks.py"
    assert list(document["kept"]) == [path] and path not in document["outputs"]
    mine = default + b"# mine\n"
    work.hooks.write_bytes(mine)
    assert work.run("check", "--hooks") == 0
    assert work.run("check", "--hooks", "--strict", "--format", "sarif") != 2
    assert work.run("build", "--hooks") == 0
    spec = work.folder / "specs/hooks.yaml"
    spec.write_text(spec.read_text().replace("Trading desk", "Another desk"))
    assert work.run("check", "--hooks") == 2
    assert work.run("build", "--hooks") == 0
    assert "Another desk" in (work.package / "README.md").read_text()
    assert work.hooks.read_bytes() == mine
    work.hooks.unlink()
    capsys.readouterr()
    assert work.run("check", "--hooks") == 2
    assert f"file {path} is missing" in capsys.readouterr().out
    assert work.run("build", "--hooks") == 0
    assert work.hooks.read_bytes() == default


def test_hooks_that_were_there_before_are_kept(work: Work) -> None:
    work.hooks.parent.mkdir(parents=True)
    work.hooks.write_text("# mine\n")
    assert work.run("build", "--hooks") == 0
    assert work.hooks.read_text() == "# mine\n"


@pytest.mark.parametrize("edited", [True, False])
def test_without_the_option_only_the_default_goes(
    work: Work, edited: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert work.run("build", "--hooks") == 0
    if edited:
        work.hooks.write_text("# mine\n")
    capsys.readouterr()
    assert work.run("check") == 2
    said = "is yours, and stays" if edited else "is no longer part of the package"
    assert f"hooks.py {said}" in capsys.readouterr().out
    assert work.run("build") == 0
    assert work.hooks.exists() == edited
    assert not (work.hooks.parent / "hooks_protocol.py").exists()
    assert work.run("check") == 0


@pytest.mark.parametrize("edited", [True, False])
def test_prune_leaves_hooks_that_were_edited(
    work: Work, edited: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert work.run("build", "--hooks") == 0
    if edited:
        work.hooks.write_text("# mine\n")
    spec = work.folder / "specs/hooks.yaml"
    spec.rename(spec.with_name("others.yaml"))
    assert work.run("build", "--prune") == int(edited)
    assert work.hooks.exists() == work.package.exists() == edited
    assert ("edited, so not removed" in capsys.readouterr().err) == edited


def test_the_case_is_built_with_hooks_alone() -> None:
    assert options_of("hooks").noted == {"hooks": "true"}
