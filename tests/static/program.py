"""A package made by hand, run as a program: `python program.py serve|stdio|call`."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "templates"))

from static.command import Adapter, Package, main
from static.environment import Environment
from static.errors import CallError, Fault
from static.progress import progress
from static.reply import Failure, JsonObject, Reply
from static.safeguards import Safeguards, read_safeguards

if TYPE_CHECKING:
    from aiohttp import web

    from static.sandbox import Sandbox, SandboxOptions

JSON = "application/json"
SCHEMA: JsonObject = {"type": "object", "properties": {"body": {"type": "object"}}}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server needs, and one secret that must be there."""

    base_uri: str
    body_limit: int
    drain_timeout: float
    allowed_hosts: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    window: int
    safeguards: Safeguards


def load_settings(values: Mapping[str, str]) -> Settings:
    environment = Environment(values)
    environment.secret("STUB_KEY")
    settings = Settings(
        base_uri=environment.url("STUB_BASE_URI", "http://127.0.0.1:9"),
        body_limit=environment.integer("BODY_LIMIT", 10_000, minimum=1),
        drain_timeout=environment.number("DRAIN_TIMEOUT", 10, minimum=0),
        allowed_hosts=environment.words("ALLOWED_HOSTS", ()),
        allowed_origins=environment.words("ALLOWED_ORIGINS", ()),
        window=environment.integer("STUB_WINDOW", 1),
        safeguards=read_safeguards(environment, "STUB"),
    )
    environment.finish()
    return settings


@dataclass(slots=True)
class Context:
    """One context for all adapters; `events` is what happened, in order."""

    settings: Settings
    trouble: str | None = None
    events: list[str] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)

    def obstacle(self) -> str | None:
        return self.trouble


async def close(context: Context) -> None:
    context.events.append("closed")
    if "TELL_CLOSE" in os.environ:
        # In one write, so that the lines of two workers never mix.
        sys.stderr.write("upstreams are closed\n")
        sys.stderr.flush()


async def echo(arguments: JsonObject, context: Context) -> Reply:
    context.events.append(json.dumps(arguments))
    return Reply(200, json.dumps({"given": arguments}).encode(), JSON)


async def play(arguments: JsonObject, context: Context) -> Reply:
    """Answer as the arguments say."""
    body = str(arguments.get("text", "")).encode("utf-8")
    if "hex" in arguments:
        body = bytes.fromhex(str(arguments["hex"]))
    kind = str(arguments.get("type", JSON))
    if "failure" in arguments:
        failure = Failure(503, "nonce", tuple(str(arguments["failure"]).split("|")), 2)
        return Reply(200, body, kind, failure)
    status = arguments.get("status", 200)
    assert isinstance(status, int)
    after = arguments.get("after")
    assert after is None or isinstance(after, float)
    return Reply(status, body, kind, None, after)


async def refuse(arguments: JsonObject, context: Context) -> Reply:
    faults = (Fault("/body/a", "is required"), Fault("/body/b", "must be a string"))
    raise CallError(400, "invalid_input", "/body/a is required", faults=faults)


async def crash(arguments: JsonObject, context: Context) -> Reply:
    raise RuntimeError("a detail that is nobody's business")


async def noisy(arguments: JsonObject, context: Context) -> Reply:
    print("stray text on stdout", flush=True)
    os.write(1, b"stray bytes on descriptor 1\n")
    return Reply(200, b'{"noise":true}', JSON)


async def slow(arguments: JsonObject, context: Context) -> Reply:
    context.arrived.set()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        context.cancelled.set()
        context.events.append("cancelled")
        raise
    raise AssertionError


async def report(arguments: JsonObject, context: Context) -> Reply:
    """Go on when somebody has heard of the first half."""
    await progress(1, 2, "first")
    await context.heard.wait()
    await progress(2, 2, "second")
    return Reply(200, b'{"done":true}', JSON)


COMMANDS = {
    "echo": echo,
    "play": play,
    "refuse": refuse,
    "crash": crash,
    "noisy": noisy,
    "slow": slow,
    "report": report,
}


def mcp_server(namespace: str, context: Context) -> Any:
    from static.mcp_support import Tool, build_server

    tools = [
        Tool(
            name=name,
            title=f"The {name} tool",
            description=f"Does {name}.",
            input_schema=SCHEMA,
            read_only=name == "echo",
            destructive=name == "crash",
            idempotent=name == "echo",
            open_world=name != "echo",
            run=run,
        )
        for name, run in COMMANDS.items()
    ]
    return build_server(
        tools,
        context,
        name=namespace,
        title="The stub",
        version="1.2.3",
        instructions="Use it.",
    )


def rest_app(namespace: str, context: Context, access_log: bool) -> web.Application:
    from aiohttp import ClientSession

    from static.rest_support import Route, build_app, json_body

    async def handle_echo(request: web.Request, context: Context) -> Reply:
        body = await json_body(request)
        return await echo({"body": body, "pid": os.getpid()}, context)

    async def handle_slow(request: web.Request, context: Context) -> Reply:
        return await slow({}, context)

    async def handle_upstream(request: web.Request, context: Context) -> Reply:
        async with (
            ClientSession() as client,
            client.get(context.settings.base_uri) as response,
        ):
            return Reply(200, await response.read(), "text/plain")

    async def handle_arrived(request: web.Request, context: Context) -> Reply:
        await context.arrived.wait()
        return Reply(200, b"arrived", "text/plain")

    return build_app(
        [
            Route("POST", "/echo", "echo", handle_echo),
            Route("GET", "/slow", "slow", handle_slow),
            Route("GET", "/upstream", "upstream", handle_upstream),
            Route("GET", "/arrived", "arrived", handle_arrived),
        ],
        context,
        contract=b"{}",
        body_limit=context.settings.body_limit,
        access_log=access_log,
        obstacle=context.obstacle,
    )


def make_sandbox(options: SandboxOptions) -> Sandbox:
    from static.sandbox import PlainVerifier, Sandbox

    verifier = PlainVerifier(environment={"STUB_KEY": "throw-away"})
    return Sandbox({}, verifier, options, base_uri_variables=("STUB_BASE_URI",))


def several_processes(settings: Settings, workers: int) -> str | None:
    if settings.window > 0:
        return None
    return "several workers need STUB_WINDOW, since each counts for itself"


PACKAGE: Package[Settings, Context] = Package(
    program="stub",
    adapters=(
        Adapter("stub-rest", "rest", "127.0.0.1", 8080),
        Adapter("stub-mcp", "mcp", "127.0.0.1", 9090),
        Adapter("stub-stdio", "mcp", "127.0.0.1", None),
    ),
    load_settings=load_settings,
    connect=Context,
    close=close,
    rest_app=rest_app,
    mcp_server=mcp_server,
    commands=COMMANDS,
    sandbox=make_sandbox,
    several_processes=several_processes,
    prefix="STUB",
)

if __name__ == "__main__":
    sys.exit(main(PACKAGE))
