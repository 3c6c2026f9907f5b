"""Several keys for one upstream, each with nonces, a line, limits and a breaker of its own.

A provider counts nonces and calls for each key, so that two keys are twice as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import NamedTuple, Protocol

from .encoding import Content
from .numbered_keys import Key, Sharing
from .pacing import CounterLimits, NonceSource
from .reply import JsonValue, Reply
from .signed_upstream import Nonces, Refusals, SignedUpstream
from .signer import Signer
from .transport import Transport
from .upstream import FindFailure, Pairs, Upstream


class Keeper(Protocol):
    """What keeps nonces outside of this process."""

    async def close(self) -> None:
        """Let go of them."""


class KeyPool(Upstream):
    """Makes each call with the key that has the fewest calls waiting and under way.

    Among equals they take turns. A key that the provider refuses at the moment, or whose
    budget is spent, is passed over while another can be used. Whatever becomes of a
    call, it stays with its key.
    """

    def __init__(
        self,
        transport: Transport,
        keys: Sequence[SignedUpstream],
        keepers: Sequence[Keeper] = (),
    ) -> None:
        super().__init__(transport)
        self._keys = tuple(keys)
        self._keepers = tuple(keepers)
        self._loads = [0] * len(keys)
        self._next = 0

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        chosen = self._choose(cost)
        self._loads[chosen] += 1
        try:
            return await self._keys[chosen].send(
                method, path, query=query, headers=headers, body=body, cost=cost
            )
        finally:
            self._loads[chosen] -= 1

    def obstacle(self) -> str | None:
        """Only when no key is left."""
        found = [key.obstacle() for key in self._keys]
        return None if None in found else found[0]

    async def close(self) -> None:
        for key in self._keys:
            await key.close()
        # The server of leases is the first, and the last that is closed.
        for keeper in reversed(self._keepers):
            await keeper.close()
        await super().close()

    def _choose(self, cost: float) -> int:
        count = len(self._keys)
        order = [(self._next + step) % count for step in range(count)]
        chosen = min(
            order, key=lambda at: (not self._keys[at].ready(cost), self._loads[at])
        )
        self._next = (chosen + 1) % count
        return chosen


class Counting(NamedTuple):
    """Where the nonces of a key come from, and what has to be closed with it."""

    nonces: Nonces
    lease: AbstractAsyncContextManager[object] | None = None
    keeper: Keeper | None = None


def connect_keys(
    transport: Transport,
    keys: Sequence[Key],
    signer: Callable[[Key, str], Signer],
    sharing: Sharing,
    *,
    unit: int = 1,
    overlap: bool = False,
    limits: CounterLimits | None = None,
    tier_named: bool = False,
    find_failure: FindFailure | None = None,
    refusals: Refusals = (),
    queue_limit: int = 256,
) -> Upstream:
    """The upstream of these keys; `unit` is that of nonces, in nanoseconds.

    The other arguments are those of `SignedUpstream`. Raises SettingsError for a folder
    of nonces that cannot be used.
    """
    patience = transport.total_timeout or None
    counting, keepers = _counting(sharing, unit, overlap, patience)
    found = []
    for key in keys:
        fingerprint = key.fingerprint(transport.base_uri)
        nonces, lease, keeper = counting(fingerprint, key.name)
        keepers += [] if keeper is None else [keeper]
        upstream = SignedUpstream(
            transport,
            signer(key, transport.base_uri),
            nonces=nonces,
            lease=lease,
            overlap=overlap,
            limits=limits,
            tier_named=tier_named,
            find_failure=find_failure,
            refusals=refusals,
            queue_limit=queue_limit,
        )
        found.append(upstream)
    if len(found) == 1 and not keepers:
        return found[0]
    return KeyPool(transport, found, keepers)


def _counting(
    sharing: Sharing, unit: int, overlap: bool, patience: float | None
) -> tuple[Callable[[str, str], Counting], list[Keeper]]:
    """What counts for a fingerprint and a name of a key, and what to close last."""
    if sharing.lease_url is not None:
        from .nonce_lease import Lease, LeaseServer, SharedNonces

        server = LeaseServer(sharing.lease_url)

        def leased(fingerprint: str, name: str) -> Counting:
            if overlap:
                return Counting(SharedNonces(server, fingerprint, unit).take)
            lease = Lease(server, fingerprint, unit, patience)
            return Counting(lease.take, lease, lease)

        return leased, [server]
    if sharing.state_dir:
        from .nonce_state import StoredNonces

        def stored(fingerprint: str, name: str) -> Counting:
            nonces = StoredNonces(sharing.state_dir, fingerprint, name, unit)
            return Counting(nonces.take, None, nonces)

        return stored, []
    return lambda fingerprint, name: Counting(NonceSource(unit).take), []
