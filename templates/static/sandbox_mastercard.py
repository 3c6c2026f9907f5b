"""Mastercard's OAuth 1.0a as a sandbox plays it: RSA-SHA256 with a throw-away key."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping

from .sandbox_keys import throwaway_keys
from .sandbox_oauth1 import Oauth1Verifier


class MastercardVerifier(Oauth1Verifier):
    """Accepts requests that are signed with one throw-away key; see `Oauth1Verifier`."""

    def __init__(
        self,
        *,
        consumer_key_variable: str,
        signing_key_variable: str,
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = throwaway_keys("rsa-sha256", signing_key_variable)
        super().__init__(
            consumer_key_variable=consumer_key_variable,
            consumer_secret_variable=signing_key_variable,
            secret=self._keys.private,
            signature_method="RSA-SHA256",
            body_hash="sha256",
            always_hashed=True,
            signed_paths=signed_paths,
            public=public,
            others=others,
            clock=clock,
        )

    def _spelling(self, query: str) -> Callable[[str], str]:
        # Mastercard's own clients leave a query alone in which nothing is escaped.
        return super()._spelling(query) if "%" in query else str

    def _written(self, value: str) -> str:
        # Documented by Mastercard's own clients: encoded with the whole, not before.
        return value

    def _signed(self, text: bytes, signature: str) -> bool:
        try:
            return self._keys.verify(base64.b64decode(signature, validate=True), text)
        except ValueError:
            return False
