"""Volcano Engine as a sandbox plays it: it checks HMAC-SHA256.

Written from the page "Signature method" of its documentation.
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
    r"HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([^/,]+)/([^/,]+)/request, "
    r"SignedHeaders=([a-z0-9;_-]+), Signature=([0-9a-f]{64})"
)


class VolcengineV4Verifier(Gate):
    """Accepts requests that are signed with one throw-away key; see `Gate`.

    `environment` offers it under the variables that are named here, and the `region`
    where `region_variable` is given.
    """

    tolerance = 900

    def __init__(
        self,
        *,
        access_key_id_variable: str,
        secret_access_key_variable: str,
        session_token_variable: str,
        service: str,
        region: str = "cn-north-1",
        region_variable: str = "",
        **common: Unpack[Common],
    ) -> None:
        self._keys = Keys(
            access_key_id_variable, secret_access_key_variable, session_token_variable
        )
        self._place = (region, service)
        known = self._keys.known | (
            {region_variable: region} if region_variable else {}
        )
        super().__init__(known, **common)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        moment = sent.get("x-date", "")
        if parts is None or not moment:
            return INCOMPLETE
        key_id, day, region, service, listed, made = parts.groups()
        if not complete(listed, sent, ("host", "x-content-sha256", "x-date")):
            return INCOMPLETE
        if not same(key_id, self._keys.id):
            return UNKNOWN_KEY
        if not same(sent.get("x-security-token", ""), self._keys.token):
            return UNKNOWN_KEY
        digest = digest_of(body)
        if sent["x-content-sha256"] != digest or (region, service) != self._place:
            return WRONG
        headers = [(name, sent[name]) for name in listed.split(";")]
        ordered = in_order(query)
        path = segments_encoded(path)
        whole = request_text(method, path, ordered, headers, listed, digest)
        scope = f"{day}/{region}/{service}/request"
        text = f"HMAC-SHA256\n{moment}\n{scope}\n{digest_of(whole)}"
        secret = self._keys.secret.encode()
        key = chained(secret, day, region, service, "request", text)
        if not same(made, key.hex()) or not moment.startswith(day):
            return WRONG
        return None if self.timely(moment, "%Y%m%dT%H%M%SZ") else STALE
