"""Script steps in servers that run: results in mappings and later steps, failures, limits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from mcp import Client

from emitted import GOLDEN, built, read, write
from naftiko_gen import pipeline
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.options import Options

SHIPS = [{"name": "Ada", "length": 40}, {"name": "Bea", "length": 90}]


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


@contextlib.asynccontextmanager
async def served(folder: Path) -> AsyncIterator[tuple[str, str, list[str]]]:
    """The addresses of the emitted servers, and what their upstream was asked."""
    seen: list[str] = []

    async def upstream(request: web.BaseRequest) -> web.Response:
        asked = f"{request.method} {request.raw_path} {await request.text()}"
        seen.append(asked.rstrip())
        return web.json_response(SHIPS if request.method == "GET" else {"booked": 1})

    runner = web.ServerRunner(web.Server(upstream))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = runner.addresses[0]
    rest, mcp = port(), port()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scripts_capability", "serve"),
        *("--port", f"ranking={rest}", "--port", f"ranking-tools={mcp}"),
        cwd=folder,
        env={**os.environ, "SHIPS_BASE_URI": f"http://127.0.0.1:{address[1]}"},
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await up(rest)
        await up(mcp)
        yield f"http://127.0.0.1:{rest}", f"http://127.0.0.1:{mcp}/mcp", seen
    finally:
        process.terminate()
        await process.wait()
        await runner.cleanup()


async def up(number: int) -> None:
    """Wait until a server answers at the port."""
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{number}/health/live"):
                    return
            await asyncio.sleep(0.05)


async def get(address: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, json.loads(await answer.text() or "null")


def package(folder: Path, script: str) -> None:
    """The package of the golden case with another ranking script."""
    write(folder / "spec", read(GOLDEN / "scripts"))
    spec = folder / "spec" / "capability.yaml"
    (folder / "spec" / "scripts" / "rank.py").write_text(script, "utf-8")
    report = Report()
    job = pipeline.Job(str(spec), "scripts", options=Options(allow_scripts=True))
    found = pipeline.build(job, report, pipeline.Stages())
    assert found is not None, render_text(report, report.texts)
    write(folder / "package", found.files)


def test_results_reach_the_answer_and_later_steps(tmp_path: Path) -> None:
    write(tmp_path, built("scripts").files)

    async def drive() -> None:
        async with served(tmp_path) as (rest, mcp, seen):
            assert await get(f"{rest}/ranking?limit=1") == (
                200,
                {"best": [{"name": "Bea", "size": 180}], "note": "at most 1"},
            )
            status, answer = await get(f"{rest}/ranking")
            assert (status, [row["name"] for row in answer["best"]]) == (
                200,
                ["Bea", "Ada"],
            )
            # Steps that call nothing answer with their mappings, or with nothing.
            seen.clear()
            size = await get(f"{rest}/sizes/L")
            assert (size, seen) == ((200, {"size": {"limit": 400}}), [])
            assert (await get(f"{rest}/sizes/M"))[0] == 204
            async with Client(mcp) as client:
                result = await client.call_tool("book-longest", {})
            assert not result.is_error
            assert result.structured_content == {"booked": 1}
            assert seen == ["GET /ships", 'POST /ships {"ship":"Bea"}']

    asyncio.run(drive())


def test_a_failing_script_names_its_step(tmp_path: Path) -> None:
    package(tmp_path, "ships = context['ships']\nresult = ships[5]")

    async def drive() -> None:
        async with served(tmp_path / "package") as (rest, _, _):
            status, answer = await get(f"{rest}/ranking")
        assert status == 400
        assert answer["error"] == {
            "code": "script_failed",
            "message": "Script step 'rank' failed: IndexError: list index out of range"
            " (scripts/rank.py, line 2)",
            "step": "rank",
        }

    asyncio.run(drive())


def test_a_looping_script_does_not_hold_the_server_up(tmp_path: Path) -> None:
    package(tmp_path, "n = 0\nwhile True:\n    n += 1")

    async def drive() -> None:
        async with served(tmp_path / "package") as (rest, _, _):
            loops = [asyncio.ensure_future(get(f"{rest}/ranking")) for _ in range(3)]
            await asyncio.sleep(0)
            assert (await get(f"{rest}/health/live"))[0] == 200
            for status, answer in await asyncio.gather(*loops):
                assert status == 400
                assert answer["error"]["message"] == (
                    "Script step 'rank' exceeded the statement limit (100000)"
                )

    asyncio.run(drive())


def test_the_switch_is_an_option_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "specs", read(GOLDEN / "scripts"))
    monkeypatch.chdir(tmp_path)
    spec = "specs/capability.yaml"
    assert run(["build", spec]) == 1
    assert "error[E311]" in capsys.readouterr().err
    assert run(["build", spec, "--allow-scripts"]) == 0
    assert run(["check", spec, "--allow-scripts"]) == 0
    assert run(["diff", spec, "--allow-scripts"]) == 0
    assert run(["check", spec]) == 1
    written = json.loads(Path("generated/capability/naftiko-gen.lock").read_text())
    assert written["options"] == {"allow-scripts": "true", "name": "capability"}
    assert "scripts/rank.py" in written["files"]
    Path("specs/scripts/rank.py").write_text("result = 1", encoding="utf-8")
    assert run(["check", spec, "--allow-scripts"]) == 2


def test_dependencies_are_declared_where_they_are_used(tmp_path: Path) -> None:
    assert b"quickjs-ng" in built("scripts").files["pyproject.toml"]
    assert b"quickjs" not in built("orchestrated").files["pyproject.toml"]
    assert not [path for path in built("orchestrated").files if "script" in path]


def test_javascript_is_parsed_when_the_package_is_built(tmp_path: Path) -> None:
    write(tmp_path, read(GOLDEN / "scripts"))
    script = tmp_path / "scripts" / "longest.js"
    script.write_text("} while (true) {} function x() {\n", "utf-8")
    report = Report()
    job = pipeline.Job(
        str(tmp_path / "capability.yaml"),
        "scripts",
        options=Options(allow_scripts=True),
    )
    assert pipeline.build(job, report, pipeline.Stages()) is None
    [error] = report.errors
    assert (error.code, error.span.file) == ("E314", str(script))
    assert (error.span.start.line, error.span.start.column) == (1, 3)
