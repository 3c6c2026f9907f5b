"""AWS Signature Version 4, with the rules of S3 and session tokens.

Source: "Create a signed AWS API request" in the AWS IAM user guide, and "Signature
Calculations for the Authorization Header" in the Amazon S3 API reference.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from hmac import new as hmac_of
from urllib.parse import quote, unquote_to_bytes

from .encoding import Content
from .environment import Secret
from .errors import CallError
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_canonical import (
    canonical,
    derived,
    encoded_query,
    sha256_hex,
    signature,
)
from .signing_request import json_content
from .signing_secrets import Address
from .signing_times import iso8601_basic

_ALGORITHM = "AWS4-HMAC-SHA256"
_SECOND = 1_000_000_000
_NOTHING = sha256_hex(b"")


class AwsSigv4Signer:
    """Signs calls of one service in one region; one for each key.

    `base_uri` gives the host that is signed. `service` is the name in the credential
    scope, which need not be the one in the host; "s3" and names that begin with "s3-"
    have paths that are encoded once and carry the digest of the body. `clock` gives
    nanoseconds since the epoch.
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
        self._secret = b"AWS4" + secret_access_key.reveal().encode()
        self._token = None if session_token is None else session_token.reveal()
        self._region, self._service = place, service
        self._s3 = service == "s3" or service.startswith("s3-")
        self._clock = clock
        self._second, self._date, self._day = -1, "", ""
        self._scope = ""
        self._keyed = hmac_of(b"", digestmod="sha256")

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`.

        Signed are Host, Content-Type, Content-MD5 and every X-Amz- header: a proxy
        may change any other.
        """
        second = self._clock() // _SECOND
        if second != self._second:
            self._tick(second)
        data, media_type = json_content(body)
        digest = sha256_hex(data) if data else _NOTHING
        added = {"X-Amz-Date": self._date}
        if self._token is not None:
            added["X-Amz-Security-Token"] = self._token
        if self._s3:
            added["X-Amz-Content-SHA256"] = digest
        signed = {"host": self._host}
        for name, value in headers.items():
            if _is_signed(name.lower()):
                signed[name.lower()] = " ".join(value.split())
        if data and media_type and "content-type" not in signed:
            added["Content-Type"] = media_type
        for name, value in added.items():
            signed[name.lower()] = value
        path, mark, query = target.partition("?")
        if self._s3:
            path = resource = _encoded_path(path)
        else:
            resource = quote(_tidied(path), safe="/~")
        query, ordered = encoded_query(query)
        listed, hashed = canonical(method, resource, ordered, signed, digest)
        text = f"{_ALGORITHM}\n{self._date}\n{self._scope}\n{hashed}"
        added["Authorization"] = (
            f"{_ALGORITHM} Credential={self._key_id}/{self._scope}, "
            f"SignedHeaders={listed}, Signature={signature(self._keyed, text)}"
        )
        return Signed(f"{path}{mark}{query}", data or None, added)

    def _tick(self, second: int) -> None:
        """The time as it is written; the key of the day, once a day."""
        self._second, self._date = second, iso8601_basic(second * _SECOND)
        day = self._date[:8]
        if day == self._day:
            return
        self._day = day
        scope = (day, self._region, self._service, "aws4_request")
        self._scope = "/".join(scope)
        self._keyed = derived(self._secret, scope)


def _is_signed(name: str) -> bool:
    return name in ("content-type", "content-md5") or name.startswith("x-amz-")


def _encoded_path(path: str) -> str:
    """An S3 path encoded once, and slashes as they are, those in the name of a key too.

    Raises CallError (400) for a key that has a segment `.` or `..`: whatever lies on the
    way may resolve it, and then it is another object, or another bucket.
    """
    data = unquote_to_bytes(path)
    if "%2f" in path.lower() and not {b".", b".."}.isdisjoint(data.split(b"/")):
        problem = "a part of an object's key cannot be `.` or `..`"
        raise CallError(400, "invalid_input", problem)
    return quote(data, safe="/") or "/"


def _tidied(path: str) -> str:
    """The path without dot segments and empty ones (RFC 3986, section 5.2.4)."""
    if "//" not in path and "/." not in path:
        return path or "/"
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    end = "/" if kept and path.endswith("/") else ""
    return "/" + "/".join(kept) + end
