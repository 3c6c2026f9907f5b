"""MCP over stdio: stdout belongs to the protocol, whatever happens."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping

import pytest

from e2e.clients import ERAS, SandboxControl, by_hand
from e2e.servers import BASE_URI, CREDENTIALS, Program
from e2e.upstreams import eventually, gated_upstream, in_thread

TOOL = "kraken-get-account-balance"
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": ERAS["legacy"],
        "capabilities": {},
        "clientInfo": {"name": "a test", "version": "1"},
    },
}
SANDBOX = "--sandbox"
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


@contextlib.contextmanager
def stdio(
    *arguments: str, environ: Mapping[str, str] | None = None
) -> Iterator[Program]:
    """A session that ends when stdin is closed, with status 0."""
    program = Program("stdio", *arguments, environ={} if environ is None else environ)
    try:
        yield program
        assert program.status() == 0
    finally:
        program.kill()


def ask(program: Program, identifier: int, version: str, **arguments: object) -> None:
    message = by_hand(version, TOOL, arguments)["json"]
    program.write(json.dumps({**message, "id": identifier}))


@pytest.mark.parametrize("mode", ERAS)
def test_nothing_but_the_protocol_on_stdout(mode: str) -> None:
    version = ERAS[mode]
    with stdio(SANDBOX) as program:
        sandbox = SandboxControl(program.wait_for(r"calls go to (\S+)")[1])
        if mode == "legacy":
            program.write(json.dumps(INITIALIZE))
            program.write(json.dumps(INITIALIZED))
        faults: list[object] = ["EGeneral:Permission denied", {"disconnect": True}]
        faults += [{"garbage": True}, "EAPI:Invalid nonce", {"status": 500}]
        sandbox.inject(*faults, "EGeneral:Temporary lockout")
        # One after the other, since the faults are played in order. The nonce costs
        # a second attempt, which gets the answer of status 500.
        for number in range(1, 7):
            ask(program, number, version)
            program.wait_for(rf'"id":\s*{number}\b', "stdout")
        ask(program, 7, version, body={"nonce": "5"})
        program.wait_for(r'"id":\s*7\b', "stdout")
        program.write('{"jsonrpc": "2.0", "id": 8, "method": "no/such"}')
        program.wait_for(r'"id":\s*8\b', "stdout")
    answers = [json.loads(line) for line in program.stdout.splitlines()]
    assert all(answer["jsonrpc"] == "2.0" for answer in answers)
    results = {answer["id"]: answer for answer in answers if "id" in answer}
    first_words = [
        results[number]["result"]["content"][0]["text"].split("\n")[0]
        for number in range(1, 8)
    ]
    assert [words.partition(": ")[0] for words in first_words] == [
        "EGeneral:Permission denied",
        "upstream_unreachable",
        "upstream_invalid",
        "the upstream answered with status 500",
        "EGeneral:Temporary lockout",
        "calls_stopped",
        "invalid_input",
    ]
    assert "error" in results[8]
    assert "DEBUG" in program.stderr
    assert f"tool {TOOL} failed" in program.stderr


def test_what_is_no_message_does_not_end_the_session() -> None:
    with stdio(SANDBOX) as program:
        program.write("GET / HTTP/1.1")
        program.write('{"jsonrpc": "2.0"')
        ask(program, 1, ERAS["2026-07-28"])
        program.wait_for(r'"id":\s*1\b', "stdout")
    for line in program.stdout.splitlines():
        assert json.loads(line)["jsonrpc"] == "2.0"


def test_a_signal_ends_the_session() -> None:
    with stdio(SANDBOX) as program:
        ask(program, 1, ERAS["2026-07-28"])
        program.wait_for(r'"id":\s*1\b', "stdout")
        program.terminate()


def test_a_cancelled_call_ends_upstream() -> None:
    with in_thread(gated_upstream()) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url}
        with stdio(environ=environ) as program:
            program.write(json.dumps(INITIALIZE))
            program.write(json.dumps(INITIALIZED))
            ask(program, 1, ERAS["legacy"])
            eventually(lambda: upstream.arrived == 1, "the call")
            cancelled = {
                "jsonrpc": "2.0",
                "method": "notifications/cancelled",
                "params": {"requestId": 1},
            }
            program.write(json.dumps(cancelled))
            eventually(lambda: upstream.lost == 1, "the end of the call")
            upstream.open()
            ask(program, 2, ERAS["legacy"])
            answer = program.wait_for(r'.*"id":\s*2\b.*', "stdout")
            assert "late" in answer[0]


def test_the_end_of_stdin_ends_a_call_in_flight() -> None:
    with in_thread(gated_upstream()) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url}
        with stdio(environ=environ) as program:
            ask(program, 1, ERAS["2026-07-28"])
            eventually(lambda: upstream.arrived == 1, "the call")
        eventually(lambda: upstream.lost == 1, "the end of the call")
