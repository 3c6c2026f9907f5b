"""An AWS service as a sandbox plays it: it checks Signature Version 4.

This is the check on the signing of the package, so it is written from the AWS IAM user
guide alone ("Create a signed AWS API request") and shares no code with the signer.
"""

from __future__ import annotations

import re
import secrets
import string
import time
from calendar import timegm
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from hmac import compare_digest
from hmac import new as keyed

from .reply import JsonValue
from .sandbox_verifier import throwaway_secret

INCOMPLETE = "IncompleteSignature"
UNKNOWN_KEY = "InvalidClientTokenId"
WRONG = "SignatureDoesNotMatch"
STALE = "RequestExpired"
BAD_DIGEST = "XAmzContentSHA256Mismatch"
_ERRORS = (INCOMPLETE, UNKNOWN_KEY, WRONG, STALE, BAD_DIGEST)

#: AWS allows clocks to be so many seconds apart.
_TOLERANCE = 900
_UNRESERVED = frozenset((string.ascii_letters + string.digits + "-._~").encode())
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([^/,]+)/([^/,]+)/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;_-]+), ?Signature=([0-9a-f]{64})"
)


class AwsSigv4Verifier:
    """Accepts requests that are signed with one throw-away key.

    `environment` offers the key, its session token and, where `region_variable` is
    given, the region under the variables that are named here. Paths outside
    `signed_paths` and the operations in `public` are not checked; `others` are
    variables that the package needs besides. `clock` gives seconds.
    """

    def __init__(
        self,
        *,
        access_key_id_variable: str,
        secret_access_key_variable: str,
        session_token_variable: str,
        service: str,
        region: str = "us-east-1",
        region_variable: str = "",
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._key_id = _key_id(access_key_id_variable)
        self._secret = throwaway_secret(secret_access_key_variable)
        self._token = throwaway_secret(session_token_variable)
        self._region, self._service = region, service
        self._paths, self._clock = signed_paths, clock
        self._public = [(method, _shape(path)) for method, path in public]
        environment = {
            **(others or {}),
            access_key_id_variable: self._key_id,
            secret_access_key_variable: self._secret,
            session_token_variable: self._token,
        }
        if region_variable:
            environment[region_variable] = region
        self.environment: Mapping[str, str] = environment

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """None for a good request, else the error that AWS has for it."""
        path, _, query = target.partition("?")
        if self._paths and not path.startswith(self._paths):
            return None
        if any(
            verb == method and shape.fullmatch(path) for verb, shape in self._public
        ):
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        parts = _AUTHORIZATION.fullmatch(sent.get("authorization", ""))
        moment = sent.get("x-amz-date", "")
        if parts is None or not re.fullmatch(r"\d{8}T\d{6}Z", moment):
            return INCOMPLETE
        key_id, day, region, service, listed, signature = parts.groups()
        if not _same(key_id, self._key_id):
            return UNKNOWN_KEY
        if not _same(sent.get("x-amz-security-token", ""), self._token):
            return UNKNOWN_KEY
        if (region, service) != (self._region, self._service):
            return WRONG
        names = listed.split(";")
        needed = {name for name in sent if name.startswith("x-amz-")} | {"host"}
        if names != sorted(set(names)) or not needed <= set(names) <= set(sent):
            return INCOMPLETE
        digest = sha256(body).hexdigest()
        s3 = service.startswith("s3")
        if s3 and sent.get("x-amz-content-sha256") != digest:
            return BAD_DIGEST
        canonical = [method, self._path(path, s3), self._query(query)]
        canonical += [f"{name}:{_folded(sent[name])}" for name in names]
        canonical += ["", listed, digest]
        whole = "\n".join(canonical).encode("utf-8", "surrogateescape")
        scope = f"{day}/{region}/{service}/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{moment}\n{scope}\n{sha256(whole).hexdigest()}"
        if not _same(signature, self._key(day, text)):
            return WRONG
        if not moment.startswith(day) or not self._timely(moment):
            return STALE
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """403 for a refused signature, 500 for any other (injected) error."""
        return (403 if error in _ERRORS else 500), {"__type": error, "message": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"__type": "UnknownOperationException", "message": "not found"}

    def _key(self, day: str, text: str) -> str:
        key = f"AWS4{self._secret}".encode()
        for item in (day, self._region, self._service, "aws4_request"):
            key = keyed(key, item.encode(), "sha256").digest()
        return keyed(key, text.encode(), "sha256").hexdigest()

    def _timely(self, moment: str) -> bool:
        try:
            then = timegm(time.strptime(moment, "%Y%m%dT%H%M%SZ"))
        except ValueError:
            return False
        return abs(self._clock() - then) <= _TOLERANCE

    def _path(self, path: str, s3: bool) -> str:
        if s3:
            return _uri_encode(_plain(path), keep=b"/") or "/"
        segments: list[str] = []
        for segment in path.split("/")[1:]:
            if segment == "..":
                segments = segments[:-1]
            elif segment and segment != ".":
                segments.append(_uri_encode(segment.encode("utf-8", "surrogateescape")))
        end = "/" if segments and path.endswith("/") else ""
        return "/" + "/".join(segments) + end

    def _query(self, query: str) -> str:
        pairs = []
        for item in filter(None, query.split("&")):
            name, _, value = item.partition("=")
            pairs.append((_uri_encode(_plain(name)), _uri_encode(_plain(value))))
        return "&".join("=".join(pair) for pair in sorted(pairs))


# The verifiers of several services may share a key, and then its variable.
@cache
def _key_id(variable: str) -> str:
    letters = string.ascii_uppercase + string.digits
    return "ASIA" + "".join(secrets.choice(letters) for _ in range(16))


def _plain(text: str) -> bytes:
    """The bytes behind percent-encoded text."""
    data = text.encode("utf-8", "surrogateescape")
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), data)


def _uri_encode(data: bytes, keep: bytes = b"") -> str:
    """`UriEncode` of the guide: every byte but the unreserved characters."""
    known = _UNRESERVED | frozenset(keep)
    return "".join(chr(byte) if byte in known else f"%{byte:02X}" for byte in data)


def _folded(value: str) -> str:
    return re.sub(" +", " ", value.strip())


def _same(sent: str, expected: str) -> bool:
    return compare_digest(sent.encode("utf-8", "surrogateescape"), expected.encode())


def _shape(path: str) -> re.Pattern[str]:
    """A path with a pattern for each of its placeholders."""
    places = re.split(r"\{[^{}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, places)))
