"""Signs requests: ledger-signature."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from time import time_ns

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_jwt import jwt_input, jwt_text
from .signing_request import base64url_text, json_content
from .signing_secrets import Address, text_secret


class LedgerSignatureSigner:
    """Signs with the scheme ledger-signature; one for each key."""

    def __init__(
        self,
        base_uri: str,
        key: Secret,
        secret: Secret,
        *,
        clock: Clock = time_ns,
    ) -> None:
        address = Address(base_uri)
        self._host = address.host
        self._key = key.reveal()
        self._keyed = hmac.new(text_secret(secret), digestmod="sha256")
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
        digest = base64url_text(sha256(content.data).digest())
        now = self._clock() // 1_000_000_000
        signed = jwt_input(
            {"alg": "HS256", "kid": self._key, "typ": "JWT"},
            {
                "aud": ["ledger", self._host],
                "iat": now,
                "exp": now + 60,
                "jti": nonce,
                "target": f"{method} {target}",
                "digest": digest,
                "live": True,
            },
        )
        mac = self._keyed.copy()
        mac.update(signed)
        token = jwt_text(signed, mac.digest())
        output: dict[str, str] = {"Authorization": f"Bearer {token}"}
        if content.data:
            output["Content-Type"] = content.media_type
        return Signed(target, content.data or None, output)
