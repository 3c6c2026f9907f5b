"""Calls with OAuth 1.0a (RFC 5849, section 3), whatever makes the signature.

The digest of bodies that are no forms is that of the OAuth Request Body Hash draft.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_oauth import authorization, base_string, is_form, origin
from .signing_request import base64_text, header_value, json_content


class OauthSigner:
    """Signs calls of a consumer and, where there is one, of a token.

    `mac` makes the signature of a base string, as `signature_method` says. `body_hash` is
    "sha1", "sha256" or "none". `clock` gives nanoseconds.
    """

    def __init__(
        self,
        base_uri: str,
        consumer_key: Secret,
        token: Secret | None,
        mac: Callable[[bytes], bytes],
        *,
        signature_method: str,
        body_hash: str = "none",
        realm: str = "",
        clock: Clock = time.time_ns,
    ) -> None:
        self._mac = mac
        self._fields = {
            "oauth_version": "1.0",
            "oauth_signature_method": signature_method,
            "oauth_consumer_key": consumer_key.reveal(),
        }
        if token is not None:
            self._fields["oauth_token"] = token.reveal()
        self._origin, self._realm = origin(base_uri), realm
        self._body_hash, self._clock = body_hash, clock

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
        sent = header_value(headers, "content-type")
        path, _, query = target.partition("?")
        fields = {
            "oauth_nonce": nonce,
            "oauth_timestamp": str(self._clock() // 1_000_000_000),
            **self._fields,
        }
        form = ""
        if is_form(sent or written):
            form = data.decode("ascii", "replace")
        elif data and self._body_hash != "none":
            digest = hashlib.new(self._body_hash, data).digest()
            fields["oauth_body_hash"] = base64_text(digest)
        text = base_string(method, self._origin + path, fields, query, form)
        fields["oauth_signature"] = base64_text(self._mac(text))
        added = {"Authorization": authorization(fields, self._realm)}
        if data and written and not sent:
            added["Content-Type"] = written
        return Signed(target, data or None, added)
