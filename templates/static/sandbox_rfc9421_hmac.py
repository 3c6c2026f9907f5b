"""HTTP Message Signatures with a shared secret as a sandbox plays them."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from hmac import compare_digest
from hmac import digest as keyed

from .sandbox_message import MessageVerifier, throwaway


class Rfc9421HmacVerifier(MessageVerifier):
    """Accepts requests that are signed with one throw-away secret; see `MessageVerifier`."""

    def __init__(
        self,
        *,
        keyid_variable: str,
        secret_variable: str,
        algorithm: str = "hmac-sha256",
        components: Sequence[str],
        label: str = "sig1",
        expires: int = 0,
        nonces: bool = False,
        tag: str = "",
        digest: str = "sha-256",
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        secret = throwaway(secret_variable).encode()

        def good(signature: bytes, data: bytes) -> bool:
            return compare_digest(signature, keyed(secret, data, "sha256"))

        super().__init__(
            keyid_variable,
            {secret_variable: base64.b64encode(secret).decode()},
            good,
            components=components,
            label=label,
            expires=expires,
            nonces=nonces,
            tag=tag,
            digest=digest,
            signed_paths=signed_paths,
            public=public,
            others=others,
            clock=clock,
        )
