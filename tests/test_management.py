"""Management of a running package: health, metrics of all workers, traces, logs, export."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from prometheus_client.parser import text_string_to_metric_families

from emitted import GOLDEN, built, run, write
from naftiko_gen import lock, pipeline
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.options import Options

TOKEN = "tok/5551 2349876"
TRACE = "0af7651916cd43dd8448eb211c80319c"
B3 = {"X-B3-TraceId": TRACE, "X-B3-SpanId": "b7ad6b7169203331", "X-B3-Sampled": "1"}
ADAPTERS = ("control", "depot-api", "depot-tools", "depot-skills")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("management")
    package = built("management")
    write(folder, {**package.files, lock.NAME: package.lock.encode()})
    return folder


@dataclass
class Collector:
    """A collector of OpenTelemetry on loopback, and an upstream."""

    spans: list[Any] = field(default_factory=list)
    services: set[str] = field(default_factory=set)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    async def export(self, request: web.Request) -> web.Response:
        message = ExportTraceServiceRequest.FromString(await request.read())
        for resource in message.resource_spans:
            for one in resource.resource.attributes:
                if one.key == "service.name":
                    self.services.add(one.value.string_value)
            self.spans += [s for scope in resource.scope_spans for s in scope.spans]
        return web.Response(body=b"", content_type="application/x-protobuf")

    async def parcel(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        status = 500 if request.match_info["number"] == "500" else 200
        return web.json_response({"number": 1, "next": "8"}, status=status)


@dataclass
class Running:
    """A package that runs, and where its adapters listen."""

    addresses: Mapping[str, str]
    collector: Collector
    session: ClientSession

    async def get(self, adapter: str, path: str, **options: Any) -> tuple[int, Any]:
        url = f"{self.addresses[adapter]}{path}"
        async with self.session.get(url, **options) as answer:
            text = await answer.text()
            json_ = answer.content_type == "application/json"
            return answer.status, json.loads(text) if json_ else text

    async def tool(self) -> Any:
        call = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": "get-parcel", "arguments": {"number": "7"}},
        }
        accept = {"Accept": "application/json, text/event-stream", **B3}
        url = f"{self.addresses['depot-tools']}/mcp"
        async with self.session.post(url, json=call, headers=accept) as answer:
            return await answer.json()

    async def samples(self) -> dict[str, dict[tuple[str, ...], float]]:
        """The values of each metric by the values of its labels."""
        status, text = await self.get("control", "/metrics")
        assert status == 200
        found: dict[str, dict[tuple[str, ...], float]] = {}
        for family in text_string_to_metric_families(text):
            for sample in family.samples:
                labels = tuple(sample.labels.values())
                found.setdefault(sample.name, {})[labels] = sample.value
        return found


@asynccontextmanager
async def served(project: Path, *arguments: str) -> AsyncIterator[Running]:
    """The package as a process, until the end of the block; nothing that it wrote leaks."""
    collector = Collector()
    app = web.Application()
    app.router.add_post("/v1/traces", collector.export)
    app.router.add_get("/parcels/{number}", collector.parcel)
    app.router.add_get("/doors/{number}", collector.parcel)
    async with TestServer(app, host="127.0.0.1") as server, ClientSession() as session:
        address = str(server.make_url("")).rstrip("/")
        ports = [part for name in ADAPTERS for part in ("--port", f"{name}=0")]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "management_capability", "serve", *ports),
            *arguments,
            cwd=project,
            env={
                **os.environ,
                "PYTHONPATH": str(project),
                "LOG_LEVEL": "DEBUG",
                "DEPOT_TOKEN": TOKEN,
                "DEPOT_BASE_URI": address,
                "COLLECTOR_HOST": "collector.invalid",
                "OTEL_EXPORTER_OTLP_ENDPOINT": address,
                "OTEL_BSP_SCHEDULE_DELAY": "100",
            },
            stderr=asyncio.subprocess.PIPE,
        )
        assert process.stderr is not None
        lines: list[str] = []
        addresses: dict[str, str] = {}
        async with asyncio.timeout(30):
            while len(addresses) < len(ADAPTERS):
                line = (await process.stderr.readline()).decode()
                assert line, "".join(lines)
                lines.append(line)
                found = re.match(r"([a-z-]+): (http://[0-9.:]+)", line)
                if found and found.group(1) in ADAPTERS:
                    addresses[found.group(1)] = found.group(2)
        reading = asyncio.create_task(process.stderr.read())
        try:
            yield Running(addresses, collector, session)
        finally:
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(30):
                written = "".join(lines) + (await reading).decode()
                status = await process.wait()
        assert status == 0, written
        assert TOKEN not in written


def test_one_process(project: Path) -> None:
    asyncio.run(_one_process(project))


async def _one_process(project: Path) -> None:
    async with served(project) as running:
        api = "depot-api"
        assert (await running.get("control", "/health/live"))[1] == {"status": "UP"}
        status, ready = await running.get("control", "/health/ready")
        assert (status, ready["status"]) == (200, "UP")
        assert [(a["type"], a["state"]) for a in ready["adapters"]] == [
            ("rest", "started"),
            ("mcp", "started"),
            ("skill", "started"),
        ]
        assert running.addresses[api].endswith(f":{ready['adapters'][0]['port']}")

        assert (await running.get(api, "/parcels/7", headers=B3))[0] == 200
        assert (await running.get(api, "/parcels/500", headers=B3))[0] == 500
        assert (await running.get(api, "/door", headers=B3))[0] == 200
        assert (await running.get(api, "/nowhere"))[0] == 404
        assert "error" not in await running.tool()
        for path in ("/parcels/7/next", "/parcels/7/last", "/parcels/500/last"):
            status = 500 if "500" in path else 200
            assert (await running.get(api, path, headers=B3))[0] == status
        assert (await running.get("depot-skills", "/skills"))[0] == 200
        await _metrics(running)
        await _traces(running)
        await _logs(running)
        _, about = await running.get("control", "/status")
        assert about["capability"] == {"label": "Depot", "specVersion": "1.0.0-alpha2"}
        assert about["otel"] == {"status": "active"}
        assert re.fullmatch(r"PT[0-9.]+S", about["uptime"])
        assert about["adapters"][-1]["type"] == "control"
        assert (await running.get("control", "/nowhere"))[0] == 404
        collector = running.collector
    # All of it was exported by the end.
    names = [span.name for span in collector.spans]
    assert collector.services == {"naftiko-Depot"}
    assert names.count("http.client.GET") == 9
    assert {"rest.request", "mcp.request", "mcp.tool"} <= set(names)
    sampled = [span for span in collector.spans if span.trace_id.hex() == TRACE]
    exported = b"".join(span.SerializeToString() for span in collector.spans)
    assert TOKEN.encode() not in exported
    assert quote(TOKEN, safe="").encode() not in exported
    assert b"/doors/***" in exported
    server = next(span for span in sampled if span.name == "rest.request")
    assert server.parent_span_id.hex() == "b7ad6b7169203331"
    steps = [span for span in sampled if span.name == "step.call"]
    shown = [{a.key: a.value for a in span.attributes} for span in steps]
    assert [one["naftiko.step.index"].int_value for one in shown] == [0, 1]
    assert shown[0]["naftiko.step.call"].string_value == "depot.get-parcel"
    functions = [span for span in sampled if span.name == "aggregate.function"]
    assert [span.status.code for span in functions] == [0, 2]
    for span in functions:
        (ref,) = span.attributes
        assert ref.key == "naftiko.aggregate.ref"
        assert ref.value.string_value == "parcels.last"
        # The upstream's call is a part of it.
        assert span.span_id in {
            s.parent_span_id for s in sampled if s.name == "http.client.GET"
        }
    # The upstream was told of the trace, and got the credential that it asks for.
    assert {headers["x-b3-traceid"] for headers in collector.headers} == {TRACE}
    assert collector.headers[0]["Authorization"] == f"Bearer {TOKEN}"


async def _metrics(running: Running) -> None:
    found = await running.samples()
    route, tool = "/parcels/{number} GET", "get-parcel"
    assert found["naftiko_request_total"] == {
        ("rest", route, "200"): 1,
        ("rest", route, "500"): 1,
        ("rest", "/parcels/{number}/next GET", "200"): 1,
        ("rest", "/parcels/{number}/last GET", "200"): 1,
        ("rest", "/parcels/{number}/last GET", "500"): 1,
        ("rest", "/door GET", "200"): 1,
        ("mcp", tool, "OK"): 1,
        ("skill", "/skills", "200"): 1,
    }
    counts = found["naftiko_request_duration_seconds_count"]
    assert counts == found["naftiko_request_total"]
    calls = found["naftiko_http_client_total"]
    assert calls == {("GET", "127.0.0.1", "200"): 6, ("GET", "127.0.0.1", "500"): 2}
    assert found["naftiko_step_duration_seconds_count"] == {("call", "depot"): 2}
    assert found["naftiko_capability_active"] == {("Depot",): 1}
    assert "naftiko_request_errors_total" not in found


async def _traces(running: Running) -> None:
    _, listed = await running.get("control", "/traces?operation=rest&status=error")
    assert len(listed["traces"]) == 2
    trace = listed["traces"][0]
    assert (trace["operation"], trace["status"]) == ("rest.request", "ERROR")
    assert listed["bufferSize"] == 50
    _, found = await running.get("control", f"/traces/{trace['traceId']}")
    assert {span["kind"] for span in found["spans"]} <= {"CLIENT", "SERVER", "INTERNAL"}
    status, text = await running.get("control", "/traces/none")
    assert (status, text) == (404, {"error": "Trace not found: none"})


async def _logs(running: Running) -> None:
    url = f"{running.addresses['control']}/logs"
    async with running.session.get(f"{url}/stream") as first:
        assert first.content_type == "text/event-stream"
        async with running.session.get(f"{url}/stream"):
            status, refused = await running.get("control", "/logs/stream")
            assert (status, refused["error"]["code"]) == (503, "too_many_subscribers")
        await running.get("depot-api", "/parcels/500", headers=B3)
        async with asyncio.timeout(10):
            while b"-> 500" not in await first.content.readline():
                pass
    _, found = await running.get("control", "/logs?level=warning&limit=5")
    assert any("-> 500" in line["message"] for line in found["lines"])
    assert TOKEN not in json.dumps((await running.get("control", "/logs"))[1])
    assert (await running.get("control", "/logs?level=loud"))[0] == 400
    assert (await running.get("control", "/logs?limit=-1"))[0] == 400
    async with running.session.put(f"{url}/level", json={"level": "info"}) as answer:
        assert await answer.json() == {"level": "INFO"}
    async with running.session.put(f"{url}/level", json={"level": 1}) as answer:
        assert answer.status == 400
    assert (await running.get("control", "/logs/level"))[1] == {"level": "INFO"}


def test_several_workers_tell_one_story(project: Path) -> None:
    asyncio.run(_workers(project))


async def _workers(project: Path) -> None:
    async with served(project, "--workers", "2") as running:
        for _ in range(20):
            # A connection of its own, so that both workers get some.
            async with ClientSession() as session:
                url = f"{running.addresses['depot-api']}/parcels/1"
                async with session.get(url, headers=B3) as answer:
                    assert answer.status == 200
        for _ in range(4):
            async with ClientSession() as session:
                running.session = session
                found = await running.samples()
                label = ("rest", "/parcels/{number} GET", "200")
                assert found["naftiko_request_total"] == {label: 20}
                assert found["naftiko_capability_active"] == {("Depot",): 1}
                _, listed = await running.get("control", "/traces")
                assert listed["bufferUsed"] == 20


def test_spans_are_an_extra(project: Path) -> None:
    """Without the SDK there are metrics, and `/traces` says what is missing."""
    script = """
