"""`stdio`: one MCP adapter for the client that started this process."""

from __future__ import annotations

import asyncio
import importlib
import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .package import (
    Adapter,
    ContextT,
    Package,
    SettingsT,
    UsageError,
    connected,
    environment_of,
    watching,
)
from .serving import SIGNALS, run_loop

if TYPE_CHECKING:
    from .sandbox import SandboxOptions


def stdio(
    package: Package[SettingsT, ContextT],
    only: str | None,
    environ: Mapping[str, str],
    sandbox: SandboxOptions | None,
    tell: Callable[[str], None],
) -> int:
    """Serve until the client closes stdin, and give the exit status."""
    adapter = _adapter(package.adapters, only)
    # From here on nothing but the protocol can reach stdout, whoever prints.
    wire = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    async def session() -> None:
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            # A thread waits for stdin and cannot be interrupted, and there is nobody
            # left to answer: what is open closes with the process.
            loop.add_signal_handler(number, os._exit, 0)
        async with environment_of(package, environ, sandbox, tell) as variables:
            settings = package.load_settings(variables)
            async with connected(package, settings) as context:
                # By name: a package without MCP adapters has no such module.
                support = importlib.import_module(".mcp_support", __package__)
                server = package.mcp_server(adapter.namespace, context)
                with watching(settings) as calls:
                    if calls is not None:
                        module = importlib.import_module(".watching_tools", __package__)
                        module.watch_server(server, adapter.namespace, calls)
                    try:
                        await support.run_stdio(server, wire)
                    except* BrokenPipeError:
                        pass  # The client is gone: that is one of the ways to end.

    run_loop(session(), fast=False)
    return 0


def _adapter(adapters: tuple[Adapter, ...], only: str | None) -> Adapter:
    # One that has no port is meant for stdio; each of the others can do it as well.
    choices = sorted(
        (adapter for adapter in adapters if adapter.kind == "mcp"),
        key=lambda adapter: adapter.port is not None,
    )
    for adapter in choices:
        if only in (None, adapter.namespace):
            return adapter
    names = ", ".join(adapter.namespace for adapter in choices) or "none"
    raise UsageError(f"no such MCP adapter; known: {names}")
