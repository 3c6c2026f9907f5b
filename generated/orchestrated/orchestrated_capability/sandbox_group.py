"""The sandboxes of several upstreams, which start and stop together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Protocol, Self

from .sandbox import Sandbox


class Beside(Protocol):
    """What runs beside the upstreams, such as who issues tokens to callers."""

    @property
    def environment(self) -> Mapping[str, str]: ...
    async def start(self) -> str: ...
    async def stop(self) -> None: ...


class Sandboxes:
    """One sandbox for each upstream, by namespace: `async with`, or start and stop.

    Each listens on a port of its own, so that two upstreams may have the same paths and
    each refuses the credentials of the others. Each has its own samples, counters,
    records and faults, and `/_sandbox` at its own address controls it alone; what the
    options say holds for all. `variables` are set besides. Options that name a port are
    for a sandbox that is alone.
    """

    def __init__(
        self,
        upstreams: Mapping[str, Sandbox],
        *,
        variables: Mapping[str, str] | None = None,
        beside: Sequence[Beside] = (),
    ) -> None:
        self.upstreams: Mapping[str, Sandbox] = dict(upstreams)
        self._variables = dict(variables or {})
        self._beside = tuple(beside)
        self._running: AsyncExitStack | None = None

    async def start(self) -> str:
        """Start all, or none, and say where each upstream is."""
        if self._running is not None:
            raise RuntimeError("the sandboxes are running already")
        async with AsyncExitStack() as stack:
            for one in (*self.upstreams.values(), *self._beside):
                await one.start()
                stack.push_async_callback(one.stop)
            self._running = stack.pop_all()
        return ", ".join(f"{one.base_url} ({n})" for n, one in self.upstreams.items())

    async def stop(self) -> None:
        """Stop all; requests that wait for their answer are cut off."""
        running, self._running = self._running, None
        if running is not None:
            await running.aclose()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *unused: object) -> None:
        await self.stop()

    @property
    def environment(self) -> dict[str, str]:
        """Variables that make the package talk to these sandboxes, once they are started."""
        found: dict[str, str] = {}
        for one in (*self.upstreams.values(), *self._beside):
            found |= one.environment
        return {**found, **self._variables}

    def reset(self) -> None:
        """Reset each sandbox; see `Sandbox.reset`."""
        for one in self.upstreams.values():
            one.reset()
