"""HTTP Message Signatures (RFC 9421) with a private key."""

from __future__ import annotations

import time
from collections.abc import Sequence

from .environment import Secret
from .signer import Clock
from .signing_keys import ecdsa_p256_sha256, ed25519, rsa_pss_sha512, rsa_sha256
from .signing_message import MessageSigner

_ALGORITHMS = {
    "ecdsa-p256-sha256": ecdsa_p256_sha256,
    "ed25519": ed25519,
    "rsa-pss-sha512": rsa_pss_sha512,
    "rsa-v1_5-sha256": rsa_sha256,
}


class Rfc9421Signer(MessageSigner):
    """Signs with the algorithms of RFC 9421, section 3.3; see `MessageSigner`.

    Raises ValueError, without the key, when it is none that the algorithm takes.
    """

    def __init__(
        self,
        base_uri: str,
        keyid: Secret,
        private_key: Secret,
        *,
        algorithm: str,
        components: Sequence[str],
        label: str = "sig1",
        expires: int = 0,
        nonces: bool = False,
        tag: str = "",
        digest: str = "sha-256",
        clock: Clock = time.time_ns,
    ) -> None:
        super().__init__(
            base_uri,
            keyid,
            _ALGORITHMS[algorithm](private_key),
            components=components,
            label=label,
            expires=expires,
            nonces=nonces,
            tag=tag,
            digest=digest,
            clock=clock,
        )
