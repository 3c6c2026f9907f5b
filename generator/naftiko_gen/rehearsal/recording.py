"""The standard library as a signer sees it while it is watched.

Digests, HMACs and private keys note what goes in and what comes out; the clock stands still,
and what is random is always the same.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib
import secrets
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

#: Nanoseconds since the epoch: 2023-11-14T22:13:20Z.
NOW = 1_700_000_000_000_000_000
_UUID = uuid.UUID("0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1")
_HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_PEM = "cryptography.hazmat.primitives.serialization"
_NAMES = {"sha1": "SHA-1", "sha224": "SHA-224", "sha256": "SHA-256"}
_NAMES |= {"sha384": "SHA-384", "sha512": "SHA-512", "md5": "MD5"}


@dataclass(frozen=True, slots=True)
class Step:
    """One digest: ``key`` is None for a plain hash, empty for a private key.

    ``other`` is the result in the form that JOSE and RFC 9421 use, when it has another one.
    """

    what: str
    key: bytes | None
    data: bytes
    result: bytes
    other: bytes = b""


class Recorder:
    """What a signer computes, in order; the same step twice counts once."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def note(self, step: Step) -> None:
        """Add ``step`` unless it is known."""
        if step not in self.steps:
            self.steps.append(step)

    def modules(self) -> dict[str, ModuleType]:
        """The modules that are watched, by name."""
        found = {
            "hashlib": _like(hashlib, new=self._new, **self._constructors()),
            "hmac": _like(hmac, new=self._keyed, digest=self._mac),
            "time": _like(time, time_ns=lambda: NOW, time=lambda: NOW / 1e9),
            "secrets": _like(
                secrets,
                token_hex=lambda size=32: _bytes(size).hex(),
                token_bytes=_bytes,
            ),
            "uuid": _like(uuid, uuid4=lambda: _UUID),
        }
        try:
            real = importlib.import_module(_PEM)
        except ModuleNotFoundError:
            return found

        def load(*arguments: Any, **keywords: Any) -> Any:
            return _Key(self, real.load_pem_private_key(*arguments, **keywords))

        return {**found, _PEM: _like(real, load_pem_private_key=load)}

    def _constructors(self) -> dict[str, Callable[..., _Digest]]:
        return {name: self._constructor(name) for name in _HASHES}

    def _constructor(self, name: str) -> Callable[..., _Digest]:
        def made(data: bytes = b"", **_: object) -> _Digest:
            return _Digest(self, hashlib.new(name), None, b"").with_data(data)

        made.__name__ = name
        return made

    def _new(self, name: str, data: bytes = b"", **_: object) -> _Digest:
        return self._constructor(name)(data)

    def _keyed(
        self, key: bytes, msg: bytes | None = None, digestmod: Any = ""
    ) -> _Digest:
        keyed = hmac.new(key, digestmod=_name(digestmod))
        return _Digest(self, keyed, bytes(key), b"").with_data(msg or b"")

    def _mac(self, key: bytes, msg: bytes, digest: Any) -> bytes:
        return self._keyed(key, msg, digest).digest()


class _Digest:
    """A hash or an HMAC that remembers what it has absorbed."""

    def __init__(
        self, recorder: Recorder, real: Any, key: bytes | None, data: bytes
    ) -> None:
        self._recorder, self._real = recorder, real
        self._key, self._data = key, data
        self.name: str = real.name
        self.digest_size: int = real.digest_size

    def with_data(self, data: bytes) -> _Digest:
        self.update(data)
        return self

    def update(self, data: bytes) -> None:
        self._real.update(data)
        self._data += bytes(data)

    def copy(self) -> _Digest:
        return _Digest(self._recorder, self._real.copy(), self._key, self._data)

    def digest(self) -> bytes:
        result: bytes = self._real.digest()
        plain = self.name.removeprefix("hmac-")
        what = _NAMES[plain] if self._key is None else f"HMAC-{plain.upper()}"
        self._recorder.note(Step(what, self._key, self._data, result))
        return result

    def hexdigest(self) -> str:
        return self.digest().hex()


class _Key:
    """A private key that notes what it signs; to ``isinstance`` it is the real one."""

    def __init__(self, recorder: Recorder, real: Any) -> None:
        self._recorder, self._real = recorder, real

    __class__ = property(lambda self: type(self._real))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def sign(self, data: bytes, *how: Any) -> bytes:
        result: bytes = self._real.sign(data, *how)
        kind = type(self._real).__name__.strip("_").removesuffix("PrivateKey")
        words = [kind, *filter(None, map(_word, how))]
        other = (
            _raw(result, self._real.key_size) if kind.startswith("E") and how else b""
        )
        self._recorder.note(Step(" ".join(words), b"", data, result, other))
        return result


def _word(how: Any) -> str:
    """What an argument of ``sign`` says of the signature: `PKCS1v15`, `SHA256`."""
    inner = getattr(how, "algorithm", None)
    words = [type(how).__name__.strip("_"), type(inner).__name__ if inner else ""]
    return " ".join(filter(None, words))


def _raw(signature: bytes, bits: int) -> bytes:
    """The two numbers of an ECDSA signature, one behind the other (RFC 7518, section 3.4)."""
    asymmetric = importlib.import_module(
        "cryptography.hazmat.primitives.asymmetric.utils"
    )
    numbers: tuple[int, int] = asymmetric.decode_dss_signature(signature)
    size = (bits + 7) // 8
    return b"".join(number.to_bytes(size, "big") for number in numbers)


def _name(digestmod: Any) -> str:
    return digestmod if isinstance(digestmod, str) else str(digestmod.__name__)


def _bytes(size: int = 32) -> bytes:
    return bytes(number * 17 % 256 for number in range(1, size + 1))


class _Copy(ModuleType):
    """A module in the place of ``real``, which has all that is not replaced."""

    def __init__(self, real: ModuleType, changed: Mapping[str, object]) -> None:
        super().__init__(real.__name__)
        self._real = real
        vars(self).update(changed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def _like(real: ModuleType, **changed: object) -> ModuleType:
    """A copy of a module with some names replaced."""
    return _Copy(real, changed)
