"""Alibaba Cloud's signature of version 3, ACS3-HMAC-SHA256.

Source: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature.
"""

from __future__ import annotations

import time
from collections.abc import Mapping

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_canonical import (
    canonical,
    derived,
    encoded_path,
    encoded_query,
    sha256_hex,
    signature,
    signed_headers,
)
from .signing_request import header_value, json_content
from .signing_secrets import Address
from .signing_times import iso8601

_ALGORITHM = "ACS3-HMAC-SHA256"


class AlibabaAcs3Signer:
    """Signs calls of any product; one for each key.

    `base_uri` gives the host that is signed. `version` is sent with calls that name none;
    `clock` gives nanoseconds since the epoch.
    """

    def __init__(
        self,
        base_uri: str,
        access_key_id: Secret,
        secret_access_key: Secret,
        session_token: Secret | None,
        *,
        version: str = "",
        clock: Clock = time.time_ns,
    ) -> None:
        self._host = Address(base_uri).host
        self._key_id = access_key_id.reveal()
        self._keyed = derived(secret_access_key.reveal().encode(), ())
        self._token = None if session_token is None else session_token.reveal()
        self._version = version
        self._clock = clock

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`. Signed are Host, Content-Type and every X-Acs- header."""
        data, media_type = json_content(body)
        digest = sha256_hex(data)
        added = {
            "x-acs-date": iso8601(self._clock()),
            "x-acs-signature-nonce": nonce,
            "x-acs-content-sha256": digest,
        }
        if self._token is not None:
            added["x-acs-security-token"] = self._token
        if self._version and not header_value(headers, "x-acs-version"):
            added["x-acs-version"] = self._version
        if media_type and not header_value(headers, "content-type"):
            added["Content-Type"] = media_type
        path, mark, query = target.partition("?")
        path, (query, ordered) = encoded_path(path), encoded_query(query, meant=True)
        signed = signed_headers(self._host, headers, added, "x-acs-")
        listed, hashed = canonical(method, path, ordered, signed, digest)
        made = signature(self._keyed, f"{_ALGORITHM}\n{hashed}")
        added["Authorization"] = (
            f"{_ALGORITHM} Credential={self._key_id},"
            f"SignedHeaders={listed},Signature={made}"
        )
        return Signed(f"{path}{mark}{query}", data or None, added)
