"""Script steps: code of the capability, run in a process that can be stopped.

A script sees its context and nothing of the server: neither its environment, where the secrets
are, nor its memory. It cannot hold the server up, because its process is killed in time.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from .errors import CallError
from .reply import JsonObject, JsonValue

_FOLDER = Path(__file__).resolve().parent
_MEMORY = 512 * 1024 * 1024
_LARGEST_RESULT = 16 * 1024 * 1024
#: Starting the interpreter is not the script's time.
_START = 5.0
_RUNNING = asyncio.Semaphore(8)
_KEPT = ("SYSTEMROOT",)  # Windows cannot start a program without it.


async def script(
    step: str,
    language: Literal["python", "javascript"],
    files: Sequence[str],
    context: JsonObject,
    *,
    seconds: float,
    statements: int,
) -> JsonValue:
    """What the script of the step `step` assigns to `result`; None when it assigns nothing.

    `files` are paths below `scripts/` of the package: dependencies, then the script, which share
    one scope. `seconds` is a limit of time and `statements` one of executed lines of Python.
    Raises CallError (400 `script_failed`) with the name of the step when the script fails, runs
    into a limit, or gives what JSON has no value for.
    """
    job = {
        "files": [[str(_FOLDER / "scripts" / f"{name}.txt"), name] for name in files],
        "context": {key: value for key, value in context.items() if value is not None},
        "seconds": seconds,
        "statements": statements,
        "memory": _MEMORY,
    }
    program = _FOLDER / f"script_{language}.py"
    try:
        async with _RUNNING:
            output = await _run(program, json.dumps(job).encode(), seconds + _START)
    except TimeoutError:
        raise _late(step, seconds) from None
    answer = _answer(output)
    if answer is None:
        raise _failed(step, "failed: its process ended without a result")
    if "late" in answer:
        raise _late(step, seconds)
    if "limit" in answer:
        raise _failed(step, str(answer["limit"]))
    if "error" in answer:
        raise _failed(step, f"failed: {answer['error']}")
    result: JsonValue = answer.get("result")
    return result


async def _run(program: Path, job: bytes, seconds: float) -> bytes:
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-B", "-X", "utf8", str(program)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
        cwd=os.sep,
    )
    try:
        async with asyncio.timeout(seconds):
            return await _talk(process, job)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())


async def _talk(process: asyncio.subprocess.Process, job: bytes) -> bytes:
    assert process.stdin is not None and process.stdout is not None
    with suppress(ConnectionError):
        process.stdin.write(job)
        await process.stdin.drain()
    process.stdin.close()
    output = bytearray()
    while chunk := await process.stdout.read(65536):
        output += chunk
        if len(output) > _LARGEST_RESULT:
            return b'{"limit": "gave a result of more than 16 MiB"}'
    return bytes(output)


def _answer(output: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(output)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _late(step: str, seconds: float) -> CallError:
    return _failed(step, f"exceeded the timeout limit ({round(seconds * 1000)} ms)")


def _failed(step: str, problem: str) -> CallError:
    error = CallError(400, "script_failed", f"Script step '{step}' {problem}")
    error.step = step
    return error
