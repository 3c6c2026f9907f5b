"""Huawei Cloud's signature with an access key (AK/SK), SDK-HMAC-SHA256.

Source: https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm-001.html
and the pages after it.
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
from .signing_times import iso8601_basic

_ALGORITHM = "SDK-HMAC-SHA256"


class HuaweiSdkHmacSha256Signer:
    """Signs calls of any service; one for each key.

    `base_uri` gives the host that is signed; `clock` gives nanoseconds since the epoch.
    """

    def __init__(
        self,
        base_uri: str,
        access_key_id: Secret,
        secret_access_key: Secret,
        session_token: Secret | None,
        *,
        clock: Clock = time.time_ns,
    ) -> None:
        self._host = Address(base_uri).host
        self._key_id = access_key_id.reveal()
        self._keyed = derived(secret_access_key.reveal().encode(), ())
        self._token = None if session_token is None else session_token.reveal()
        self._clock = clock

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`. Signed are Host, Content-Type and every X- header."""
        date = iso8601_basic(self._clock())
        data, media_type = json_content(body)
        added = {"X-Sdk-Date": date}
        if self._token is not None:
            added["X-Security-Token"] = self._token
        if media_type and not header_value(headers, "content-type"):
            added["Content-Type"] = media_type
        path, mark, query = target.partition("?")
        path, (query, ordered) = encoded_path(path), encoded_query(query, meant=True)
        signed = signed_headers(self._host, headers, added, "x-")
        # The path is signed with a slash at its end, and need not be sent so.
        whole = path if path.endswith("/") else f"{path}/"
        listed, hashed = canonical(method, whole, ordered, signed, sha256_hex(data))
        made = signature(self._keyed, f"{_ALGORITHM}\n{date}\n{hashed}")
        added["Authorization"] = (
            f"{_ALGORITHM} Access={self._key_id}, "
            f"SignedHeaders={listed}, Signature={made}"
        )
        return Signed(f"{path}{mark}{query}", data or None, added)
