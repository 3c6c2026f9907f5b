"""The command line: selection, exit statuses, and what goes to which stream."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import program
from static.command import Adapter, main
from static.command_serve import select
from static.package import UsageError

PROGRAM = Path(program.__file__)
ENVIRON = {"STUB_KEY": "hush-hush"}
ADAPTERS = program.PACKAGE.adapters

Captured = pytest.CaptureFixture[str]


def run(*argv: str, environ: dict[str, str] | None = None) -> int:
    return main(program.PACKAGE, argv, ENVIRON if environ is None else environ)


def test_a_call_prints_the_body(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("call", "echo", '{"a": 1.50}') == 0
    out, err = capfdbinary.readouterr()
    assert out == b'{"given": {"a": 1.5}}\n'
    assert err == b""


def test_a_call_without_input(capfd: Captured) -> None:
    assert run("call", "echo") == 0
    assert json.loads(capfd.readouterr().out) == {"given": {}}


def test_a_failed_call_tells_both_sides(capfd: Captured) -> None:
    given = json.dumps({"text": '{"error":["E:a"]}', "failure": "E:a|E:b"})
    assert run("call", "play", given) == 1
    out, err = capfd.readouterr()
    assert out == '{"error":["E:a"]}\n'
    assert err == "E:a\nE:b\n"


def test_an_upstream_that_refuses(capfd: Captured) -> None:
    assert run("call", "play", '{"text": "no", "status": 404}') == 1
    out, err = capfd.readouterr()
    assert (out, err) == ("no\n", "the upstream answered with status 404\n")


def test_a_refused_input(capfd: Captured) -> None:
    assert run("call", "refuse") == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "invalid_input: /body/a is required",
        "  /body/a: is required",
        "  /body/b: must be a string",
    ]


def test_a_terminal_gets_it_pretty() -> None:
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "call", "echo", '{"a": "é"}'],
        env={**os.environ, **ENVIRON},
        stdout=theirs,
        check=False,
    )
    os.close(theirs)
    text = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0
    assert text.splitlines() == [
        "{",
        '  "given": {',
        '    "a": "é"',
        "  }",
        "}",
    ]


def test_input_from_stdin() -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "call", "echo", "-"],
        env={**os.environ, **ENVIRON},
        input=b'{"from": "stdin"}',
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == {"given": {"from": "stdin"}}


@pytest.mark.parametrize("given", ['{"from": "stdin"}', "-"])
def test_the_input_may_follow_an_option(given: str) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "call", "echo", "--sandbox", given],
        input=b'{"from": "stdin"}',
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"given": {"from": "stdin"}}


@pytest.mark.parametrize("command", [("call", "echo"), ("stdio",)])
def test_a_reader_that_is_gone_is_no_crash(command: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as stdout:
        done = subprocess.run(
            [sys.executable, str(PROGRAM), *command],
            env={**os.environ, **ENVIRON},
            input=b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n',
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["call"], "required: OPERATION"),
        (["call", "ecko"], "did you mean echo?"),
        (["call", "zzz"], "known operations:\n  echo\n  play"),
        (["call", "echo", "{"], "not valid JSON"),
        (["call", "echo", "[]"], "must be an object"),
        (["call", "echo", '{"a":1,"a":2}'], '"a"'),
        (["serve", "--port", "9090"], "'9090' is not NAMESPACE=PORT"),
        (["serve", "--port", "stub-rest=99999"], "not NAMESPACE=PORT"),
        (
            ["serve", "--port", "nope=1"],
            "no adapter 'nope'; known: stub-rest, stub-mcp, stub-stdio",
        ),
        (["serve", "--only", "nope"], "no adapter 'nope'"),
        (["serve", "--only", "stub-stdio"], "--port stub-stdio=PORT"),
        (["serve", "--port", "stub-rest=9090"], "port 9090"),
        (["serve", "--workers", "0"], "'0' is not a number from 1 to 256"),
        (["serve", "--workers", "many"], "'many' is not a number"),
        (["stdio", "--only", "stub-rest"], "known: stub-stdio, stub-mcp"),
        (["call", "echo", "--sandbox-delay", "1"], "need --sandbox"),
        (["call", "echo", "{}", "{}"], "unrecognized arguments: {}"),
        (["call", "echo", "--sandbox", "{}", "{}"], "unrecognized arguments: {}"),
        (["call", "echo", "--sandbox", "--fast"], "unrecognized arguments: --fast"),
        (["call", "echo", "--sandbox", "--sandbox-delay", "-1"], "--sandbox: delay"),
    ],
)
def test_wrong_usage(argv: list[str], told: str, capfd: Captured) -> None:
    assert run(*argv) == 64
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("stub: ")
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "argv", [["call", "echo"], ["serve"], ["serve", "--workers", "2"]]
)
def test_all_problems_of_the_settings_are_told(
    argv: list[str], capfd: Captured
) -> None:
    environ = {"BODY_LIMIT": "none", "DRAIN_TIMEOUT": "-1"}
    assert run(*argv, environ=environ) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "stub: cannot start, because",
        "  STUB_KEY is not set",
        "  BODY_LIMIT must be a whole number",
        "  DRAIN_TIMEOUT must be a number, at least 0",
    ]


def test_a_log_level_that_is_none(capfd: Captured) -> None:
    assert run("call", "echo", environ={**ENVIRON, "LOG_LEVEL": "loud"}) == 1
    assert "LOG_LEVEL must be one of DEBUG, INFO" in capfd.readouterr().err


def test_settings_problems_of_stdio_leave_stdout_alone() -> None:
    environ = {name: text for name, text in os.environ.items() if name != "STUB_KEY"}
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "stdio"],
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"STUB_KEY is not set" in done.stderr


def test_a_port_in_use_is_one_line(capfd: Captured) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ports = ["--port", "stub-rest=0", "--port", f"stub-mcp={port}"]
        for workers in ("1", "2"):
            assert run("serve", *ports, "--workers", workers) == 1
            assert capfd.readouterr().err == (
                f"stub: cannot listen on 127.0.0.1:{port}: Address already in use\n"
            )


def test_several_processes_may_be_refused(capfd: Captured) -> None:
    environ = {**ENVIRON, "STUB_WINDOW": "0"}
    assert run("serve", "--workers", "2", environ=environ) == 1
    err = capfd.readouterr().err
    assert err == (
        "stub: several workers need STUB_WINDOW, since each counts for itself\n"
    )


def test_the_sandbox_needs_no_settings_and_says_what_it_is(capfd: Captured) -> None:
    assert run("call", "echo", "--sandbox", environ={}) == 0
    out, err = capfd.readouterr()
    assert json.loads(out) == {"given": {}}
    assert err.startswith("sandbox: throw-away credentials are in use")
    assert "http://127.0.0.1:" in err


def test_help_is_not_an_error_and_imports_little() -> None:
    heavy = "aiohttp", "mcp", "pydantic", "yarl", "uvloop"
    code = (
        "import sys, runpy; sys.argv = ['p', 'serve', '--help']\n"
        "try: runpy.run_path(sys.orig_argv[-1], run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0, end.code\n"
        f"loaded = [name for name in {heavy!r} if name in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(PROGRAM)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"--workers N" in done.stdout


def test_rest_needs_no_mcp_and_mcp_needs_no_server() -> None:
    for module, absent in (
        ("rest_support", ("mcp", "pydantic")),
        ("mcp_support", ("aiohttp",)),
        ("command_stdio", ("aiohttp", "mcp")),
        ("command_serve", ("aiohttp", "mcp")),
    ):
        code = (
            "import sys, importlib; sys.path.insert(0, sys.argv[1])\n"
            "importlib.import_module('static.' + sys.argv[2])\n"
            f"loaded = [name for name in {absent!r} if name in sys.modules]\n"
            "assert not loaded, loaded\n"
        )
        folder = str(PROGRAM.parents[2] / "templates")
        done = subprocess.run(
            [sys.executable, "-c", code, folder, module],
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_selection() -> None:
    rest, mcp, stdio = ADAPTERS
    assert select(ADAPTERS, None, {}, None) == (rest, mcp)
    assert select(ADAPTERS, ["stub-mcp"], {}, None) == (mcp,)
    assert select(ADAPTERS, ["stub-stdio"], {"stub-stdio": 1}, "::") == (
        Adapter("stub-stdio", "mcp", "::", 1),
    )
    both = select(ADAPTERS, None, {"stub-rest": 0, "stub-mcp": 0}, "h")
    assert [(one.address, one.port) for one in both] == [("h", 0), ("h", 0)]
    with pytest.raises(UsageError, match="for stdio"):
        select([stdio], None, {}, None)


def test_a_signal_ends_stdio() -> None:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "stdio"],
        env={**os.environ, **ENVIRON},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # A ping is answered before any handshake, so it serves by then.
        process.stdin.write(b'{"jsonrpc":"2.0","id":1,"method":"ping"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