import sys
sys.modules["opentelemetry.sdk"] = None
import asyncio
from aiohttp.test_utils import TestClient, TestServer
from management_capability import parts
async def main():
    settings = parts.load_settings(
        {"DEPOT_TOKEN": "t-1", "COLLECTOR_HOST": "c", "OTEL_TRACES_EXPORTER": "none"}
    )
    context = parts.connect(settings)
    app = parts.rest_app("control", context, False)
    async with TestClient(TestServer(app)) as client:
        for path in ("/traces", "/traces/x", "/metrics", "/status"):
            answer = await client.get(path)
            print(answer.status, (await answer.text()).splitlines()[-1])
    await parts.close(context)
asyncio.run(main())
"""
    done = run("-c", script, cwd=project, search=[str(project)])
    assert done.returncode == 0, done.stderr
    traces, trace, metrics, status = done.stdout.splitlines()
    missing = "OpenTelemetry is not active. Traces require the OTel SDK"
    assert traces.startswith("503 ") and missing in traces and missing in trace
    assert metrics == '200 naftiko_capability_active{naftiko_capability="Depot"} 1'
    assert '"otel":{"status":"inactive"}' in status


def test_who_asks_for_nothing_imports_nothing() -> None:
    """A package without a control adapter holds no module of what is observed."""
    watched = {
        *("telemetry", "tracing", "metrics", "peers", "running", "observing", "otlp"),
        *("control_support", "observed_client", "mcp_observed", "recent_logs"),
    }
    for case in ("kraken", "skills", "several-adapters"):
        names = {Path(path).stem for path in built(case).files}
        assert not names & watched
        text = built(case).files["pyproject.toml"].decode()
        assert "opentelemetry" not in text


SCRIPTED = """
    - type: control
      port: 9190
      management:
        scripting:
          enabled: true
          defaultLocation: file:///scripts
          timeout: 2000
          allowedLanguages: [python]
