"""Shared Key of Azure Storage: blobs, queues, files, and tables.

Source: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key,
for version 2015-02-21 and later.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from urllib.parse import unquote

from .encoding import Content
from .environment import Secret
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_canonical import encoded_path, encoded_query
from .signing_request import base64_text, json_content
from .signing_secrets import base64_secret
from .signing_times import http_date

# The versions of the storage services with these rules are 2015-02-21 and later.
_VERSION = "2021-08-06"
_BEFORE_TYPE = ("content-encoding", "content-language", "content-length", "content-md5")
_BEHIND_DATE = (
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
)


class AzureSharedkeySigner:
    """Signs calls of one service of one storage account.

    `service` is `blob`, `queue`, `file` or `table`, of which the last has rules of its
    own. The address is not signed, only the account; `clock` gives nanoseconds since
    the epoch.
    """

    def __init__(
        self,
        account_key: Secret,
        account: Secret | str,
        *,
        service: str,
        clock: Clock = time.time_ns,
    ) -> None:
        self._account = account if isinstance(account, str) else account.reveal()
        self._keyed = hmac.new(base64_secret(account_key), digestmod="sha256")
        self._table = service == "table"
        self._clock = clock

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`; a call that names no version of the services gets one."""
        data, media_type = json_content(body)
        sent = {name.lower(): value.strip(" \t") for name, value in headers.items()}
        added = {"x-ms-date": http_date(self._clock())}
        if "x-ms-version" not in sent:
            added["x-ms-version"] = _VERSION
        if media_type and "content-type" not in sent:
            added["Content-Type"] = media_type
        sent |= {name.lower(): value for name, value in added.items()}
        sent["content-length"] = str(len(data)) if data else ""
        path, mark, query = target.partition("?")
        path, query = encoded_path(path), encoded_query(query).sent
        resource = f"/{self._account}{path}"
        lines = _table_lines(sent) if self._table else _lines(sent)
        ending = _component(query) if self._table else _parameters(query)
        text = "\n".join((method, *lines, resource + ending))
        mac = self._keyed.copy()
        mac.update(text.encode("utf-8", "surrogateescape"))
        made = base64_text(mac.digest())
        added["Authorization"] = f"SharedKey {self._account}:{made}"
        return Signed(f"{path}{mark}{query}", data or None, added)


def _lines(sent: Mapping[str, str]) -> list[str]:
    """The standard headers, of which x-ms-date replaces the date, and those of Azure."""
    names = (*_BEFORE_TYPE, "content-type", "", *_BEHIND_DATE)
    lines = [sent.get(name, "") for name in names]
    own = sorted(name for name in sent if name.startswith("x-ms-"))
    return lines + [f"{name}:{sent[name]}" for name in own]


def _table_lines(sent: Mapping[str, str]) -> list[str]:
    return [sent.get(name, "") for name in ("content-md5", "content-type", "x-ms-date")]


def _parameters(query: str) -> str:
    """A line for each parameter of the query, with all its values in order."""
    found: dict[str, list[str]] = {}
    for name, value in _fields(query):
        found.setdefault(name.lower(), []).append(value)
    lines = [f"\n{name}:{','.join(sorted(found[name]))}" for name in sorted(found)]
    return "".join(lines)


def _component(query: str) -> str:
    """Of a query for tables, `comp` alone is signed."""
    values = [value for name, value in _fields(query) if name == "comp"]
    return f"?comp={values[0]}" if values else ""


def _fields(query: str) -> list[tuple[str, str]]:
    fields = [field.partition("=") for field in query.split("&") if field]
    return [(unquote(name), unquote(value)) for name, _, value in fields]
