"""What the command line needs to know about a package, and how it is connected.

Everything a package brings is a callable that imports what it needs when it is
called: `--help` imports next to nothing, REST answers before the MCP SDK is loaded.
"""

from __future__ import annotations

from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeAlias, TypeVar

from .environment import SettingsError
from .listening import on_loopback
from .reply import JsonObject, Reply

if TYPE_CHECKING:
    from aiohttp import web

    from .safeguards import Safeguards
    from .sandbox import SandboxOptions
    from .watching_calls import CallWatch


class UsageError(Exception):
    """A command line that makes no sense; the message says why."""


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter of the capability; without a port it is for stdio."""

    namespace: str
    kind: Literal["rest", "mcp", "skill", "control"]
    address: str
    port: int | None


class ServerSettings(Protocol):
    """The settings that running a server needs; seconds and bytes."""

    @property
    def body_limit(self) -> int: ...
    @property
    def drain_timeout(self) -> float: ...
    @property
    def allowed_hosts(self) -> tuple[str, ...]: ...
    @property
    def allowed_origins(self) -> tuple[str, ...]: ...
    @property
    def safeguards(self) -> Safeguards: ...


class Connected(Protocol):
    """What a context of upstreams tells about itself."""

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment; None when they can."""
        ...


class Watch(Protocol):
    """Who keeps up with the adapters of this process."""

    def expect(self, known: Sequence[Adapter], served: Sequence[Adapter]) -> None:
        """All adapters of the package, and those that are about to be served."""
        ...

    def follow(self, adapter: Adapter, port: int, app: web.Application) -> None:
        """The application of one of them, before it starts."""
        ...


class PlayedUpstream(Protocol):
    """What is used of a Sandbox."""

    @property
    def environment(self) -> dict[str, str]: ...
    async def start(self) -> str: ...
    async def stop(self) -> None: ...


SettingsT = TypeVar("SettingsT", bound=ServerSettings)
ContextT = TypeVar("ContextT", bound=Connected)

# What an operation does with JSON arguments.
Command: TypeAlias = Callable[[JsonObject, ContextT], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Package(Generic[SettingsT, ContextT]):
    """The parts of an emitted package.

    `several_processes` gives a reason to refuse a number of workers, or None.
    `nonce_window_variable` is the setting of the key's nonce window, if there is one;
    `peers_variable` tells workers the folder in which they find one another, if they do.
    `guard` gives what checks the callers of an adapter, None for one that is open to
    all; SettingsError when its settings are missing. `prefix` begins the names of the
    settings of the server. `metered` gives the package with its calls counted, if it was
    built for that; its last adapter tells the numbers.
    """

    program: str
    adapters: tuple[Adapter, ...]
    load_settings: Callable[[Mapping[str, str]], SettingsT]
    connect: Callable[[SettingsT], ContextT]
    close: Callable[[ContextT], Awaitable[None]]
    rest_app: Callable[[str, ContextT, bool], web.Application]
    mcp_server: Callable[[str, ContextT], Any]
    commands: Mapping[str, Command[ContextT]]
    sandbox: Callable[[SandboxOptions], PlayedUpstream] | None
    several_processes: Callable[[SettingsT, int], str | None]
    prefix: str
    nonce_window_variable: str = ""
    watch: Callable[[], Watch] | None = None
    peers_variable: str = ""
    guard: Callable[[str, SettingsT], Any] | None = None
    version: str = ""
    metered: (
        Callable[
            [Package[SettingsT, ContextT], Mapping[str, str]],
            Package[SettingsT, ContextT],
        ]
        | None
    ) = None

    def guard_of(self, adapter: Adapter, settings: SettingsT) -> Any:
        """What checks the callers of an adapter; None when nothing does."""
        return self.guard(adapter.namespace, settings) if self.guard else None


def _unnumbered(name: str) -> str:
    variable, _, number = name.rpartition("_")
    return variable if number.isdecimal() else ""


@asynccontextmanager
async def environment_of(
    package: Package[SettingsT, ContextT],
    environ: Mapping[str, str],
    sandbox: SandboxOptions | None,
    tell: Callable[[str], None],
) -> AsyncIterator[Mapping[str, str]]:
    """The environment to read settings from, with a sandbox running if one is asked.

    What the sandbox sets wins, so that real credentials are not even read.
    """
    if sandbox is None or package.sandbox is None:
        yield environ
        return
    upstream = package.sandbox(sandbox)
    address = await upstream.start()
    try:
        tell(f"sandbox: throw-away credentials are in use, all calls go to {address}")
        played = upstream.environment
        # Of a pool of keys none is read either, and the nonces of real ones are left alone.
        unset = {name for name in environ if _unnumbered(name) in played}
        unset |= {"SIGNING_STATE_DIR", "SIGNING_LEASE_URL"}
        yield {**environ, **dict.fromkeys(unset, ""), **played}
    finally:
        await upstream.stop()


@asynccontextmanager
async def connected(
    package: Package[SettingsT, ContextT], settings: SettingsT
) -> AsyncIterator[ContextT]:
    """The context of the upstreams, closed at the end."""
    context = package.connect(settings)
    try:
        yield context
    finally:
        await package.close(context)


@contextmanager
def watching(settings: ServerSettings) -> Iterator[CallWatch | None]:
    """What watches calls, if they are; SettingsError when it cannot."""
    if not settings.safeguards.watches:
        yield None
        return
    from .watching_calls import CallWatch

    with closing(CallWatch(settings.safeguards)) as calls:
        yield calls


def required(settings: ServerSettings) -> Any:
    """What checks callers whom the capability asks nothing; None when nothing does."""
    if not settings.safeguards.asks:
        return None
    from .access_required import required_guard

    return required_guard(settings.safeguards)


def guarded(
    package: Package[SettingsT, ContextT],
    settings: SettingsT,
    adapters: Sequence[Adapter],
) -> list[str]:
    """What callers of the adapters send, with the credentials: for a sandbox only.

    Raises SettingsError for everything without which nobody could call them.
    """
    hints: list[str] = []
    problems: list[str] = []
    for adapter in adapters:
        try:
            guard = package.guard_of(adapter, settings)
        except SettingsError as error:
            problems += error.problems
            continue
        if guard is not None:
            hints.append(f"sandbox: {adapter.namespace} takes {guard.hint}")
    try:
        required(settings)
    except SettingsError as error:
        problems += error.problems
    if problems:
        raise SettingsError(list(dict.fromkeys(problems)))
    return hints


def warn_open(
    package: Package[SettingsT, ContextT],
    settings: SettingsT,
    adapters: Sequence[Adapter],
    tell: Callable[[str], None],
) -> None:
    """Tell of adapters that other machines can call, whoever they are."""
    if settings.safeguards.asks:
        return
    for one in adapters:
        if not on_loopback(one.address) and package.guard_of(one, settings) is None:
            place = one.address or "all addresses"
            tell(
                f"warning: {one.namespace} listens on {place} and asks nobody who calls;"
                f" set {package.prefix}_CALLER_TOKEN"
            )
