"""Tencent Cloud as a sandbox plays it: it checks TC3-HMAC-SHA256.

Written from the page "Signature v3" of its documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
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
    request_text,
    same,
)

_AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/,]+)/(\d{4}-\d\d-\d\d)/([^/,]+)/tc3_request, "
    r"SignedHeaders=([a-z0-9;_-]+), Signature=([0-9a-f]{64})"
)


class TencentTc3Verifier(Gate):
    """Accepts requests that are signed with one throw-away key; see `Gate`.

    `environment` offers it under the variables that are named here, and the `region`,
    which no signature covers, where `region_variable` is given.
    """

    def __init__(
        self,
        *,
        access_key_id_variable: str,
        secret_access_key_variable: str,
        session_token_variable: str,
        service: str,
        region: str = "ap-guangzhou",
        region_variable: str = "",
        version: str = "",
        **common: Unpack[Common],
    ) -> None:
        self._keys = Keys(
            access_key_id_variable, secret_access_key_variable, session_token_variable
        )
        self._service, self._version = service, version
        known = self._keys.known | (
            {region_variable: region} if region_variable else {}
        )
        super().__init__(known, **common)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        moment = sent.get("x-tc-timestamp", "")
        if parts is None or not re.fullmatch(r"\d{1,11}", moment):
            return INCOMPLETE
        key_id, day, service, listed, made = parts.groups()
        if not complete(listed, sent, ("content-type", "host")):
            return INCOMPLETE
        if self._version and "x-tc-version" not in sent:
            return INCOMPLETE
        if not same(key_id, self._keys.id):
            return UNKNOWN_KEY
        if not same(sent.get("x-tc-token", ""), self._keys.token):
            return UNKNOWN_KEY
        # The query is signed as it is sent, in its own order.
        headers = [(name, sent[name].lower()) for name in listed.split(";")]
        whole = request_text(method, path, query, headers, listed, digest_of(body))
        text = f"TC3-HMAC-SHA256\n{moment}\n{day}/{service}/tc3_request\n"
        secret = f"TC3{self._keys.secret}".encode()
        names = (day, self._service, "tc3_request", text + digest_of(whole))
        if not same(made, chained(secret, *names).hex()) or service != self._service:
            return WRONG
        if datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%d") != day:
            return WRONG
        return None if abs(self._clock() - int(moment)) <= self.tolerance else STALE
