"""Every operation over REST, and every tool over HTTP and stdio in both revisions.

krakenex and ccxt judge each request, so what is accepted here is signed well.
"""

from __future__ import annotations

import asyncio
import functools
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from e2e.cases import CASES, Case, path
from e2e.clients import ERAS, call, post, text
from e2e.servers import (
    BASE_URI,
    CREDENTIALS,
    LIMIT,
    OTP,
    PROJECT,
    Server,
    command,
    environment,
    leaks,
    serve,
)
from e2e.upstreams import in_thread, kraken
from independent_upstream import PREFIX, IndependentKraken

ROOT = PROJECT.parents[1]
SPEC = ROOT / "specs" / "kraken.yaml"
PROFILE = ROOT / "generator" / "naftiko_gen" / "providers" / "api.kraken.com.yaml"


@pytest.fixture(scope="module")
def upstream() -> Iterator[IndependentKraken]:
    with in_thread(kraken()) as running:
        yield running


@pytest.fixture(scope="module")
def server(upstream: IndependentKraken) -> Iterator[Server]:
    with serve(environ={**CREDENTIALS, BASE_URI: upstream.base_url}) as running:
        yield running


def expected(case: Case) -> dict[str, object]:
    return {
        "error": [],
        "result": {"path": PREFIX + case.upstream, "fields": case.fields},
    }


def check_request(upstream: IndependentKraken, case: Case, before: int) -> None:
    """One request more, accepted, with the one-time password of the key."""
    (request,) = upstream.requests[before:]
    assert request.error is None
    assert request.path == PREFIX + case.upstream
    assert request.fields["otp"] == OTP


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.route)
def test_rest(server: Server, upstream: IndependentKraken, case: Case) -> None:
    before = len(upstream.requests)
    answer = post(server.rest + path(case), case.body)
    assert (answer.status, answer.document) == (200, expected(case))
    assert answer.headers["Content-Type"].startswith("application/json")
    check_request(upstream, case, before)


@pytest.mark.parametrize("place", ["/mcp", "/"])
@pytest.mark.parametrize("mode", ERAS)
def test_tools_over_http(
    server: Server, upstream: IndependentKraken, mode: str, place: str
) -> None:
    async def scene() -> None:
        async with Client(server.mcp + place, mode=mode) as client:
            await check_tools(client, upstream, ERAS[mode])

    asyncio.run(asyncio.wait_for(scene(), LIMIT))


@pytest.mark.parametrize("mode", ERAS)
def test_tools_over_stdio(upstream: IndependentKraken, mode: str) -> None:
    executable, *arguments = command("stdio")
    variables = {**CREDENTIALS, BASE_URI: upstream.base_url}
    parameters = StdioServerParameters(
        command=executable, args=arguments, env=environment(variables)
    )
    with tempfile.TemporaryFile("w+") as log:

        async def scene() -> None:
            async with Client(stdio_client(parameters, log), mode=mode) as client:
                await check_tools(client, upstream, ERAS[mode])

        asyncio.run(asyncio.wait_for(scene(), LIMIT))
        log.seek(0)
        written = log.read()
    assert "DEBUG" in written, "the log would show what it must not show"
    assert leaks(written) == []


async def check_tools(client: Client, upstream: IndependentKraken, era: str) -> None:
    assert client.protocol_version == era
    listed = (await client.list_tools()).tools
    shown = [tool.model_dump(by_alias=True, exclude_none=True) for tool in listed]
    assert [(tool["name"], tool["inputSchema"]) for tool in shown] == [
        (case.tool, tool_schema(case)) for case in CASES
    ]
    hints = {tool["name"]: dict(tool["annotations"]) for tool in shown}
    assert [hints[name].pop("title") for name in hints] == [
        tool["title"] for tool in shown
    ]
    assert hints == spec_hints()
    for case in CASES:
        before = len(upstream.requests)
        result = await call(client, case.tool, case.body)
        assert not result.is_error, text(result)
        assert json.loads(text(result)) == expected(case)
        assert result.structured_content == expected(case)
        check_request(upstream, case, before)


def tool_schema(case: Case) -> dict[str, object]:
    """The schema of a tool's arguments, from the provider profile itself."""
    body = body_schema(case)
    schema: dict[str, object] = {
        "type": "object",
        "properties": {"body": body},
        "additionalProperties": False,
    }
    return schema | ({"required": ["body"]} if "required" in body else {})


def body_schema(case: Case) -> dict[str, Any]:
    operation = read(PROFILE)["operations"][f"POST {PREFIX}{case.upstream}"]
    schema: dict[str, Any] = operation["requestBody"]
    return schema


@functools.cache
def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def spec_hints() -> dict[str, dict[str, bool]]:
    """The annotations that the capability's hints mean, all four spelled out."""
    exposes = read(SPEC)["capability"]["exposes"]
    (adapter,) = (exposed for exposed in exposes if exposed["type"] == "mcp")
    return {
        tool["name"]: {
            "readOnlyHint": tool["hints"]["readOnly"],
            "destructiveHint": tool["hints"]["destructive"],
            "idempotentHint": tool["hints"]["idempotent"],
            # The capability calls an API of somebody else.
            "openWorldHint": True,
        }
        for tool in adapter["tools"]
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.route)
def test_the_contracts_allow_what_is_sent(case: Case) -> None:
    contract = json.loads((PROJECT / "openapi.json").read_text(encoding="utf-8"))
    told = contract["paths"][path(case)]["post"]["requestBody"]
    schema = told["content"]["application/json"]["schema"]
    assert set(schema["properties"]) == set(body_schema(case)["properties"])
    assert told.get("required", False) is ("required" in body_schema(case))
    for document in (schema, body_schema(case)):
        Draft202012Validator.check_schema(document)
        if case.body is not None:
            Draft202012Validator(document).validate(case.body)
