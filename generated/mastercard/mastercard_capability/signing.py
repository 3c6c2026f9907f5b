"""Mastercard's OAuth 1.0a: RSA-SHA256, and a digest of every body, empty ones too.

Source: "Using OAuth 1.0a to Access Mastercard APIs" on developer.mastercard.com.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from urllib.parse import unquote

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_keys import rsa_sha256
from .signing_oauth import base_string, origin
from .signing_request import base64_text, header_value, json_content, percent


class MastercardSigner:
    """Signs calls with the private key of a project; `clock` gives nanoseconds.

    Raises ValueError, without the key, when it is not an RSA key in PEM form.
    """

    def __init__(
        self,
        base_uri: str,
        consumer_key: Secret,
        signing_key: Secret,
        *,
        clock: Clock = time.time_ns,
    ) -> None:
        self._sign = rsa_sha256(signing_key)
        self._key = consumer_key.reveal()
        self._origin, self._clock = origin(base_uri), clock

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`."""
        data, written = json_content(body)
        path, _, query = target.partition("?")
        fields = {
            "oauth_consumer_key": self._key,
            "oauth_nonce": nonce,
            "oauth_timestamp": str(self._clock() // 1_000_000_000),
            "oauth_signature_method": "RSA-SHA256",
            "oauth_version": "1.0",
            "oauth_body_hash": base64_text(hashlib.sha256(data).digest()),
        }
        # As in Mastercard's own clients: the values of these fields are encoded once, not
        # twice, and so is a query in which nothing had to be escaped.
        escaped = unquote(query) != query
        address = self._origin + path
        text = base_string(method, address, fields, query, write=str, escaped=escaped)
        fields["oauth_signature"] = percent(base64_text(self._sign(text)))
        parts = ",".join([f'{name}="{value}"' for name, value in fields.items()])
        added = {"Authorization": f"OAuth {parts}"}
        if data and written and not header_value(headers, "content-type"):
            added["Content-Type"] = written
        return Signed(target, data or None, added)
