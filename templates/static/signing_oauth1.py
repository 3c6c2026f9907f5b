"""OAuth 1.0a with shared secrets (RFC 5849, section 3.4.2), HMAC-SHA1 or HMAC-SHA256."""

from __future__ import annotations

import hmac
import time

from .environment import Secret
from .signer import Clock
from .signing_oauth_base import OauthSigner
from .signing_request import percent


class Oauth1Signer(OauthSigner):
    """Signs calls with the secrets of a consumer and, where there is one, of a token.

    See `OauthSigner` for the rest.
    """

    def __init__(
        self,
        base_uri: str,
        consumer_key: Secret,
        consumer_secret: Secret,
        token: Secret | None,
        token_secret: Secret | None,
        *,
        signature_method: str = "HMAC-SHA1",
        body_hash: str = "none",
        realm: str = "",
        clock: Clock = time.time_ns,
    ) -> None:
        other = "" if token_secret is None else token_secret.reveal()
        key = f"{percent(consumer_secret.reveal())}&{percent(other)}"
        digest = "sha256" if signature_method == "HMAC-SHA256" else "sha1"
        keyed = hmac.new(key.encode(), digestmod=digest)

        def mac(text: bytes) -> bytes:
            # A copy has absorbed the key already.
            copy = keyed.copy()
            copy.update(text)
            return copy.digest()

        super().__init__(
            base_uri,
            consumer_key,
            token,
            mac,
            signature_method=signature_method,
            body_hash=body_hash,
            realm=realm,
            clock=clock,
        )
