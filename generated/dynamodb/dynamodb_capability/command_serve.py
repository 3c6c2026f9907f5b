"""`serve`: the HTTP adapters in one process, or in several behind one parent."""

from __future__ import annotations

import asyncio
import importlib
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING

from .listening import (
    CannotServe,
    allowed_hosts,
    allowed_origins,
    host_header,
    rest_hosts,
)
from .package import (
    Adapter,
    ContextT,
    Package,
    ServerSettings,
    SettingsT,
    UsageError,
    Watch,
    connected,
    environment_of,
    guarded,
    required,
    warn_open,
    watching,
)
from .serving import Site, run_loop, serve_sites
from .workers import MARKER, follow_parent, parent_socket, reserve, supervise

if TYPE_CHECKING:
    from aiohttp import web

    from .sandbox import SandboxOptions
    from .watching_calls import CallWatch

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to serve: adapters that all have a port, and how."""

    adapters: tuple[Adapter, ...]
    workers: int
    access_log: bool
    sandbox: SandboxOptions | None


def select(
    adapters: Sequence[Adapter],
    only: Sequence[str] | None,
    ports: Mapping[str, int],
    host: str | None,
) -> tuple[Adapter, ...]:
    """The adapters to serve, with their ports and addresses; UsageError if none."""
    known = [adapter.namespace for adapter in adapters]
    for name in (*(only or ()), *ports):
        if name not in known:
            raise UsageError(f"no adapter {name!r}; known: {', '.join(known)}")
    chosen = [
        replace(
            adapter,
            # What is for operators is not opened along with what is for callers.
            address=(
                adapter.address if host is None or adapter.kind == "control" else host
            ),
            port=ports.get(adapter.namespace, adapter.port),
        )
        for adapter in adapters
        if only is None or adapter.namespace in only
    ]
    for adapter in chosen:
        if adapter.port is None and only is not None:
            hint = f"give it one with --port {adapter.namespace}=PORT"
            raise UsageError(f"{adapter.namespace} has no port; {hint}")
    served = tuple(adapter for adapter in chosen if adapter.port is not None)
    if not served:
        raise UsageError("no adapter has a port; this package is for stdio")
    taken = [(one.address, one.port) for one in served if one.port]
    for place in taken:
        if taken.count(place) > 1:
            raise UsageError(f"two adapters would listen on port {place[1]}")
    return served


def serve(
    package: Package[SettingsT, ContextT],
    wish: Wish,
    argv: Sequence[str] | None,
    environ: Mapping[str, str],
    tell: Tell,
) -> int:
    """Serve until a signal comes, and give the exit status."""
    if MARKER not in environ and wish.workers > 1:
        return run_loop(_parent(package, wish, argv, environ, tell), fast=False)
    return run_loop(_process(package, wish, environ, tell), fast=True)


async def _process(
    package: Package[SettingsT, ContextT],
    wish: Wish,
    environ: Mapping[str, str],
    tell: Tell,
) -> int:
    parent = parent_socket(environ)
    stop = asyncio.Event()
    if parent is not None:
        follow_parent(parent, stop)
    # The sandbox of several workers runs in their parent.
    sandbox = wish.sandbox if parent is None else None
    async with environment_of(package, environ, sandbox, tell) as variables:
        settings = package.load_settings(variables)
        hints = guarded(package, settings, wish.adapters)
        async with connected(package, settings) as context:
            watch = None if package.watch is None else package.watch()
            if watch is not None:
                watch.expect(package.adapters, wish.adapters)
            if sandbox is not None:
                for hint in hints:
                    tell(hint)
            if parent is None:
                warn_open(package, settings, wish.adapters, tell)
            with watching(settings) as calls:
                site = partial(_site, package, settings, context)
                await serve_sites(
                    [
                        _watched(site(one, wish.access_log, calls), one, watch, calls)
                        for one in wish.adapters
                    ],
                    drain_timeout=settings.drain_timeout,
                    reuse_port=parent is not None,
                    announce=tell if parent is None else None,
                    listening=None if parent is None else partial(_report, parent),
                    stop=stop,
                )
    return 0


def _report(parent: socket.socket) -> None:
    # If the parent has just gone, the end of the stream says so soon enough.
    with suppress(OSError):
        parent.sendall(b"1")


async def _parent(
    package: Package[SettingsT, ContextT],
    wish: Wish,
    argv: Sequence[str] | None,
    environ: Mapping[str, str],
    tell: Tell,
) -> int:
    async with environment_of(package, environ, wish.sandbox, tell) as variables:
        settings = package.load_settings(variables)
        hints = guarded(package, settings, wish.adapters)
        reason = package.several_processes(settings, wish.workers)
        if reason is not None:
            raise CannotServe(reason)
        held = [reserve(one.address, one.port or 0) for one in wish.adapters]
        ports = [one.getsockname()[1] for one in held]
        command = _own_command(argv)
        for adapter, port in zip(wish.adapters, ports, strict=True):
            command += ["--port", f"{adapter.namespace}={port}"]

        if wish.sandbox is not None:
            for hint in hints:
                tell(hint)

        warn_open(package, settings, wish.adapters, tell)

        def listening() -> None:
            for adapter, port in zip(wish.adapters, ports, strict=True):
                tell(_line(settings, adapter, port))

        try:
            with _meeting_place(package.peers_variable) as place:
                return await supervise(
                    command,
                    {**variables, **place},
                    wish.workers,
                    drain_timeout=settings.drain_timeout,
                    listening=listening,
                    report=tell,
                )
        finally:
            for one in held:
                one.close()


@contextmanager
def _meeting_place(variable: str) -> Iterator[Mapping[str, str]]:
    """A folder of this user for the sockets of workers, if they have any."""
    if not variable:
        yield {}
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield {variable: folder}


def _site(
    package: Package[SettingsT, ContextT],
    settings: SettingsT,
    context: ContextT,
    adapter: Adapter,
    access_log: bool,
    calls: CallWatch | None,
) -> Site:
    async def build_rest(port: int) -> web.Application:
        application = package.rest_app(adapter.namespace, context, access_log)
        if package.guard_of(adapter, settings) is None and settings.safeguards.asks:
            _import(".access").protect(application, required(settings))
        if calls is not None and adapter.kind == "rest":
            watching = _import(".watching_routes")
            watching.watch_routes(application, adapter.namespace, calls)
        hosts = rest_hosts(adapter.address, port, settings.allowed_hosts)
        origins = allowed_origins(hosts or (), settings.allowed_origins)
        guarded: web.Application = _import(".origins").keep_apart(
            application, hosts, origins
        )
        return guarded

    async def build_mcp(port: int) -> web.Application:
        # In a thread, so that REST answers in the meantime; and by name, since a
        # package without MCP adapters has no such module.
        support = await asyncio.to_thread(_import, ".mcp_support")
        hosts = allowed_hosts(adapter.address, port, settings.allowed_hosts)
        server = package.mcp_server(adapter.namespace, context)
        if calls is not None:
            _import(".watching_tools").watch_server(server, adapter.namespace, calls)
        manager = support.http_manager(
            server,
            allowed_hosts=hosts,
            allowed_origins=allowed_origins(hosts, settings.allowed_origins),
            body_limit=settings.body_limit,
        )
        application: web.Application = _import(".asgi").mcp_app(
            manager, obstacle=context.obstacle
        )
        guard = package.guard_of(adapter, settings) or required(settings)
        if guard is not None:
            _import(".access").protect(application, guard)
        return application

    return Site(
        kind=adapter.kind,
        host=adapter.address,
        port=adapter.port or 0,
        build=build_mcp if adapter.kind == "mcp" else build_rest,
        line=lambda port: _line(settings, adapter, port),
    )


def _watched(
    site: Site, adapter: Adapter, watch: Watch | None, calls: CallWatch | None
) -> Site:
    async def build(port: int) -> web.Application:
        application = await site.build(port)
        if calls is not None:
            module = _import(".watching_refusals")
            module.watch_refusals(application, adapter.namespace, calls)
        if watch is not None:
            watch.follow(adapter, port, application)
        return application

    return replace(site, build=build)


def _line(settings: ServerSettings, adapter: Adapter, port: int) -> str:
    url = f"http://{host_header(adapter.address or '0.0.0.0', port)}"
    hosts: tuple[str, ...] | None
    if adapter.kind == "mcp":
        url += "/mcp"
        hosts = allowed_hosts(adapter.address, port, settings.allowed_hosts)
    else:
        hosts = rest_hosts(adapter.address, port, settings.allowed_hosts)
    # Told, because a request that is refused for its Host is hard to understand.
    listed = "any" if hosts is None or "*" in hosts else ", ".join(hosts)
    return f"{adapter.namespace}: {url} (allowed hosts: {listed})"


def _own_command(argv: Sequence[str] | None) -> list[str]:
    """The command that this process was started with, or would be for `argv`."""
    own = sys.argv[1:]
    start = sys.orig_argv[1 : len(sys.orig_argv) - len(own)]
    return [sys.executable, *start, *(own if argv is None else argv)]


def _import(name: str) -> ModuleType:
    return importlib.import_module(name, __package__)
