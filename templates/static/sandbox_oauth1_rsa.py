"""OAuth 1.0a with a private key as a sandbox plays it."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping

from .sandbox_keys import throwaway_keys
from .sandbox_oauth1 import Oauth1Verifier


class Oauth1RsaVerifier(Oauth1Verifier):
    """Accepts requests that are signed with one throw-away key; see `Oauth1Verifier`."""

    def __init__(
        self,
        *,
        consumer_key_variable: str,
        private_key_variable: str,
        token_variable: str = "",
        signature_method: str = "RSA-SHA1",
        body_hash: str = "none",
        realm: str = "",
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keys = throwaway_keys(signature_method.lower(), private_key_variable)
        super().__init__(
            consumer_key_variable=consumer_key_variable,
            consumer_secret_variable=private_key_variable,
            token_variable=token_variable,
            secret=self._keys.private,
            signature_method=signature_method,
            body_hash=body_hash,
            realm=realm,
            signed_paths=signed_paths,
            public=public,
            others=others,
            clock=clock,
        )

    def _signed(self, text: bytes, signature: str) -> bool:
        try:
            return self._keys.verify(base64.b64decode(signature, validate=True), text)
        except ValueError:
            return False
