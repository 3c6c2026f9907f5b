"""The keys that an authorization server signs with (RFC 7517), fetched and kept.

They are fetched when they are needed, by one request for all who wait. When the server
cannot be reached, the keys that are there stay good for a day: callers are not locked
out by an outage of somebody else.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import jwt

from .access_issuer import PAUSE, Issuer, IssuerUnreachable
from .reply import JsonValue

#: Keys of this age, in seconds, are asked for again while they are still used;
TTL: Final = 300.0
#: of this age, before they are used;
STALE: Final = 600.0
#: and of this age they are not used, whatever is wrong with their server.
MAX_AGE: Final = 86_400.0
#: Between two requests, so that nobody can make us flood the server.
INTERVAL: Final = 30.0
MAX_KEYS: Final = 100
MIN_RSA_BITS: Final = 2048

#: Signatures that are accepted, and the kind of key of each. Never `none`, and none by
#: a shared secret: whoever checks those could make them as well.
ALGORITHMS: Final[Mapping[str, str]] = {
    **{f"{kind}{bits}": "RSA" for kind in ("RS", "PS") for bits in (256, 384, 512)},
    **{f"ES{bits}": "EC" for bits in (256, 384, 512)},
    "EdDSA": "OKP",
}

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Key:
    """A public key; `algorithm` is "" when it may be used with any of its kind."""

    name: str | None
    kind: str
    algorithm: str
    key: Any


class Keys:
    """The keys of one server; `clock` gives seconds."""

    def __init__(
        self, issuer: Issuer, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._issuer, self._clock = issuer, clock
        self._keys: tuple[Key, ...] = ()
        self._loaded = self._tried = float("-inf")
        self._failure: IssuerUnreachable | None = None
        self._task: asyncio.Task[None] | None = None

    async def find(self, name: str | None, algorithm: str) -> tuple[Key, ...]:
        """The keys that a token with this `kid` can be signed with; perhaps none.

        Raises IssuerUnreachable when that cannot be told at the moment.
        """
        await self._fresh()
        found = self._fitting(name, algorithm)
        if found:
            return found
        # The server may have a new key, which nobody has told us about.
        if self._task is not None or self._clock() - self._tried >= INTERVAL:
            await self._load()
        if self._failure is not None:
            raise self._unreachable(INTERVAL)
        return self._fitting(name, algorithm)

    async def close(self) -> None:
        """Stop fetching."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait((self._task,))
        await self._issuer.close()

    def _fitting(self, name: str | None, algorithm: str) -> tuple[Key, ...]:
        return tuple(
            key
            for key in self._keys
            if key.kind == ALGORITHMS[algorithm]
            and key.algorithm in ("", algorithm)
            and name in (None, key.name)
        )

    async def _fresh(self) -> None:
        age = self._clock() - self._loaded
        if age < TTL:
            return
        usable = age < MAX_AGE
        pause = INTERVAL if usable else PAUSE
        if self._task is None and self._clock() - self._tried < pause:
            if not usable:
                raise self._unreachable(pause)
            return
        if age < STALE:
            self._start()
            return
        await self._load()
        if self._clock() - self._loaded >= MAX_AGE:
            raise self._unreachable(PAUSE)

    def _unreachable(self, pause: float) -> IssuerUnreachable:
        left = max(1.0, pause - (self._clock() - self._tried))
        return IssuerUnreachable(str(self._failure), left)

    def _start(self) -> asyncio.Task[None]:
        if self._task is None:
            self._task = asyncio.create_task(self._fetch())
        return self._task

    async def _load(self) -> None:
        # Shielded: a caller who gives up must not end what others wait for.
        await asyncio.shield(self._start())

    async def _fetch(self) -> None:
        try:
            url = await self._issuer.endpoint("jwks_uri")
            document = await self._issuer.fetch("GET", url)
            self._keys = read_keys(document or {})
            self._loaded, self._failure = self._clock(), None
        except IssuerUnreachable as failure:
            self._failure = failure
            _log.warning("no new keys of the issuer: %s", failure)
        finally:
            self._tried, self._task = self._clock(), None


def read_keys(document: Mapping[str, JsonValue]) -> tuple[Key, ...]:
    """The usable keys of a JWK Set; those that we don't know are left out (RFC 7517)."""
    members = document.get("keys")
    if not isinstance(members, list):
        raise IssuerUnreachable("the issuer's key set has no list of keys")
    found = (_read(member) for member in members[:MAX_KEYS])
    return tuple(key for key in found if key is not None)


def _read(member: JsonValue) -> Key | None:
    if not isinstance(member, dict) or member.get("use", "sig") != "sig":
        return None
    kind, algorithm = str(member.get("kty")), str(member.get("alg", ""))
    if kind not in ALGORITHMS.values():
        return None
    if algorithm and ALGORITHMS.get(algorithm) != kind:
        return None
    try:
        key = jwt.PyJWK(member).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    if kind == "RSA" and key.key_size < MIN_RSA_BITS:
        return None
    name = member.get("kid")
    return Key(name if isinstance(name, str) else None, kind, algorithm, key)
