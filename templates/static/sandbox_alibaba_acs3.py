"""Alibaba Cloud as a sandbox plays it: it checks ACS3-HMAC-SHA256.

Written from the page "Request syntax and signature method V3" of its documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Unpack

from .sandbox_canonical import (
    INCOMPLETE,
    REPLAYED,
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
from .sandbox_credentials import Nonces

_AUTHORIZATION = re.compile(
    r"ACS3-HMAC-SHA256 Credential=([^/,]+),"
    r"SignedHeaders=([a-z0-9;_-]+),Signature=([0-9a-f]{64})"
)
_NEEDED = ("x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce")


class AlibabaAcs3Verifier(Gate):
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
        version: str = "",
        **common: Unpack[Common],
    ) -> None:
        self._keys = Keys(
            access_key_id_variable, secret_access_key_variable, session_token_variable
        )
        self._version = version
        self._nonces = Nonces(ordered=False)
        super().__init__(self._keys.known, **common)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        if parts is None:
            return INCOMPLETE
        key_id, listed, made = parts.groups()
        own = {name for name in sent if name.startswith("x-acs-")}
        if not complete(listed, sent, {*_NEEDED, *own, "host"}):
            return INCOMPLETE
        if self._version and "x-acs-version" not in sent:
            return INCOMPLETE
        if not same(key_id, self._keys.id):
            return UNKNOWN_KEY
        if not same(sent.get("x-acs-security-token", ""), self._keys.token):
            return UNKNOWN_KEY
        digest = digest_of(body)
        if sent["x-acs-content-sha256"] != digest:
            return WRONG
        headers = [(name, sent[name]) for name in listed.split(";")]
        ordered = in_order(query)
        path = segments_encoded(path)
        whole = request_text(method, path, ordered, headers, listed, digest)
        text = f"ACS3-HMAC-SHA256\n{digest_of(whole)}"
        if not same(made, chained(self._keys.secret.encode(), text).hex()):
            return WRONG
        if not self.timely(sent["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ"):
            return STALE
        return None if self._nonces.take(sent["x-acs-signature-nonce"]) else REPLAYED
