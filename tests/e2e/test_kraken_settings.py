"""Settings and arguments with which the package does not start, and what it says."""

from __future__ import annotations

import base64
import hashlib
import json
import time

import pytest

from e2e.clients import SandboxControl, post, text, tool
from e2e.servers import (
    BASE_URI,
    CREDENTIALS,
    KEY,
    MCP,
    OTP,
    REST,
    SECRET,
    Program,
    leaks,
    run_command,
    serve,
)
from e2e.upstreams import in_thread, kraken, refusing_port

BALANCE = "/v1/0/private/balance"
ANY_PORT = ("--port", f"{REST}=0", "--port", f"{MCP}=0")
STARTS = [("serve", *ANY_PORT), ("stdio",), ("call", "get-account-balance")]


def check_refused(program: Program, *told: str) -> None:
    """It ended with status 1 and one paragraph that says all of this."""
    assert program.status() == 1
    assert program.stdout == ""
    for words in told:
        assert words in program.stderr
    assert "Traceback" not in program.stderr


@pytest.mark.parametrize("start", STARTS, ids=lambda start: start[0])
def test_all_that_is_missing_or_wrong_is_told_at_once(start: tuple[str, ...]) -> None:
    wrong = {
        "KRAKEN_API_SECRET": "not+base64+at+all!",
        "KRAKEN_TIER": "platinum",
        "KRAKEN_NONCE_WINDOW": "ten-seconds",
        "SPOT_REST_ACCOUNT_DATA_READ_TIMEOUT": "-5.25",
        BASE_URI: "https://user:hunter2@api.example",
        "KRAKEN_CAPABILITY_ALLOW_UNKNOWN_FIELDS": "perhaps",
    }
    program = run_command(*start, environ=wrong)
    check_refused(
        program,
        "KRAKEN_API_KEY is not set",
        "KRAKEN_API_SECRET is not valid base64",
        "KRAKEN_TIER must be one of starter, intermediate, pro",
        "KRAKEN_NONCE_WINDOW must be a whole number",
        "SPOT_REST_ACCOUNT_DATA_READ_TIMEOUT must be a number, at least 0",
        f"{BASE_URI} must not contain credentials",
        "KRAKEN_CAPABILITY_ALLOW_UNKNOWN_FIELDS must be true or false",
    )
    for value in (*wrong.values(), "hunter2"):
        assert value not in program.stderr


def test_nothing_is_set() -> None:
    program = run_command("serve", *ANY_PORT)
    check_refused(program, "KRAKEN_API_KEY is not set", "KRAKEN_API_SECRET is not set")
    # The one-time password is needed by few keys.
    assert "KRAKEN_OTP" not in program.stderr


def test_a_secret_that_was_pasted_badly() -> None:
    for secret in (SECRET[:-3], SECRET + "=", "“" + SECRET + "”", SECRET[:40] + " ="):
        program = run_command(
            "serve", *ANY_PORT, environ={**CREDENTIALS, "KRAKEN_API_SECRET": secret}
        )
        check_refused(program, "KRAKEN_API_SECRET ")
        assert secret not in program.stderr


def test_several_workers_with_one_key() -> None:
    program = run_command("serve", "--workers", "2", *ANY_PORT, environ=CREDENTIALS)
    check_refused(program, "KRAKEN_API_KEY", "KRAKEN_NONCE_WINDOW")


def test_several_workers_with_a_tier() -> None:
    environ = {
        **CREDENTIALS,
        "KRAKEN_NONCE_WINDOW": "10000000000",
        "KRAKEN_TIER": "pro",
    }
    program = run_command("serve", "--workers", "2", *ANY_PORT, environ=environ)
    check_refused(program, "KRAKEN_TIER", "one worker")


def test_a_port_that_is_taken() -> None:
    with refusing_port() as taken:
        port = taken.rpartition(":")[2]
        arguments = ("serve", "--port", f"{REST}=0", "--port", f"{MCP}={port}")
        program = run_command(*arguments, environ=CREDENTIALS)
    check_refused(program, f"cannot listen on 127.0.0.1:{port}: Address already in use")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("serve", "--port", "9000"),
        ("serve", "--port", f"{REST}=70000"),
        ("serve", "--port", "other=9000"),
        ("serve", "--only", "other"),
        ("serve", "--workers", "0"),
        ("serve", "--sandbox-delay", "1"),
        ("serve", "--sandbox", "--sandbox-error-rate", "2"),
        ("stdio", "--only", REST),
        ("call",),
        ("call", "no-such-operation"),
    ],
    ids=" ".join,
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    program = run_command(*arguments, environ=CREDENTIALS)
    assert program.status() == 64
    assert program.stdout == ""
    assert program.stderr.startswith("kraken-capability: ")
    assert "Traceback" not in program.stderr


def test_a_call_from_the_command_line() -> None:
    with in_thread(kraken()) as upstream:
        environ = {**CREDENTIALS, BASE_URI: upstream.base_url}
        program = run_command(
            "call", "get-open-orders", '{"trades": true}', environ=environ
        )
        assert program.status() == 0
        fields = json.loads(program.stdout)["result"]["fields"]
        assert fields == {"trades": "true"}
        wrong = ("call", "query-orders-info", '{"txid": 5}')
        failed = run_command(*wrong, environ=environ)
        assert failed.status() == 1
        assert "invalid_input: /txid must be a string" in failed.stderr
        assert upstream.accepted == 1


def test_a_leak_would_be_found() -> None:
    signature = base64.b64encode(hashlib.sha512(b"any").digest()).decode()
    assert len(leaks(f"{KEY} {SECRET} {OTP} {signature} {time.time_ns()}")) == 5
    assert leaks(f"at {time.time()} {hashlib.sha512(b'any').hexdigest()}") == []


def test_the_log_tells_of_calls_but_no_secrets() -> None:
    """What every process of these tests is searched for is worth a look of its own."""
    with serve("--sandbox", "--access-log", environ=CREDENTIALS) as server:
        sandbox = SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])
        faults: list[object] = [{"disconnect": True}, {"status": 500}]
        sandbox.inject(*faults, "EAPI:Invalid nonce", "EAPI:Invalid signature")
        body = {"rebase_multiplier": "base"}
        statuses = [post(server.rest + BALANCE, body).status for _ in range(4)]
        assert statuses == [502, 500, 502, 200]
        result = tool(server.mcp, "kraken-get-account-balance", {"otp": OTP})
        assert result.is_error
        assert OTP not in text(result)
        post(server.rest + BALANCE, {"otp": OTP, "nonce": "1792000000000000000"})
        post(f"{server.rest}{BALANCE}?otp={OTP}")
    log = server.program.stderr
    assert " DEBUG " in log
    assert len([line for line in log.splitlines() if "access" in line]) == 6
    assert "rebase" not in log
