"""The helpers of flows: who is blamed, what is converted, what an answer is made of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from static import steps
from static.errors import CallError
from static.json_values import MISSING
from static.progress import progress, reporting
from static.reply import Failure, JsonValue, Reply


async def give(reply: Reply) -> Reply:
    return reply


async def fail() -> Reply:
    raise CallError(504, "upstream_timeout", "too late")


def good(body: bytes = b"{}") -> Reply:
    return Reply(200, body, "application/json")


def test_a_good_answer_is_told_as_progress() -> None:
    told: list[tuple[float, float, str]] = []

    async def report(done: float, total: float, message: str) -> None:
        told.append((done, total, message))

    async def run() -> Reply:
        with reporting(report):
            return await steps.step("a", give(good()), 1, 2)

    assert asyncio.run(run()) == good()
    assert told == [(1, 2, "a")]
    asyncio.run(progress(1, 2, "nobody listens"))
    assert told == [(1, 2, "a")]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404, b"x", "text/plain", None, 3.0),
        Reply(200, b"{}", "application/json", Failure(429, "rate_limit", ("slow",))),
    ],
    ids=["status", "in-band"],
)
def test_a_failure_is_the_answer_with_the_name_of_its_step(reply: Reply) -> None:
    with pytest.raises(steps.StepFailed) as failed:
        asyncio.run(steps.step("a", give(reply), 1, 1))
    assert failed.value.reply == reply._replace(step="a")


def test_a_number_longer_than_python_reads_is_refused() -> None:
    with pytest.raises(CallError, match="is not a number") as caught:
        steps.as_integer("a", "1" * 5000)
    assert caught.value.status == 502
    assert steps.as_integer("a", "-12") == -12


def test_an_error_of_ours_gets_the_name_of_its_step() -> None:
    with pytest.raises(CallError) as raised:
        asyncio.run(steps.step("a", fail(), 1, 1))
    assert raised.value.step == "a"
    document: Any = raised.value.document()
    assert document["error"]["step"] == "a"
    with pytest.raises(CallError) as raised:
        steps.found("b", good(b"<html>"))
    assert (raised.value.status, raised.value.step) == (502, "b")
    assert steps.found("b", good(b"")) is None


def test_what_was_started_is_cancelled_when_a_step_fails() -> None:
    ended: list[str] = []

    async def slow() -> Reply:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("slow")
        raise AssertionError("it waits for ever")

    async def run() -> None:
        async with steps.Started() as started:
            started.call(slow)
            started.call(fail)
            await asyncio.sleep(0)
            await steps.step("a", give(Reply(500, b"", "text/plain")), 1, 3)

    with pytest.raises(steps.StepFailed):
        asyncio.run(run())
    assert ended == ["slow"]


def test_what_goes_wrong_at_the_start_is_raised_where_it_is_awaited() -> None:
    def make() -> Any:
        raise CallError(502, "upstream_invalid", "nothing to call with")

    async def run() -> str:
        async with steps.Started() as started:
            call = started.call(make)
            await steps.step("a", give(good()), 1, 2)
            try:
                await steps.step("b", call, 2, 2)
            except CallError as error:
                return error.step
        return ""

    assert asyncio.run(run()) == "b"


def test_outputs_are_taken_from_each_row_of_a_list() -> None:
    def outputs(row: JsonValue) -> JsonValue:
        return {"n": row.get("name") if isinstance(row, dict) else None}

    rows: JsonValue = [{"id": 1, "name": "Ann"}, "x"]
    assert steps.projected(rows, outputs) == [
        {"id": 1, "name": "Ann", "n": "Ann"},
        {"n": None},
    ]
    assert steps.projected({"id": 1, "name": "Ann"}, outputs) == {"n": "Ann"}


def test_targets_nest_and_leave_out_what_is_missing() -> None:
    assert steps.targets((("a", "b"), 1), (("a", "c"), None), (("d",), MISSING)) == {
        "a": {"b": 1, "c": None}
    }
    assert steps.targets((("d",), MISSING)) is None
    assert steps.stored(None) is MISSING
    assert steps.stored([]) == []
    assert steps.within({"a": {"b": 1}}, "a", "b") == 1
    assert steps.within({"a": []}, "a", "b") is None


@pytest.mark.parametrize(
    ("convert", "value", "result"),
    [
        (steps.as_text, 5.0, "5"),
        (steps.as_text, True, "true"),
        (steps.as_text, None, None),
        (steps.as_integer, "-7", -7),
        (steps.as_integer, 7.0, 7),
        (steps.as_integer, None, None),
        (steps.as_number, "1.5", 1.5),
        (steps.as_number, 2, 2),
        (steps.as_boolean, "false", False),
        (steps.as_boolean, True, True),
        (steps.as_list, [1], [1]),
        (steps.as_object, {"a": 1}, {"a": 1}),
    ],
)
def test_values_in_the_type_of_a_parameter(
    convert: Callable[[str, JsonValue], JsonValue], value: JsonValue, result: JsonValue
) -> None:
    found = convert("a", value)
    assert found == result
    assert type(found) is type(result)


@pytest.mark.parametrize(
    ("convert", "value"),
    [
        (steps.as_text, []),
        (steps.as_integer, 7.5),
        (steps.as_integer, "x"),
        (steps.as_integer, True),
        (steps.as_number, "nan"),
        (steps.as_number, {}),
        (steps.as_boolean, 1),
        (steps.as_list, {}),
        (steps.as_object, "x"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    convert: Callable[..., JsonValue], value: JsonValue
) -> None:
    with pytest.raises(CallError) as raised:
        convert("a", value)
    assert (raised.value.status, raised.value.step) == (502, "a")
    with pytest.raises(CallError) as raised:
        convert("a", value, 400)
    assert (raised.value.status, raised.value.code) == (400, "invalid_input")


def test_a_value_that_nothing_gave_is_named() -> None:
    assert steps.needed("a", "n", 0) == 0
    with pytest.raises(CallError, match="'n'") as raised:
        steps.needed("a", "n", None)
    assert (raised.value.status, raised.value.step) == (502, "a")
