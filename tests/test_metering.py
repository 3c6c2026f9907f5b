"""Numbers for Prometheus where no control adapter tells them, read by Prometheus' own parser."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from mcp import Client
from prometheus_client.parser import text_string_to_metric_families

from emitted import built, run, spec_of, write
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import Options

PACKAGE = "safeguards_capability"
PREFIX = "SAFEGUARDS_CAPABILITY"
BEARER = {"Authorization": "Bearer m4rker"}
TOKEN = {f"{PREFIX}_CALLER_TOKEN": "m4rker"}
PORTS = ("--port", "vault-rest=0", "--port", "vault-tools=0")
Samples = dict[tuple[str, ...], float]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("metrics")
    write(folder, built("safeguards").files)
    return folder


@dataclass
class Served:
    """A server's addresses, and the client that calls it."""

    session: aiohttp.ClientSession
    at: dict[str, str] = field(default_factory=dict)

    async def status(self, method: str, url: str, **options: object) -> int:
        async with self.session.request(method, url, **options) as answer:  # type: ignore[arg-type]
            await answer.read()
            return answer.status

    async def samples(self, **options: object) -> dict[str, Samples]:
        """The values of each metric by the values of its labels."""
        async with self.session.get(f"{self.at['metrics']}/metrics", **options) as page:  # type: ignore[arg-type]
            assert page.status == 200
            assert page.content_type == "text/plain"
            text = await page.text()
        assert "m4rker" not in text
        found: dict[str, Samples] = {}
        for family in text_string_to_metric_families(text):
            for one in family.samples:
                found.setdefault(one.name, {})[tuple(one.labels.values())] = one.value
        return found


@asynccontextmanager
async def serving(
    project: Path, *options: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Served]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PACKAGE, "serve", "--sandbox", *PORTS, *options),
        cwd=project,
        env={**os.environ, **(environment or {})},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        async with aiohttp.ClientSession() as session:
            served = Served(session)
            while len(served.at) < 3:
                line = (await process.stderr.readline()).decode()
                assert line, served.at
                if found := re.match(r"([a-z-]+): (http://[0-9.:]+)", line):
                    served.at[found[1]] = found[2]
            yield served
    finally:
        process.send_signal(signal.SIGTERM)
        await process.communicate()
    assert process.returncode == 0


def test_what_is_asked_for_is_counted(project: Path) -> None:
    async def test() -> None:
        async with serving(project, "--metrics", "0") as served:
            rest = served.at["vault-rest"]
            for method, path, status in (
                ("GET", "/boxes", 200),
                ("HEAD", "/boxes", 200),
                ("GET", "/boxes/m4rker?m4rker=1", 200),
                ("POST", "/searches", 200),
                ("GET", "/tidy", 200),
                ("PURGE", "/forward/m4rker", 404),
                ("GET", "/m4rker", 404),
                ("GET", "/health/live", 200),
            ):
                answered = await served.status(method, rest + path)
                assert answered == status, (method, path)
            async with Client(f"{served.at['vault-tools']}/mcp") as client:
                await client.call_tool("list-boxes", {})
                await client.call_tool("empty-box", {"box": "m4rker"})
                with pytest.raises(Exception, match="Unknown tool"):
                    await client.call_tool("m4rker", {})
            found = await served.samples()
        total = found["naftiko_request_total"]
        assert total == {
            ("rest", "/boxes GET", "200"): 2,
            ("rest", "/boxes/{box} GET", "200"): 1,
            ("rest", "/searches POST", "200"): 1,
            ("rest", "/tidy GET", "200"): 1,
            ("rest", "/forward/{path} *", "404"): 1,
            ("mcp", "list-boxes", "OK"): 1,
            ("mcp", "empty-box", "ERROR"): 1,
        }
        assert found["naftiko_request_duration_seconds_count"] == total
        failed = {("mcp", "empty-box", "handled_error"): 1}
        assert found["naftiko_request_errors_total"] == failed
        calls = found["naftiko_http_client_total"]
        assert {(method, status): n for (method, _, status), n in calls.items()} == {
            ("GET", "200"): 5,
            ("POST", "200"): 2,
            ("PURGE", "404"): 1,
        }
        assert found["naftiko_step_duration_seconds_count"] == {("call", "vault"): 2}
        assert found["naftiko_capability_active"] == {("Vault",): 1}

    asyncio.run(test())


