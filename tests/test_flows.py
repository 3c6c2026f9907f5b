"""Flows: what callers get of several calls, in which order these are made, and who is blamed."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from requests_seen import Emitted, imported

CREW = [{"id": "C1", "name": "Ann"}, {"id": 2, "name": "Bob"}, {"id": "2", "name": "B"}]
SHIP = {"name": "Titan", "crewIds": ["2", "C9"], "owner": {"id": 5.0}, "x": 1}
ANSWERS: Mapping[str, object] = {
    "/crew": CREW,
    "/ships/I1": SHIP,
    "/owners/5": {"name": "Eve", "tax": None},
    "/notes": {"id": 9},
}
OVERVIEW = "/ships/I1/overview"


@dataclass
class Registry:
    """An upstream whose answers a test decides; it notes when requests come and are answered."""

    answers: dict[str, object] = field(default_factory=lambda: dict(ANSWERS))
    statuses: dict[str, int] = field(default_factory=dict)
    #: Paths whose answers wait until the answers of others have been given.
    after: dict[str, str] = field(default_factory=dict)
    #: Paths whose answers wait until requests for others have come.
    until: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    bodies: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._changed = asyncio.Condition()

    async def _note(self, text: str) -> None:
        async with self._changed:
            self.log.append(text)
            self._changed.notify_all()

    async def _noted(self, text: str) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: text in self.log)

    async def answer(self, request: web.Request) -> web.Response:
        path = request.path
        await self._note(f"{request.method} {request.path_qs}")
        if request.can_read_body:
            self.bodies.append(await request.json())
        if path in self.until:
            await self._noted(self.until[path])
        if path in self.after:
            await self._noted(f"answered {self.after[path]}")
        status = self.statuses.get(path, 200)
        found = self.answers[path] if status < 400 else {"fault": path}
        await self._note(f"answered {path}")
        if isinstance(found, bytes):
            return web.Response(body=found, status=status)
        return web.json_response(found, status=status)

    @property
    def requests(self) -> list[str]:
        return [line for line in self.log if not line.startswith("answered")]


Answer = tuple[int, str, Mapping[str, str]]


@dataclass(frozen=True)
class Fleet:
    emitted: Emitted

    def _run(
        self, make: Callable[[Any, Any], Awaitable[Any]], setup: dict[str, Any]
    ) -> tuple[Any, Registry]:
        async def run() -> tuple[Any, Registry]:
            registry = Registry(**setup)
            server = TestServer(web.Application(), host="127.0.0.1")
            server.app.router.add_route("*", "/{path:.*}", registry.answer)
            async with server:
                base = str(server.make_url("")).rstrip("/")
                parts = self.emitted.parts
                values = {self.emitted.base_uri_variable: base}
                context = parts.connect(parts.load_settings(values))
                try:
                    async with asyncio.timeout(20):
                        return await make(parts, context), registry
                finally:
                    await parts.close(context)

        return asyncio.run(run())

    def route(
        self, method: str, path: str, options: Any = None, **setup: Any
    ) -> tuple[Answer, Registry]:
        async def make(parts: Any, context: Any) -> Answer:
            app = parts.rest_app("fleet-rest", context, False)
            async with TestClient(TestServer(app)) as client:
                answer = await client.request(method, path, **(options or {}))
                return answer.status, await answer.text(), answer.headers

        answer, registry = self._run(make, setup)
        return answer, registry

    def tool(
        self, arguments: Mapping[str, object], progress: Any = None, **setup: Any
    ) -> tuple[Any, Registry]:
        from mcp import Client

        async def make(parts: Any, context: Any) -> Any:
            async with Client(parts.mcp_server("fleet-mcp", context)) as client:
                return await client.call_tool(
                    "find-sailor", dict(arguments), progress_callback=progress
                )

        return self._run(make, setup)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with imported("orchestrated", tmp_path_factory.mktemp("fleet")) as package:
        yield Fleet(package)


# Answers


def test_results_are_projected_looked_up_and_mapped(fleet: Fleet) -> None:
    (status, text, headers), seen = fleet.route("GET", OVERVIEW)
    assert status == 200
    assert headers["Content-Type"] == "application/json"
    assert "X-Failed-Step" not in headers
    assert json.loads(text) == {
        "vessel": {"name": "Titan", "owner": "Eve"},
        "crew": [{"fullName": "Bob", "rank": None}],
    }
    assert sorted(seen.requests) == ["GET /crew", "GET /owners/5", "GET /ships/I1"]


def test_inputs_of_all_places_reach_the_steps(fleet: Fleet) -> None:
    options = {"headers": {"X-View": "full"}}
    (status, _, _), seen = fleet.route("GET", f"{OVERVIEW}?most=3", options)
    assert status == 200
    assert "GET /crew?limit=3" in seen.requests
    assert "GET /owners/5?view=v-full" in seen.requests


def test_what_is_not_found_is_left_out(fleet: Fleet) -> None:
    answers = {**ANSWERS, "/ships/I1": {"owner": {"id": 5}}, "/owners/5": []}
    (status, text, _), _ = fleet.route("GET", OVERVIEW, answers=answers)
    # A projected member is null when the upstream has none; a member of another step is not there.
    assert (status, json.loads(text)) == (200, {"vessel": {"name": None}})


def test_without_mappings_the_last_answer_comes_back(fleet: Fleet) -> None:
    (status, text, _), seen = fleet.route(
        "POST", "/notes", {"json": {"a": 1}}, answers={**ANSWERS, "/crew": [1, 2]}
    )
    assert (status, json.loads(text)) == (200, [1, 2])
    assert seen.requests == ["POST /notes", "GET /crew?limit=5"]
    assert seen.bodies == [{"text": "all", "about": {"a": 1}}]


def test_results_of_steps_fill_templates_and_bodies(fleet: Fleet) -> None:
    found = fleet.route("POST", "/ships/I1/notes", {"json": {"text": "hi"}})
    assert found[0][0] == 200
    assert found[1].bodies == [{"text": "hi (Titan)", "about": ["2", "C9"]}]


def test_a_tool_answers_with_the_results_that_it_names(fleet: Fleet) -> None:
    result, _ = fleet.tool({"imo": "I1", "id": 2})
    assert not result.is_error
    assert result.structured_content == {
        "ship": {"shipName": "Titan", "ids": ["2", "C9"], "owner": 5.0},
        "sailor": {"id": 2, "fullName": "Bob"},
    }


def test_an_input_that_is_missing_is_told_before_any_call(fleet: Fleet) -> None:
    result, seen = fleet.tool({"imo": "I1"})
    assert result.is_error
    assert "/id" in result.content[0].text
    assert seen.requests == []


# Failures


def test_a_failing_step_stops_the_flow_and_names_itself(fleet: Fleet) -> None:
    (status, text, headers), seen = fleet.route(
        "GET", OVERVIEW, statuses={"/ships/I1": 404}
    )
    assert (status, json.loads(text)) == (404, {"fault": "/ships/I1"})
    assert headers["X-Failed-Step"] == "ship"
    assert "GET /owners/5" not in seen.requests
    result, _ = fleet.tool({"imo": "I1", "id": 2}, statuses={"/crew": 503})
    assert result.is_error
    assert "the step crew failed" in result.content[0].text
    assert "503" in result.content[0].text


def test_an_answer_that_is_not_json_is_the_fault_of_its_step(fleet: Fleet) -> None:
    answers = {**ANSWERS, "/crew": b"<html>"}
    (status, text, headers), _ = fleet.route("GET", OVERVIEW, answers=answers)
    error = json.loads(text)["error"]
    assert (status, error["code"], error["step"]) == (502, "upstream_invalid", "crew")
    assert headers["X-Failed-Step"] == "crew"


def test_a_value_that_no_step_gave_is_the_fault_of_who_needs_it(fleet: Fleet) -> None:
    answers = {**ANSWERS, "/ships/I1": {"name": "Titan"}}
    (status, text, _), seen = fleet.route("GET", OVERVIEW, answers=answers)
    error = json.loads(text)["error"]
    assert (status, error["step"]) == (502, "owner")
    assert "'owner'" in error["message"]
    assert len(seen.requests) == 2


# Order


def test_independent_steps_run_at_the_same_time(fleet: Fleet) -> None:
    # The first answer is only given once the second request has come.
    answer, _ = fleet.route("GET", OVERVIEW, until={"/crew": "GET /ships/I1"})
    assert answer[0] == 200


@pytest.mark.parametrize("slow", ["/crew", "/ships/I1"])
@pytest.mark.parametrize(
    "failing",
    [
        # No sets: each process of the test run would print them in an order of its own.
        paths
        for count in range(3)
        for paths in itertools.combinations(("/crew", "/ships/I1"), count)
    ],
    ids=str,
)
def test_who_is_faster_changes_neither_result_nor_blame(
    fleet: Fleet, slow: str, failing: tuple[str, ...]
) -> None:
    fast = "/ships/I1" if slow == "/crew" else "/crew"
    statuses = dict.fromkeys(failing, 500)
    if slow == "/ships/I1" and "/crew" in failing:
        # The flow is over before the slow call is answered.
        (status, _, headers), _ = fleet.route("GET", OVERVIEW, statuses=statuses)
    else:
        (status, _, headers), _ = fleet.route(
            "GET", OVERVIEW, statuses=statuses, after={slow: fast}
        )
    # As if they were made one after the other: crew, then ship.
    blamed = "crew" if "/crew" in failing else "ship" if failing else None
    assert headers.get("X-Failed-Step") == blamed
    assert status == (500 if failing else 200)


@pytest.mark.parametrize("path", ["/ships/I1", "/crew"])
def test_nothing_is_changed_when_a_step_above_fails(fleet: Fleet, path: str) -> None:
    other = "/crew" if path == "/ships/I1" else "/ships/I1"
    after = {path: other} if path == "/crew" else {}
    (status, _, headers), seen = fleet.route(
        "POST",
        "/ships/I1/notes",
        {"json": {"text": "hi"}},
        statuses={path: 500},
        after=after,
    )
    assert status == 500
    assert headers["X-Failed-Step"] == {"/crew": "crew"}.get(path, "ship")
    assert "POST /notes" not in seen.requests


def test_what_is_read_below_a_change_is_read_after_it(fleet: Fleet) -> None:
    _, seen = fleet.route("POST", "/ships/I1/notes", {"json": {"text": "hi"}})
    assert set(seen.requests[:2]) == {"GET /ships/I1", "GET /crew"}
    assert seen.log.index("POST /notes") > seen.log.index("answered /crew")
    assert seen.log[-4:] == [
        "POST /notes",
        "answered /notes",
        "GET /ships/I1",
        "answered /ships/I1",
    ]


def test_a_change_that_failed_is_not_followed_by_anything(fleet: Fleet) -> None:
    (status, _, headers), seen = fleet.route(
        "POST", "/ships/I1/notes", {"json": {"text": "hi"}}, statuses={"/notes": 409}
    )
    assert (status, headers["X-Failed-Step"]) == (409, "note")
    assert seen.requests[-1] == "POST /notes"


# Progress


def test_steps_report_progress_to_who_asked_for_it(fleet: Fleet) -> None:
    told: list[tuple[float, float | None, str | None]] = []

    async def progress(done: float, total: float | None, message: str | None) -> None:
        told.append((done, total, message))

    result, _ = fleet.tool({"imo": "I1", "id": 2}, progress)
    assert not result.is_error
    assert told == [(1, 2, "ship"), (2, 2, "crew")]
