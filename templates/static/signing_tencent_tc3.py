"""Tencent Cloud's signature of API 3.0, TC3-HMAC-SHA256.

Source: https://www.tencentcloud.com/document/api/213/33224 ("Signature v3").
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
)
from .signing_request import header_value, json_content
from .signing_secrets import Address
from .signing_times import iso8601

_ALGORITHM = "TC3-HMAC-SHA256"
_FORM = "application/x-www-form-urlencoded"
_SECOND = 1_000_000_000


class TencentTc3Signer:
    """Signs calls of one service; one for each key.

    `base_uri` gives the host that is signed. `region` and `version` are sent with calls
    that name none; `clock` gives nanoseconds since the epoch.
    """

    def __init__(
        self,
        base_uri: str,
        access_key_id: Secret,
        secret_access_key: Secret,
        session_token: Secret | None,
        region: Secret | str = "",
        *,
        service: str,
        version: str = "",
        clock: Clock = time.time_ns,
    ) -> None:
        place = region if isinstance(region, str) else region.reveal()
        self._host = Address(base_uri).host.lower()
        self._key_id = access_key_id.reveal()
        self._secret = b"TC3" + secret_access_key.reveal().encode()
        self._service = service
        token = "" if session_token is None else session_token.reveal()
        defaults = {"Region": place, "Version": version, "Token": token}
        self._defaults = {f"X-TC-{name}": text for name, text in defaults.items()}
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
        """See `Signer.sign`. Signed are Content-Type and Host, in lower case."""
        now = self._clock()
        second, day = str(now // _SECOND), iso8601(now)[:10]
        scope = f"{day}/{self._service}/tc3_request"
        if day != self._day:
            self._day = day
            self._keyed = derived(self._secret, (day, self._service, "tc3_request"))
        data, media_type = json_content(body)
        added = {"X-TC-Timestamp": second}
        for name, value in self._defaults.items():
            if value and not header_value(headers, name.lower()):
                added[name] = value
        kind = header_value(headers, "content-type").strip(" \t")
        if not kind:
            # Every signature covers a type, also that of a call without a body.
            kind = added["Content-Type"] = media_type or _FORM
        path, mark, query = target.partition("?")
        path, query = encoded_path(path), encoded_query(query).sent
        signed = {"content-type": kind.lower(), "host": self._host}
        listed, hashed = canonical(method, path, query, signed, sha256_hex(data))
        text = f"{_ALGORITHM}\n{second}\n{scope}\n{hashed}"
        added["Authorization"] = (
            f"{_ALGORITHM} Credential={self._key_id}/{scope}, "
            f"SignedHeaders={listed}, Signature={signature(self._keyed, text)}"
        )
        return Signed(f"{path}{mark}{query}", data or None, added)