"""


def test_scripts_are_told_of_and_can_be_switched_off(tmp_path: Path) -> None:
    case = GOLDEN / "scripts"
    shutil.copytree(case / "scripts", tmp_path / "scripts")
    text = (case / "capability.yaml").read_text("utf-8")
    spec = tmp_path / "spec.yaml"
    python, _, _ = text.partition("    - type: mcp\n")
    spec.write_text(python + SCRIPTED.removeprefix("\n"), "utf-8")
    job, report = (
        pipeline.Job(str(spec), "ranked", options=Options(allow_scripts=True)),
        Report(),
    )
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    folder = tmp_path / "out"
    write(folder, package.files)
    done = run("-c", RANKED, cwd=folder, search=[str(folder)])
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    before, ranked, after, bad, unchanged, off, refused, samples = lines
    settled = {"enabled": True, "defaultLocation": "file:///scripts", "timeout": 2000}
    assert settled.items() <= before.items()
    assert before["statementLimit"] == 100_000
    assert before["allowedLanguages"] == ["python"]
    assert before["stats"]["totalExecutions"] == 0
    assert "best" in ranked
    assert after["stats"]["totalExecutions"] == 1
    assert after["stats"]["averageDurationMs"] > 0
    assert "'timeout' must be an integer" in bad["error"]["message"]
    assert unchanged["enabled"] is True, "nothing of a bad document sticks"
    assert off["enabled"] is False
    assert refused["error"]["code"] == "scripts_disabled"
    assert samples["script"] is True


RANKED = """
import asyncio, json
from aiohttp.test_utils import TestClient, TestServer
from ranked_capability import parts
from ranked_capability.sandbox import SandboxOptions
async def main():
    sandbox = parts.sandbox(SandboxOptions())
    await sandbox.start()
    context = parts.connect(parts.load_settings(sandbox.environment))
    control = TestClient(TestServer(parts.rest_app("control", context, False)))
    api = TestClient(TestServer(parts.rest_app("ranking", context, False)))
    async with control, api:
        async def show(client, method, path, **more):
            answer = await client.request(method, path, **more)
            print(json.dumps(await answer.json()))
        await show(control, "GET", "/scripting")
        await show(api, "GET", "/ranking?limit=3")
        await show(control, "GET", "/scripting")
        for timeout in (10**400, 0):
            wrong = {"enabled": False, "timeout": timeout}
            answer = await control.put("/scripting", json=wrong)
            assert answer.status == 400, answer.status
        await show(control, "PUT", "/scripting", json=wrong)
        await show(control, "GET", "/scripting")
        await show(control, "PUT", "/scripting", json={"enabled": "false"})
        await show(api, "GET", "/ranking?limit=3")
        text = await (await control.get("/metrics")).text()
        print(json.dumps({"script": 'step_type="script"' in text}))
    await parts.close(context)
    await sandbox.stop()
asyncio.run(main())
"""
