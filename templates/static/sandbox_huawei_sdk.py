"""Huawei Cloud as a sandbox plays it: it checks SDK-HMAC-SHA256.

Written from the pages "API Signature Authentication Mechanism" of its documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Unpack

from .sandbox_canonical import (
    INCOMPLETE,
    STALE,
    UNKNOWN_KEY,
    WRONG,
    Common,
    Gate,
    Keys,
    chained,
    complete,
    digest_of,
    in_order,
    request_text,
    same,
    segments_encoded,
)

_AUTHORIZATION = re.compile(
    r"SDK-HMAC-SHA256 Access=([^/,]+), "
    r"SignedHeaders=([a-z0-9;_-]+), Signature=([0-9a-f]{64})"
)


class HuaweiSdkHmacSha256Verifier(Gate):
    """Accepts requests that are signed with one throw-away key; see `Gate`.

    `environment` offers it under the variables that are named here.
    """

    tolerance = 900

    def __init__(
        self,
        *,
        access_key_id_variable: str,
        secret_access_key_variable: str,
        session_token_variable: str,
        **common: Unpack[Common],
    ) -> None:
        self._keys = Keys(
            access_key_id_variable, secret_access_key_variable, session_token_variable
        )
        super().__init__(self._keys.known, **common)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        if parts is None:
            return INCOMPLETE
        key_id, listed, made = parts.groups()
        if not complete(listed, sent, ("host", "x-sdk-date")):
            return INCOMPLETE
        if not same(key_id, self._keys.id):
            return UNKNOWN_KEY
        if not same(sent.get("x-security-token", ""), self._keys.token):
            return UNKNOWN_KEY
        headers = [(name, sent[name]) for name in listed.split(";")]
        ordered = in_order(query)
        path = segments_encoded(path)
        if path[-1:] != "/":
            path += "/"
        whole = request_text(method, path, ordered, headers, listed, digest_of(body))
        moment = sent["x-sdk-date"]
        text = f"SDK-HMAC-SHA256\n{moment}\n{digest_of(whole)}"
        if not same(made, chained(self._keys.secret.encode(), text).hex()):
            return WRONG
        return None if self.timely(moment, "%Y%m%dT%H%M%SZ") else STALE
