"""Signs requests: HMAC-SHA256 of the body, as GitHub signs its webhooks.

Source:
    https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Signed
from .signing_request import json_content
from .signing_secrets import text_secret


class HmacBodySigner:
    """Signs with the scheme hmac-body; one for each key."""

    def __init__(self, secret: Secret) -> None:
        self._keyed = hmac.new(text_secret(secret), digestmod="sha256")

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
        payload = content.data
        mac = self._keyed.copy()
        mac.update(payload)
        signature = mac.hexdigest()
        output: dict[str, str] = {"X-Hub-Signature-256": f"sha256={signature}"}
        if content.data:
            output["Content-Type"] = content.media_type
        return Signed(target, content.data or None, output)