def test_workers_are_added_up_and_the_refused_count(project: Path) -> None:
    async def test() -> None:
        values = {**TOKEN, f"{PREFIX}_METRICS_PORT": "0"}
        options = ("--workers", "2", "--read-only")
        async with serving(project, *options, environment=values) as served:
            rest, tools = served.at["vault-rest"], served.at["vault-tools"]
            for number in range(20):
                # A connection of its own each time, so that it reaches any worker.
                headers = {"Connection": "close", **(BEARER if number % 2 else {})}
                url = f"{rest}/boxes"
                answered = await served.status("GET", url, headers=headers)
                assert answered == (200 if number % 2 else 401)
            gone = await served.status("DELETE", f"{rest}/boxes/7", headers=BEARER)
            assert gone == 405
            assert await served.status("POST", f"{rest}/m4rker", json={}) == 401
            assert await served.status("POST", f"{tools}/mcp", json={}) == 401
            # Who asks callers asks Prometheus as well.
            assert await served.status("GET", f"{served.at['metrics']}/metrics") == 401
            for _ in range(6):
                headers = {"Connection": "close", **BEARER}
                samples = await served.samples(headers=headers)
                assert samples["naftiko_request_total"] == {
                    ("rest", "/boxes GET", "200"): 10,
                    ("rest", "/boxes GET", "401"): 10,
                    ("rest", "/{path} POST", "401"): 1,
                    ("mcp", "/mcp", "401"): 1,
                }
                assert samples["naftiko_capability_active"] == {("Vault",): 1}
                assert sum(samples["naftiko_http_client_total"].values()) == 10

    asyncio.run(test())


IMPORTED = """
import asyncio, sys
from safeguards_capability.__main__ import PACKAGE
from safeguards_capability.command import main
import safeguards_capability.command_serve as serving
async def done(*args, **more):
    for site in args[0]:
        await site.build(1)
serving.serve_sites = done
assert main(PACKAGE, ["serve", "--sandbox", *sys.argv[1:]]) == 0
own = {"control_metrics", "metering", "metrics", "observed_client", "peers", "telemetry"}
print(sorted(own & {name.rpartition(".")[2] for name in sys.modules}))
"""


def test_nothing_of_it_is_imported_unless_asked_for(project: Path) -> None:
    usual = run("-c", IMPORTED, *PORTS, cwd=project)
    assert usual.stdout.strip() == "[]", usual.stderr
    asked = run("-c", IMPORTED, *PORTS, "--metrics", "0", cwd=project)
    assert "metering" in asked.stdout, asked.stderr


@pytest.mark.parametrize(
    ("options", "environment", "status", "told"),
    [
        (["--metrics", "x"], {}, 64, "'x' is not a port"),
        (["--metrics-host", "::1"], {}, 64, "--metrics-host needs --metrics"),
        ([], {f"{PREFIX}_METRICS_PORT": "70000"}, 1, f"{PREFIX}_METRICS_PORT must be"),
    ],
)
def test_wrong_places_are_told(
    project: Path,
    options: list[str],
    environment: dict[str, str],
    status: int,
    told: str,
) -> None:
    done = run(
        *("-m", PACKAGE, "serve", *options), cwd=project, environment=environment
    )
    assert done.returncode == status
    assert told in done.stderr


def test_what_a_control_adapter_tells_is_not_told_twice() -> None:
    job = pipeline.Job(
        str(spec_of("management")), "made", options=Options(metrics=True)
    )
    package = pipeline.build(job, Report(), pipeline.Stages())
    assert package is not None
    for files in (package.files, built("kraken").files):
        assert not any(path.endswith("/metering.py") for path in files)
        assert b"METRICS_" not in files["README.md"]
