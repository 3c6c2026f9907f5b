"""Commands that are given the members of a body, and where their faults are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from static.arguments import whole_body
from static.errors import CallError, Fault
from static.reply import JsonObject, JsonValue, Reply

Command = Callable[[JsonObject, str], Awaitable[Reply]]


async def refuse(arguments: JsonObject, context: str) -> Reply:
    faults = [Fault("/body/a~1b", "must be a string"), Fault("/body", "is odd")]
    raise CallError(400, "invalid_input", "/body/a~1b must be ...", faults=faults)


async def echo(arguments: JsonObject, context: str) -> Reply:
    return Reply(200, f"{arguments} {context}".encode(), "text/plain")


async def stop(arguments: JsonObject, context: str) -> Reply:
    raise CallError(503, "calls_stopped", "wait", retry_after=5)


def run(command: Command, **members: JsonValue) -> Reply:
    async def call() -> Reply:
        return await whole_body(command)(members, "x")

    return asyncio.run(call())


def test_members_become_the_body() -> None:
    assert run(echo, a=1).body == b"{'body': {'a': 1}} x"
    assert run(echo).body == b"{} x"


def test_no_members_are_an_empty_body_where_one_is_required() -> None:
    command = whole_body(echo, required=True)
    assert asyncio.run(_reply(command({}, "x"))).body == b"{'body': {}} x"


async def _reply(reply: Awaitable[Reply]) -> Reply:
    return await reply


def test_faults_are_where_the_caller_wrote() -> None:
    with pytest.raises(CallError) as caught:
        run(refuse, a=1)
    error = caught.value
    assert (error.status, error.code) == (400, "invalid_input")
    assert error.message == "/a~1b must be a string (and 1 more)"
    assert error.faults == (
        Fault("/a~1b", "must be a string"),
        Fault("", "is odd"),
    )


def test_other_errors_pass_unchanged() -> None:
    with pytest.raises(CallError) as caught:
        run(stop)
    assert (caught.value.code, caught.value.retry_after) == ("calls_stopped", 5)
