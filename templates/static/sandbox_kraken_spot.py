"""Kraken Spot REST as a sandbox plays it: signature, nonce, otp and call counter.

This is the check on the signing of the package, so it is written from Kraken's
documentation alone and shares no code with the signer.
"""

from __future__ import annotations

import base64
import heapq
import hmac
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from urllib.parse import parse_qsl

from .reply import JsonValue

INVALID_KEY = "EAPI:Invalid key"
INVALID_SIGNATURE = "EAPI:Invalid signature"
INVALID_NONCE = "EAPI:Invalid nonce"
INVALID_ARGUMENTS = "EGeneral:Invalid arguments"
RATE_LIMITED = "EAPI:Rate limit exceeded"
UNKNOWN_METHOD = "EGeneral:Unknown method"

# Kraken counts these two calls double.
HISTORY_PATHS = ("/0/private/Ledgers", "/0/private/TradesHistory")
MAX_REMEMBERED = 100_000
_NONCE = re.compile(r"[0-9]{1,20}")


class KrakenSpotVerifier:
    """Accepts requests that Kraken would accept from one throw-away API key.

    The key and the secret are made anew for every verifier unless they are given;
    `environment` offers them under the variable names given here. `nonce_window` is
    in units of the nonce: a lower nonce is accepted when it was not used before and
    lies no further than this below the highest one. `counter` is (maximum, decay a
    second) of Kraken's call counter, or None to accept any number of calls. `clock`
    gives seconds. Paths outside `signed_paths` are public and not checked. `others`
    are variables that the package needs for upstreams which are not checked either.
    """

    def __init__(
        self,
        *,
        key_variable: str = "KRAKEN_API_KEY",
        secret_variable: str = "KRAKEN_API_SECRET",
        otp_variable: str = "KRAKEN_OTP",
        require_otp: bool = False,
        nonce_window: int = 0,
        counter: tuple[float, float] | None = None,
        signed_paths: tuple[str, ...] = ("/0/private/",),
        key: str | None = None,
        secret: str | None = None,
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        # The lengths are those of real ones: 56 and 88 characters.
        self._key = _random_base64(42) if key is None else key
        secret_text = _random_base64(64) if secret is None else secret
        self._secret = base64.b64decode(secret_text, validate=True)
        self._otp = f"{secrets.randbelow(10**6):06}" if require_otp else None
        self._signed_paths = signed_paths
        self._nonces = _Nonces(nonce_window)
        self._counter = None if counter is None else _Counter(*counter, clock)
        # Without an otp the variable is emptied, lest a real one be read and sent.
        self.environment: Mapping[str, str] = {
            **(others or {}),
            key_variable: self._key,
            secret_variable: secret_text,
            otp_variable: self._otp or "",
        }

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """None for a good request, else the error string that Kraken gives for it.

        A request uses up its nonce only when its signature is right. Kraken names no
        error string for a wrong otp; `EGeneral:Invalid arguments:otp` is chosen here.
        """
        path = target.partition("?")[0]
        if not path.startswith(self._signed_paths):
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        if not _same(sent.get("api-key", ""), self._key):
            return INVALID_KEY
        fields = _fields(sent.get("content-type", ""), body)
        if fields is None:
            return INVALID_ARGUMENTS
        nonce = _nonce_text(fields.get("nonce"))
        if nonce is None:
            return INVALID_NONCE
        if not _same(sent.get("api-sign", ""), self._sign(target, nonce, body)):
            return INVALID_SIGNATURE
        if not self._nonces.take(int(nonce)):
            return INVALID_NONCE
        if self._otp is not None and not _same(str(fields.get("otp", "")), self._otp):
            return f"{INVALID_ARGUMENTS}:otp"
        cost = 2.0 if path in HISTORY_PATHS else 1.0
        if self._counter is not None and not self._counter.take(cost):
            return RATE_LIMITED
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """Kraken's envelope of a result."""
        return {"error": [], "result": sample}

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """Kraken reports its errors with status 200."""
        return 200, {"error": [error]}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404 with Kraken's error string."""
        return 404, {"error": [UNKNOWN_METHOD]}

    def _sign(self, target: str, nonce: str, body: bytes) -> str:
        inner = sha256(nonce.encode("ascii"))
        inner.update(body)
        outer = hmac.new(self._secret, digestmod="sha512")
        outer.update(target.encode("utf-8", "surrogateescape"))
        outer.update(inner.digest())
        return base64.standard_b64encode(outer.digest()).decode("ascii")


class _Nonces:
    """The nonces that one key has used, as far down as the window reaches."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._highest = -1
        self._floor = -1
        self._used: set[int] = set()
        self._by_size: list[int] = []

    def take(self, nonce: int) -> bool:
        """Use a nonce up; False when it is spent, too low or not unsigned 64-bit."""
        if nonce >= 2**64 or nonce <= self._floor or nonce in self._used:
            return False
        if nonce < self._highest - self._window:
            return False
        self._highest = max(self._highest, nonce)
        self._used.add(nonce)
        heapq.heappush(self._by_size, nonce)
        # Nonces below the window are refused for being low, so they need not be
        # remembered; neither are more than MAX_REMEMBERED, for the sake of memory.
        lowest = self._highest - self._window
        while self._by_size[0] < lowest or len(self._by_size) > MAX_REMEMBERED:
            self._floor = heapq.heappop(self._by_size)
            self._used.remove(self._floor)
        return True


class _Counter:
    """Kraken's call counter: every call adds its cost, and it decays with time."""

    def __init__(
        self, maximum: float, decay: float, clock: Callable[[], float]
    ) -> None:
        self._maximum = maximum
        self._decay = decay
        self._clock = clock
        self._level = 0.0
        self._seen = clock()

    def take(self, cost: float) -> bool:
        """Count a call, refused or not; False when the counter is above its maximum."""
        now = self._clock()
        self._level = max(0.0, self._level - (now - self._seen) * self._decay) + cost
        self._seen = now
        return self._level <= self._maximum


def _random_base64(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode("ascii")


def _same(sent: str, expected: str) -> bool:
    return hmac.compare_digest(
        sent.encode("utf-8", "surrogateescape"), expected.encode()
    )


def _fields(content_type: str, body: bytes) -> Mapping[str, object] | None:
    """The members of a form or a JSON body; None when it is neither, or is broken."""
    kind = content_type.partition(";")[0].strip().lower()
    try:
        text = body.decode("utf-8")
        if kind == "application/x-www-form-urlencoded":
            pairs = parse_qsl(text, keep_blank_values=True, errors="strict")
            return _once(pairs)
        if kind == "application/json":
            parsed = json.loads(text or "{}", object_pairs_hook=_once)
            return parsed if isinstance(parsed, dict) else None
    except (ValueError, RecursionError):
        pass
    return None


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """A mapping of pairs; ValueError when a name comes twice."""
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise ValueError("a name is given twice")
    return mapping


def _nonce_text(value: object) -> str | None:
    """A nonce as the decimal text that is signed: form text, JSON string or integer."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _NONCE.fullmatch(value):
        return value
    return None
