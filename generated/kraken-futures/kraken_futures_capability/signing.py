"""Signs requests: Kraken Futures REST (Derivatives v3).

Source:
    https://docs.kraken.com/api/docs/guides/futures-rest
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Signed
from .signing_request import base64_text, form_content
from .signing_secrets import base64_secret


class KrakenFuturesSigner:
    """Signs with the scheme kraken-futures; one for each key.

    Raises ValueError, without the value, for a secret of another form.
    """

    def __init__(self, key: Secret, secret: Secret) -> None:
        self._key = key.reveal()
        self._keyed = hmac.new(base64_secret(secret), digestmod="sha512")

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
        content = form_content(body)
        payload = path.removeprefix("/derivatives")
        payload_2 = b"".join(
            (query.encode(), content.data, f"{nonce}{payload}".encode()),
        )
        payload_3 = sha256(payload_2).digest()
        mac = self._keyed.copy()
        mac.update(payload_3)
        signature = base64_text(mac.digest())
        output: dict[str, str] = {
            "APIKey": self._key,
            "Nonce": nonce,
            "Authent": signature,
        }
        if content.data:
            output["Content-Type"] = content.media_type
        return Signed(target, content.data or None, output)
