"""HTTP Message Signatures (RFC 9421) with a shared secret."""

from __future__ import annotations

import hmac
import time
from collections.abc import Sequence

from .environment import Secret
from .signer import Clock
from .signing_message import MessageSigner
from .signing_secrets import base64_secret


class Rfc9421HmacSigner(MessageSigner):
    """Signs with HMAC-SHA256 (RFC 9421, section 3.3.3); see `MessageSigner`.

    The secret is written in base64.
    """

    def __init__(
        self,
        base_uri: str,
        keyid: Secret,
        secret: Secret,
        *,
        algorithm: str = "hmac-sha256",
        components: Sequence[str],
        label: str = "sig1",
        expires: int = 0,
        nonces: bool = False,
        tag: str = "",
        digest: str = "sha-256",
        clock: Clock = time.time_ns,
    ) -> None:
        key = base64_secret(secret)
        hash_name = algorithm.removeprefix("hmac-")
        super().__init__(
            base_uri,
            keyid,
            lambda data: hmac.digest(key, data, hash_name),
            components=components,
            label=label,
            expires=expires,
            nonces=nonces,
            tag=tag,
            digest=digest,
            clock=clock,
        )
