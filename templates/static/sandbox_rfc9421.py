"""HTTP Message Signatures with a private key as a sandbox plays them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from .sandbox_keys import throwaway_keys
from .sandbox_message import MessageVerifier


class Rfc9421Verifier(MessageVerifier):
    """Accepts requests that are signed with one throw-away key; see `MessageVerifier`."""

    def __init__(
        self,
        *,
        keyid_variable: str,
        private_key_variable: str,
        algorithm: str,
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
        keys = throwaway_keys(algorithm, private_key_variable)
        super().__init__(
            keyid_variable,
            {private_key_variable: keys.private},
            keys.verify,
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
