"""Signs requests: Binance Spot and Futures REST.

Source:
    https://developers.binance.com/docs/binance-spot-api-docs/rest-api/request-security
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from time import time_ns

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_request import form_content, form_with, with_field, with_fields
from .signing_secrets import text_secret


class BinanceSigner:
    """Signs with the scheme binance; one for each key."""

    def __init__(self, key: Secret, secret: Secret, *, clock: Clock = time_ns) -> None:
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
        path, _, query = target.partition("?")
        time = str(self._clock() // 1_000_000)
        if method in ("GET", "DELETE"):
            query = with_field(query, "recvWindow", "5000")
            query = with_field(query, "timestamp", time)
        if method in ("POST", "PUT"):
            body = with_fields(body, {"recvWindow": "5000", "timestamp": time})
        target = f"{path}?{query}" if query else path
        content = form_content(body)
        payload = b"".join((query.encode(), content.data))
        mac = self._keyed.copy()
        mac.update(payload)
        signature = mac.hexdigest()
        if method in ("GET", "DELETE"):
            query = with_field(query, "signature", signature)
            target = f"{path}?{query}"
        if method in ("POST", "PUT"):
            content = form_with(content, "signature", signature)
        output: dict[str, str] = {"X-MBX-APIKEY": self._key}
        if content.data:
            output["Content-Type"] = content.media_type
        return Signed(target, content.data or None, output)
