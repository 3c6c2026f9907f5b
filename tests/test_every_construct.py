"""One capability that uses every construct beside all others: built, checked, and asked for all.

It runs as a process against its own sandbox. Each route is requested with aiohttp; each tool,
resource and prompt is used by the official client, in both eras of the protocol.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import shutil
import signal
import sys
import zipfile
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from aiohttp import ClientSession
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import BlobResourceContents, CallToolResult, EmbeddedResource

from emitted import MYPY, ROOT, passed, run
from naftiko_gen import cli

PACKAGE = "harbour_office_capability"
ADAPTERS = ("office", "partners", "boards", "agents", "manuals", "control")
ERAS = ["legacy", "2026-07-28"]
CREW: dict[str, Any] = {"ship": {"name": "text", "crew": [{"fullName": "text"}]}}
CREW |= {"ranking": {"asked": "I7", "initials": ["t"], "port": True, "ship": "text"}}
DUTIES = "goods,percent\r\ntext,7\r\n"
RULES = "night:\n  quiet: true\nspeed: 7\n"
PILOT = {"name": "text", "boat": 7}
SHIPS = [{"name": "text", "tons": 2}]
TIDE = {"at": "text", "metres": 7}
#: Each route with what it answers, and what is asked of it.
ROUTES: dict[str, tuple[Any, dict[str, Any]]] = {
    "office GET /ships/{imo}": (
        {"name": "text", "owner": {"id": "text"}, "flags": ["text"]}
        | {"office": "harbour"},
        {"path": "/ships/I7"},
    ),
    "office DELETE /ships/{imo}": ({}, {"path": "/ships/I7"}),
    "office GET /ships": (SHIPS, {"params": {"limit": "2"}}),
    "office POST /ships": ({}, {"json": {"name": "Anna", "tons": 3}}),
    "office GET /ships/{imo}/overview": (
        {
            "vessel": {"name": "text", "owner": "text"},
            "crew": [{"fullName": "text"}],
            "warning": "text",
            "duties": [{"goods": "text", "percent": "7"}],
        },
        {"path": "/ships/I7/overview"},
    ),
    "office GET /crews/{imo}": (CREW, {"path": "/crews/I7"}),
    "office POST /papers/form": ({}, {"json": {"imo": "I7", "note": "x"}}),
    "office POST /papers/file": ({}, {"json": {"imo": "I7", "text": "x"}}),
    "office POST /papers/text": ({}, {"json": {"imo": "I7"}}),
    "office GET /duties": ([{"goods": "text", "percent": "7"}], {}),
    "office GET /duties.csv": (DUTIES, {}),
    "office GET /warnings": ({"title": "text", "seas": ["text", "text"]}, {}),
    "office GET /rules": ({"quiet": True, "knots": 7}, {}),
    "office GET /archive/{path}": (RULES, {"path": "/archive/rules.yaml"}),
    "partners GET /tides/{station}": (TIDE, {"path": "/tides/x"}),
    "partners GET /heights/{station}": (7, {"path": "/heights/x"}),
    "partners GET /pilots/{pilot}": (PILOT, {"path": "/pilots/x"}),
    "boards GET /about": (
        {"greeting": "Harbour for Anna", "berths": 12},
        {"params": {"who": "Anna"}},
    ),
    "boards GET /hours": ({"open": True, "from": "08:00"}, {}),
    "manuals GET /skills/{name}/contents/{file}": (
        "# Mooring\n\nSlowly.\n",
        {"path": "/skills/berths/contents/mooring.md"},
    ),
    "control GET /health/live": ({"status": "UP"}, {}),
}
#: Each tool with what it answers, and its arguments.
TOOLS: dict[str, tuple[Any, dict[str, Any]]] = {
    "show-ship": ("text", {"imo": "I7"}),
    "add-ship": ({}, {"name": "Anna", "tons": 3}),
    "next-tide": (TIDE, {"place": "x"}),
    "crew-of": (CREW, {"imo": "I7"}),
    "about": ({"greeting": "Harbour for Anna", "berths": 12}, {"who": "Anna"}),
    "ship-of-owner": ({"name": "text", "owner": "text"}, {"imo": "I7"}),
    "pass-duties": (DUTIES, {}),
    "pass-pilot": (PILOT, {"pilot": "x"}),
    "read-rules": ({"quiet": True}, {}),
    "greet": ({"message": "Hello Anna"}, {"who": "Anna"}),
}
RESOURCES = {
    "harbour://rules": RULES,
    "harbour://ships/{imo}": '{"ship":"text","owner":"text"}',
    "harbour://tides/{station}": '"text"',
    "docs://guides/moor.md": "# Moor\n\nTwo lines.\n",
    "docs://guides/letter.txt": "Dear captain of {{imo}},\n",
}
PROMPTS = {
    "explain-ship": ["Explain the ship I7 in a kind tone.", "What of it?"],
    "letter": ["Dear captain of I7,\n"],
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every")
    source = folder / "source"
    shutil.copytree(ROOT / "tests" / "every_construct", source)
    arguments = ["build", "--quiet", "--allow-scripts", "--name", "harbour-office"]
    output = folder / "generated"
    assert (
        cli.run([*arguments, "-o", str(output), str(source / "capability.yaml")]) == 0
    )
    return output / "harbour-office"


def test_its_types_and_its_style_are_right(project: Path) -> None:
    passed(run(*MYPY, PACKAGE, cwd=project))
    passed(run("-m", "black", "--check", "--quiet", ".", cwd=project))
    passed(run("-m", "ruff", "check", "--quiet", ".", cwd=project))


def test_its_own_tests_pass(project: Path) -> None:
    own = ("-q", "-p", "no:cacheprovider", "tests")
    passed(run("-m", "pytest", *own, cwd=project))


@dataclass
class Running:
    """The package as a process: where its adapters listen, and what they want of callers."""

    addresses: Mapping[str, str]
    headers: Mapping[str, Mapping[str, str]]
    key: str
    session: ClientSession

    async def ask(self, route: str, path: str = "", **options: Any) -> tuple[int, Any]:
        """Status and document (or text) of ``adapter METHOD /path``."""
        adapter, method, template = route.split(" ")
        params = {"board": self.key} if adapter == "boards" else {}
        params |= options.pop("params", {})
        headers = {**self.headers.get(adapter, {}), **options.pop("headers", {})}
        url = self.addresses[adapter] + (path or template)
        async with self.session.request(
            method, url, params=params, headers=headers, **options
        ) as answer:
            body = await answer.read()
            plain = answer.content_type != "application/json"
            return answer.status, body.decode() if plain else json.loads(body)


@asynccontextmanager
async def served(project: Path) -> AsyncIterator[Running]:
    """`serve --sandbox`, until the end of the block."""
    ports = [part for name in ADAPTERS for part in ("--port", f"{name}=0")]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PACKAGE, "serve", "--sandbox", *ports),
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    lines: list[str] = []
    addresses: dict[str, str] = {}
    takes: dict[str, str] = {}
    secrets: list[str] = []
    try:
        async with asyncio.timeout(60):
            while len(addresses) < len(ADAPTERS):
                line = (await process.stderr.readline()).decode()
                assert line, "".join(lines)
                lines.append(line)
                if found := re.match(r"sandbox: (\w+) takes (.*)", line):
                    takes[found[1]] = found[2]
                elif found := re.match(r"(\w+): (http://[0-9.:]+)", line):
                    addresses[found[1]] = found[2]
        async with ClientSession() as session:
            headers = {name: await _headers(t, session) for name, t in takes.items()}
            key = takes["boards"].partition("=")[2]
            yield Running(addresses, headers, key, session)
            secrets = [key, *(h["Authorization"][-20:] for h in headers.values() if h)]
    finally:
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            rest = (await process.stderr.read()).decode()
            status = await process.wait()
    assert status == 0, rest
    assert "Traceback" not in rest
    assert not [secret for secret in secrets if secret in rest]


async def _headers(takes: str, session: ClientSession) -> dict[str, str]:
    """The credentials that the sandbox has told."""
    if found := re.fullmatch(r"user (\S+), password (\S+)", takes):
        pair = b64encode(f"{found[1]}:{found[2]}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}
    if found := re.search(r"tokens: POST (\S+)", takes):
        form = {"grant_type": "client_credentials"}
        async with session.post(found[1], data=form) as answer:
            token = (await answer.json())["access_token"]
        return {"Authorization": f"Bearer {token}"}
    found = re.fullmatch(r"header Authorization: (Bearer \S+)", takes)
    return {"Authorization": found[1]} if found else {}


def test_every_route_answers(project: Path) -> None:
    asyncio.run(_routes(project))


async def _routes(project: Path) -> None:
    async with served(project) as running:
        for route, (answer, asked) in ROUTES.items():
            assert await running.ask(route, **asked) == (200, answer), route
        for adapter in ("office", "partners", "boards"):
            contract = json.loads((project / f"openapi.{adapter}.json").read_bytes())
            for path, methods in contract["paths"].items():
                for method in methods.keys() & {"get", "post", "put", "delete"}:
                    forwarded = path.startswith("/archive") and method != "get"
                    route = f"{adapter} {method.upper()} {path}"
                    assert forwarded or route in ROUTES, route
        await _manuals(running)
        await _control(running)
        running.headers = {}
        running.key = "wrong"
        for route, (_, asked) in ROUTES.items():
            # Whoever watches the process needs no credentials.
            wanted = 200 if "/health/" in route else 401
            assert (await running.ask(route, **asked))[0] == wanted, route


async def _manuals(running: Running) -> None:
    status, listed = await running.ask("manuals GET /skills")
    assert (status, [one["name"] for one in listed["skills"]]) == (
        200,
        ["berths", "ships"],
    )
    status, skill = await running.ask("manuals GET /skills/ships")
    assert skill["tools"][0]["invocationRef"]["targetNamespace"] == "office"
    _, files = await running.ask("manuals GET /skills/berths/contents")
    assert [file["path"] for file in files["files"]] == ["mooring.md"]
    url = f"{running.addresses['manuals']}/skills/berths/download"
    async with running.session.get(url, headers=running.headers["manuals"]) as answer:
        archive = zipfile.ZipFile(io.BytesIO(await answer.read()))
    assert {"SKILL.md", "mooring.md"} == {Path(n).name for n in archive.namelist()}


async def _control(running: Running) -> None:
    status, ready = await running.ask("control GET /health/ready")
    assert (status, ready["status"]) == (200, "UP")
    _, about = await running.ask("control GET /status")
    assert about["capability"]["label"] == "Harbour office"
    assert {a.get("namespace") for a in about["adapters"]} == {
        *ADAPTERS[:-1],
        *("desk", None),
    }
    _, scripting = await running.ask("control GET /scripting")
    assert scripting["stats"]["totalExecutions"] == 1
    assert scripting["stats"]["totalErrors"] == 0
    _, metrics = await running.ask("control GET /metrics")
    label = 'naftiko_operation_id="/archive/{path} GET"'
    assert label in metrics
    _, listed = await running.ask("control GET /traces")
    spans, lookups = {}, []
    for trace in listed["traces"]:
        _, found = await running.ask(f"control GET /traces/{trace['traceId']}")
        operation = found["spans"][-1]["attributes"]["naftiko.operation.id"]
        spans[operation] = sorted(span["name"] for span in found["spans"])
        lookups += [s for s in found["spans"] if s["name"] == "step.lookup"]
    # The newest first.
    assert [span["attributes"] for span in lookups] == [
        {"naftiko.step.index": 2, "naftiko.step.match": "id"},
        {"naftiko.step.index": 5, "naftiko.step.match": "id"},
    ]
    label = 'naftiko_step_duration_seconds_count{step_type="lookup"'
    assert label in metrics
    calls = ["http.client.GET"] * 2
    assert spans["/crews/{imo} GET"] == [
        *("aggregate.function", *calls, "rest.request"),
        *("step.call", "step.call", "step.lookup", "step.script"),
    ]
    assert spans["/heights/{station} GET"] == [
        *("aggregate.function", "http.client.GET", "rest.request"),
    ]
    assert spans["/ships/{imo}/overview GET"].count("step.call") == 5
    status, _ = await running.ask("control PUT /scripting", json={"enabled": False})
    assert status == 200
    status, refused = await running.ask("office GET /crews/I7")
    assert (status, refused["error"]["code"]) == (503, "scripts_disabled")


@asynccontextmanager
async def agent(running: Running, era: str) -> AsyncIterator[Client]:
    """The official client at the MCP adapter over HTTP, with its token."""
    headers = dict(running.headers["agents"])
    async with httpx2.AsyncClient(headers=headers) as web:
        url = f"{running.addresses['agents']}/mcp"
        transport = streamable_http_client(url, http_client=web)
        async with Client(transport, mode=era) as client:
            yield client


@pytest.mark.parametrize("era", ERAS)
def test_every_tool_resource_and_prompt_answers(project: Path, era: str) -> None:
    asyncio.run(_agents(project, era))


async def _agents(project: Path, era: str) -> None:
    async with served(project) as running, agent(running, era) as client:
        assert {tool.name for tool in (await client.list_tools()).tools} == set(TOOLS)
        for name, (answer, arguments) in TOOLS.items():
            await _tool(client, name, answer, arguments)
        listed = {one.uri for one in (await client.list_resources()).resources}
        templates = await client.list_resource_templates()
        listed |= {one.uri_template for one in templates.resource_templates}
        assert listed == set(RESOURCES)
        for uri, text in RESOURCES.items():
            read = await client.read_resource(re.sub(r"{\w+}", "I7", uri))
            assert [getattr(one, "text", None) for one in read.contents] == [text], uri
        assert {one.name for one in (await client.list_prompts()).prompts} == set(
            PROMPTS
        )
        for name, texts in PROMPTS.items():
            values = {"imo": "I7"} | ({"tone": "kind"} if name != "letter" else {})
            prompt = await client.get_prompt(name, values)
            assert [getattr(m.content, "text", "") for m in prompt.messages] == texts


async def _tool(
    client: Client, name: str, answer: Any, arguments: dict[str, Any]
) -> None:
    told: list[tuple[float, float | None, str | None]] = []

    async def heard(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, total, message))

    result = await client.call_tool(name, arguments, progress_callback=heard)
    assert isinstance(result, CallToolResult)
    if name == "pass-pilot":
        # As Avro has it: the length of the text in zigzag, the text, the number.
        (block,) = result.content
        assert isinstance(block, EmbeddedResource)
        assert isinstance(block.resource, BlobResourceContents)
        assert b64decode(block.resource.blob) == b"\x08text\x0e"
        return
    text = "".join(getattr(block, "text", "") for block in result.content)
    assert not result.is_error, f"{name}: {text}"
    assert (text if name == "pass-duties" else json.loads(text)) == answer, name
    if isinstance(answer, dict):
        assert result.structured_content == answer
    steps = {"crew-of": ("crew", "ship"), "ship-of-owner": ("ship", "owner")}
    assert told == [(n, 2, step) for n, step in enumerate(steps.get(name, ()), 1)]


@pytest.mark.parametrize("era", ERAS)
def test_the_desk_answers_over_stdio(project: Path, era: str) -> None:
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", PACKAGE, "stdio", "--only", "desk", "--sandbox"],
        env={"PYTHONPATH": str(project)},
        cwd=str(project),
    )

    async def go() -> None:
        async with Client(program, mode=era) as client:
            listed = [tool.name for tool in (await client.list_tools()).tools]
            assert listed == ["next-tide", "list-ships"]
            tide = await client.call_tool("next-tide", {"place": "x"})
            assert isinstance(tide, CallToolResult)
            assert tide.structured_content == TIDE
            ships = await client.call_tool("list-ships", {})
            assert isinstance(ships, CallToolResult)
            assert json.loads(getattr(ships.content[0], "text", "")) == SHIPS

    asyncio.run(asyncio.wait_for(go(), 30))


def test_its_contract_is_exported(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = project.parent.parent / "source" / "capability.yaml"
    arguments = ["export", "openapi", "--quiet", "--allow-scripts", str(spec)]
    assert cli.run([*arguments, "--adapter", "office"]) == 0
    emitted = (project / "openapi.office.json").read_text("utf-8")
    assert capsys.readouterr().out == emitted
