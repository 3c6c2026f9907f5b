"""Azure Storage as a sandbox plays it: it checks Shared Key.

Written from the page "Authorize with Shared Key" of its documentation.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Unpack
from urllib.parse import unquote

from .sandbox_canonical import (
    INCOMPLETE,
    STALE,
    UNKNOWN_KEY,
    WRONG,
    Common,
    Gate,
    chained,
    same,
    throwaway,
)

_AUTHORIZATION = re.compile(r"SharedKey ([a-z0-9]+):([A-Za-z0-9+/]{43}=)")
_STANDARD = (
    "Content-Encoding Content-Language Content-Length Content-MD5 Content-Type Date "
    "If-Modified-Since If-Match If-None-Match If-Unmodified-Since Range"
)


class AzureSharedkeyVerifier(Gate):
    """Accepts requests that are signed with one throw-away key; see `Gate`.

    `environment` offers the key under the variable that is named here, and the
    `account` where `account_variable` is given.
    """

    tolerance = 900

    def __init__(
        self,
        *,
        account_key_variable: str,
        service: str,
        account: str = "sandbox",
        account_variable: str = "",
        **common: Unpack[Common],
    ) -> None:
        key = b64encode(throwaway(account_key_variable).encode()).decode()
        self._key, self._account = b64decode(key), account
        self._table = service == "table"
        known = {account_key_variable: key}
        if account_variable:
            known[account_variable] = account
        super().__init__(known, **common)

    def refusal(
        self, method: str, path: str, query: str, sent: Mapping[str, str], body: bytes
    ) -> str | None:
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        moment = sent.get("x-ms-date", "")
        if parts is None or not moment or "x-ms-version" not in sent:
            return INCOMPLETE
        if not same(parts[1], self._account):
            return UNKNOWN_KEY
        pairs = [item.partition("=")[::2] for item in filter(None, query.split("&"))]
        fields = [(unquote(name), unquote(value)) for name, value in pairs]
        if self._table:
            text = self._text_of_table(method, path, fields, sent)
        else:
            text = self._text(method, path, fields, sent, body)
        expected = b64encode(chained(self._key, text)).decode()
        if not same(parts[2], expected):
            return WRONG
        return None if self.timely(moment, "%a, %d %b %Y %H:%M:%S GMT") else STALE

    def _text(
        self,
        method: str,
        path: str,
        fields: list[tuple[str, str]],
        sent: Mapping[str, str],
        body: bytes,
    ) -> str:
        # The date stands among the headers of Azure, and a length of zero nowhere.
        known = {**sent, "date": "", "content-length": str(len(body) or "")}
        text = f"{method}\n"
        for name in _STANDARD.lower().split():
            text += known.get(name, "") + "\n"
        for name in sorted(sent):
            if name.startswith("x-ms-"):
                text += f"{name}:{sent[name]}\n"
        text += f"/{self._account}{path}"
        for name in sorted({name.lower() for name, _ in fields}):
            values = sorted(value for other, value in fields if other.lower() == name)
            text += f"\n{name}:{','.join(values)}"
        return text

    def _text_of_table(
        self,
        method: str,
        path: str,
        fields: list[tuple[str, str]],
        sent: Mapping[str, str],
    ) -> str:
        md5, kind = sent.get("content-md5", ""), sent.get("content-type", "")
        text = f"{method}\n{md5}\n{kind}\n{sent['x-ms-date']}\n/{self._account}{path}"
        component = dict(reversed(fields)).get("comp")
        return text if component is None else f"{text}?comp={component}"
