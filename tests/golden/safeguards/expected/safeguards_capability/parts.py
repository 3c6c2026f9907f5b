"""The parts of Vault, each imported when it is needed: nothing waits for what it
does not use.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aiohttp import web

    from .context import Context
    from .package import Package
    from .reply import JsonObject, Reply
    from .sandbox import Sandbox, SandboxOptions
    from .settings import Settings


def load_settings(values: Mapping[str, str]) -> Settings:
    """The settings in `values`; SettingsError names every problem at once."""
    from .settings import Settings

    return Settings.from_environment(values)


def connect(settings: Settings) -> Context:
    """The upstreams with their credentials."""
    from . import context

    return context.connect(settings)


async def close(context: Context) -> None:
    """Close all connections."""
    await context.close()


def rest_app(namespace: str, context: Context, access_log: bool) -> web.Application:
    """The application of a REST adapter; KeyError for an unknown one."""
    from .rest import create_app

    return create_app(namespace, context, access_log=access_log)


def mcp_server(namespace: str, context: Context) -> Any:
    """The server of an MCP adapter; KeyError for an unknown one."""
    from .mcp_server import create_server

    return create_server(namespace, context)


def metered(
    package: Package[Settings, Context], values: Mapping[str, str]
) -> Package[Settings, Context]:
    """The package with its calls counted, and an adapter that tells of them."""
    from .measured_steps import TOLD
    from .metering import count_step, metered

    TOLD[:] = [count_step]
    return metered(package, values, "Vault")


def command(name: str) -> Callable[[JsonObject, Context], Awaitable[Reply]]:
    """What the operation `name` does with JSON arguments."""

    async def run(arguments: JsonObject, context: Context) -> Reply:
        from .commands import COMMANDS

        return await COMMANDS[name](arguments, context)

    return run


def sandbox(options: SandboxOptions) -> Sandbox:
    """A stand-in for the upstreams."""
    from .sandbox_setup import create_sandbox

    return create_sandbox(options)
