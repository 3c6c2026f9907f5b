"""OAuth 1.0a with a private key (RFC 5849, section 3.4.3), RSA-SHA1 or RSA-SHA256."""

from __future__ import annotations

import time

from .environment import Secret
from .signer import Clock
from .signing_keys import rsa_sha1, rsa_sha256
from .signing_oauth_base import OauthSigner


class Oauth1RsaSigner(OauthSigner):
    """Signs calls with the private key of a consumer; see `OauthSigner` for the rest.

    Raises ValueError, without the key, when it is not an RSA key in PEM form.
    """

    def __init__(
        self,
        base_uri: str,
        consumer_key: Secret,
        private_key: Secret,
        token: Secret | None,
        *,
        signature_method: str = "RSA-SHA1",
        body_hash: str = "none",
        realm: str = "",
        clock: Clock = time.time_ns,
    ) -> None:
        key = rsa_sha256 if signature_method == "RSA-SHA256" else rsa_sha1
        super().__init__(
            base_uri,
            consumer_key,
            token,
            key(private_key),
            signature_method=signature_method,
            body_hash=body_hash,
            realm=realm,
            clock=clock,
        )
