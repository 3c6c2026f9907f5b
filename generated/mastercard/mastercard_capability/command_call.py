"""`call`: one call from the command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .errors import CallError
from .package import (
    ContextT,
    Package,
    SettingsT,
    UsageError,
    connected,
    environment_of,
)
from .reply import JsonObject, Reply
from .serving import run_loop
from .strict_json import parse_json

if TYPE_CHECKING:
    from .sandbox import SandboxOptions


def call(
    package: Package[SettingsT, ContextT],
    operation: str,
    text: str,
    environ: Mapping[str, str],
    sandbox: SandboxOptions | None,
    tell: Callable[[str], None],
) -> int:
    """Make the call, print the answer's body to stdout, and give the exit status."""
    command = package.commands.get(operation)
    if command is None:
        near = get_close_matches(operation, package.commands, 1)
        hint = f"did you mean {near[0]}?" if near else "known operations:\n  "
        known = "" if near else "\n  ".join(package.commands)
        raise UsageError(f"there is no operation {operation!r}; {hint}{known}")
    given = _input(text)

    async def once() -> Reply:
        async with environment_of(package, environ, sandbox, tell) as variables:
            settings = package.load_settings(variables)
            async with connected(package, settings) as context:
                return await command(given, context)

    try:
        reply = run_loop(once(), fast=False)
    except CallError as error:
        tell(f"{error.code}: {error.message}")
        for fault in error.faults:
            tell(f"  {fault.pointer}: {fault.message}")
        if error.step:
            tell(f"the step {error.step} failed")
        return 1
    try:
        _print(reply.body)
    except BrokenPipeError:
        # Whoever reads has seen enough. What is left must not fail at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if reply.step:
        tell(f"the step {reply.step} failed")
    if reply.failure is not None:
        for message in reply.failure.messages:
            tell(message)
        return 1
    if reply.status >= 400:
        tell(f"the upstream answered with status {reply.status}")
        return 1
    return 0


def _input(text: str) -> JsonObject:
    raw = sys.stdin.buffer.read() if text == "-" else text.encode(errors="replace")
    try:
        value = parse_json(raw)
    except CallError as error:
        raise UsageError(f"the input is {error.message}") from None
    if not isinstance(value, dict):
        raise UsageError("the input must be an object of JSON")
    return value


def _print(body: bytes) -> None:
    if sys.stdout.isatty():
        try:
            document = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
            body = document.encode(errors="replace")
        except ValueError:
            pass
    sys.stdout.buffer.write(body if body.endswith(b"\n") else body + b"\n")
    sys.stdout.buffer.flush()
