"""A provider with OAuth 1.0a as a sandbox plays it.

This is the check on the signing of the package, so it is written from RFC 5849 alone
and shares no code with the signer.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable, Mapping
from hmac import compare_digest
from hmac import digest as keyed
from urllib.parse import parse_qsl, quote, unquote

from .reply import JsonValue
from .sandbox_verifier import throwaway_secret

MISSING = "a part of the signature is missing"
UNKNOWN_KEY = "the consumer key or the token is wrong"
WRONG = "the signature is wrong"
STALE = "the timestamp is too far from now"
REPLAYED = "the nonce was used before"
_ERRORS = (MISSING, UNKNOWN_KEY, WRONG, STALE, REPLAYED)
_TOLERANCE = 300
_REMEMBERED = 100_000
_PARAMETER = re.compile(r'([a-z_]+)="([^"]*)"')


class Oauth1Verifier:
    """Accepts requests that are signed with one throw-away consumer and token.

    `environment` offers them under the variables that are named here. Paths outside
    `signed_paths` and the operations in `public` are not checked; `others` are
    variables that the package needs besides. `clock` gives seconds.
    """

    def __init__(
        self,
        *,
        consumer_key_variable: str,
        consumer_secret_variable: str,
        token_variable: str = "",
        token_secret_variable: str = "",
        signature_method: str = "HMAC-SHA1",
        body_hash: str = "none",
        realm: str = "",
        always_hashed: bool = False,
        secret: str = "",
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._method, self._hash, self._realm = signature_method, body_hash, realm
        self._always = always_hashed
        self._paths, self._clock = signed_paths, clock
        self._public = [(method, _shape(path)) for method, path in public]
        self._nonces: dict[str, None] = {}
        known = {
            variable: throwaway_secret(variable)
            for variable in (
                consumer_key_variable,
                consumer_secret_variable,
                token_variable,
                token_secret_variable,
            )
            if variable
        }
        if secret:
            known[consumer_secret_variable] = secret
        self._key = known[consumer_key_variable]
        self._token = known.get(token_variable, "")
        self._secret = known[consumer_secret_variable]
        self._token_secret = known.get(token_secret_variable, "")
        self.environment: Mapping[str, str] = {**(others or {}), **known}

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`."""
        path, _, query = target.partition("?")
        if self._paths and not path.startswith(self._paths):
            return None
        if any(
            verb == method and shape.fullmatch(path) for verb, shape in self._public
        ):
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        scheme, _, rest = sent.get("authorization", "").partition(" ")
        found = {k: unquote(v) for k, v in _PARAMETER.findall(rest)}
        needed = {"oauth_nonce", "oauth_timestamp", "oauth_signature"}
        if scheme != "OAuth" or not needed <= set(found):
            return MISSING
        if found.pop("realm", "") != self._realm:
            return WRONG
        if found.get("oauth_consumer_key") != self._key:
            return UNKNOWN_KEY
        if found.get("oauth_token", "") != self._token:
            return UNKNOWN_KEY
        if found.get("oauth_signature_method") != self._method:
            return WRONG
        kind = sent.get("content-type", "").partition(";")[0].lower()
        form = kind == "application/x-www-form-urlencoded" and not self._always
        hashed = self._hash != "none" and not form and (bool(body) or self._always)
        if hashed:
            digest = base64.b64encode(hashlib.new(self._hash, body).digest()).decode()
            if found.get("oauth_body_hash") != digest:
                return WRONG
        signature = found.pop("oauth_signature")
        pairs = parse_qsl(query, keep_blank_values=True)
        if form:
            pairs += parse_qsl(body.decode("latin-1"), keep_blank_values=True)
        write = self._spelling(query)
        encoded = [(write(k), write(v)) for k, v in pairs]
        encoded += [(k, self._written(v)) for k, v in found.items()]
        address = f"http://{sent.get('host', '').lower()}{path}"
        normal = "&".join("=".join(pair) for pair in sorted(encoded))
        text = "&".join(map(_encode, (method, address, normal)))
        if not self._signed(text.encode(), signature):
            return WRONG
        moment = found["oauth_timestamp"]
        if not moment.isdecimal() or abs(self._clock() - int(moment)) > _TOLERANCE:
            return STALE
        if found["oauth_nonce"] in self._nonces:
            return REPLAYED
        self._nonces[found["oauth_nonce"]] = None
        if len(self._nonces) > _REMEMBERED:
            del self._nonces[next(iter(self._nonces))]
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """401 for a refused signature, 500 for any other (injected) error."""
        return (401 if error in _ERRORS else 500), {"error": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"error": "not found"}

    def _spelling(self, query: str) -> Callable[[str], str]:
        """How the fields of the query and the form are written among what is signed."""
        return _encode

    def _written(self, value: str) -> str:
        """The value of a field of the protocol among what is signed."""
        return _encode(value)

    def _signed(self, text: bytes, signature: str) -> bool:
        key = f"{_encode(self._secret)}&{_encode(self._token_secret)}".encode()
        name = self._method.partition("-")[2].lower()
        expected = base64.b64encode(keyed(key, text, name))
        return compare_digest(signature.encode("utf-8", "surrogateescape"), expected)


def _encode(text: str) -> str:
    return quote(text, safe="")


def _shape(path: str) -> re.Pattern[str]:
    """A path with a pattern for each of its placeholders."""
    places = re.split(r"\{[^{}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, places)))
