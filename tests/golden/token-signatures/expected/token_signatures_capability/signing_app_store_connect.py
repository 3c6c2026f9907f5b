"""Signs requests: Apple App Store Connect.

Source:
    https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests
"""

from __future__ import annotations

from collections.abc import Mapping
from time import time_ns

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_jwt import jwt_input, jwt_text
from .signing_keys import ecdsa_p256_sha256
from .signing_request import json_content


class AppStoreConnectSigner:
    """Signs with the scheme app-store-connect; one for each key.

    Raises ValueError, without the value, for a secret of another form.
    """

    def __init__(
        self,
        key: Secret,
        issuer: Secret,
        secret: Secret,
        *,
        clock: Clock = time_ns,
    ) -> None:
        self._key = key.reveal()
        self._issuer = issuer.reveal()
        self._private = ecdsa_p256_sha256(secret)
        self._clock = clock

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`."""
        content = json_content(body)
        now = self._clock() // 1_000_000_000
        signed = jwt_input(
            {"alg": "ES256", "kid": self._key, "typ": "JWT"},
            {
                "iss": self._issuer,
                "iat": now,
                "exp": now + 600,
                "aud": "appstoreconnect-v1",
            },
        )
        token = jwt_text(signed, self._private(signed))
        output: dict[str, str] = {"Authorization": f"Bearer {token}"}
        if content.data:
            output["Content-Type"] = content.media_type
        return Signed(target, content.data or None, output)
