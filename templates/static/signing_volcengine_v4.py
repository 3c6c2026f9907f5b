"""Volcano Engine's signature (BytePlus has the same), HMAC-SHA256.

Source: https://www.volcengine.com/docs/6369/67269 ("Signature method").
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from hmac import new as hmac_of

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

_ALGORITHM = "HMAC-SHA256"


class VolcengineV4Signer:
    """Signs calls of one service in one region; one for each key.

    `base_uri` gives the host that is signed; `clock` gives nanoseconds since the epoch.
    """

    def __init__(
        self,
        base_uri: str,
        access_key_id: Secret,
        secret_access_key: Secret,
        session_token: Secret | None,
        region: Secret | str,
        *,
        service: str,
        clock: Clock = time.time_ns,
    ) -> None:
        place = region if isinstance(region, str) else region.reveal()
        self._host = Address(base_uri).host
        self._key_id = access_key_id.reveal()
        self._secret = secret_access_key.reveal().encode()
        self._token = None if session_token is None else session_token.reveal()
        self._scope = (place, service, "request")
        self._clock = clock
        self._day, self._keyed = "", hmac_of(b"", digestmod="sha256")

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
        day = date[:8]
        scope = "/".join((day, *self._scope))
        if day != self._day:
            self._day, self._keyed = day, derived(self._secret, (day, *self._scope))
        data, media_type = json_content(body)
        digest = sha256_hex(data)
        added = {"X-Date": date, "X-Content-Sha256": digest}
        if self._token is not None:
            added["X-Security-Token"] = self._token
        if media_type and not header_value(headers, "content-type"):
            added["Content-Type"] = media_type
        path, mark, query = target.partition("?")
        path, (query, ordered) = encoded_path(path), encoded_query(query, meant=True)
        signed = signed_headers(self._host, headers, added, "x-")
        listed, hashed = canonical(method, path, ordered, signed, digest)
        text = f"{_ALGORITHM}\n{date}\n{scope}\n{hashed}"
        added["Authorization"] = (
            f"{_ALGORITHM} Credential={self._key_id}/{scope}, "
            f"SignedHeaders={listed}, Signature={signature(self._keyed, text)}"
        )
        return Signed(f"{path}{mark}{query}", data or None, added)
