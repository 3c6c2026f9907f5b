"""A provider that wants a token (JWT) with each request, as a sandbox plays it.

This is the check on the signing of the package: it takes the token apart by RFC 7515 and
reads the document of the scheme, and shares no code with the signer.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from hmac import compare_digest, digest

from .reply import JsonObject, JsonValue
from .sandbox_credentials import Credential, KeyPair, Nonces, decoded
from .sandbox_scheme import Evaluation, Part, Request

MISSING = "the token is missing"
WRONG = "the token is wrong"
STALE = "the token is not of this time"
REPLAYED = "the nonce of the token was used before"
_TOLERANCE = 60.0
_NOW = re.compile(r"\{now([+-]\d+)?\}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HASHES = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
_NAMES = {"rsa-sha256": "RS256", "ecdsa-p256-sha256": "ES256", "ed25519": "EdDSA"}
_NAMES |= {"hmac-sha256": "HS256", "hmac-sha384": "HS384", "hmac-sha512": "HS512"}
# A sandbox makes up a key of this kind where the key decides.
_NAMES["auto"] = "ES256"


class JwtVerifier:
    """Accepts requests with a token that one throw-away key has signed for them.

    `environment` offers the credentials under the variables that are named here; `keys`
    is for private keys. Paths outside `signed_paths` and the operations in `public` are
    not checked; `others` are variables that the package needs besides. `clock` gives
    seconds.
    """

    def __init__(
        self,
        scheme: JsonObject,
        credentials: tuple[Credential, ...],
        *,
        secret_role: str = "secret",
        keys: KeyPair | None = None,
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._scheme, self._keys, self._clock = scheme, keys, clock
        self._paths = signed_paths
        self._public = {(method, _places(path)) for method, path in public}
        self._known: dict[str, Part] = {}
        self._secret = b""
        environment = dict(others or {})
        for item in credentials:
            text = secrets.token_urlsafe(24)
            if item.form == "pem" and keys is not None:
                text = keys.private
            elif item.form == "hex":
                text = secrets.token_hex(32)
            elif item.form in ("base64", "base64url"):
                text = base64.urlsafe_b64encode(secrets.token_bytes(33)).decode()
                text = text.replace("-", "A").replace("_", "B")
            environment[item.variable] = text
            self._known[item.role] = text
            if item.role == secret_role:
                self._secret = decoded(text, item.form)
        for name, value in _members(scheme.get("constants")):
            self._known[name] = str(value)
        if keys is not None:
            self._known["keyFingerprint"] = keys.fingerprint
        self._nonces = Nonces(ordered=False)
        self.environment: Mapping[str, str] = environment

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`."""
        request = Request(method, target, headers, body)
        if self._paths and not request.path.startswith(self._paths):
            return None
        if any(
            method == name and shape.fullmatch(request.path)
            for name, shape in self._public
        ):
            return None
        known = dict(self._known)
        token = self._find(request)
        if token is None:
            return MISSING
        found = self._read(token)
        if found is None:
            return WRONG
        state = Evaluation(request, known, self._secret)
        for name, part in _members(self._scheme.get("vars")):
            known[name] = state.part(part)
        rules = self._scheme.get("jwt")
        wanted = rules if isinstance(rules, dict) else {}
        algorithm = _NAMES[str(self._scheme.get("algorithm"))]
        header: JsonObject = {"alg": algorithm, "typ": "JWT"}
        header |= dict(_members(wanted.get("header")))
        pairs = [(header, found[0]), (dict(_members(wanted.get("claims"))), found[1])]
        for expected, sent in pairs:
            if set(expected) != set(sent):
                return WRONG
            for name, value in expected.items():
                if value == "{nonce}":
                    known["nonce"] = str(sent[name])
        late = False
        for expected, sent in pairs:
            for name, value in expected.items():
                moment = _NOW.fullmatch(value) if isinstance(value, str) else None
                if moment:
                    late = late or not self._timely(sent[name], int(moment[1] or 0))
                elif sent[name] != _value(value, state):
                    return WRONG
        for entry in _entries(self._scheme.get("output")):
            value = str(entry.get("value"))
            if "{token}" not in value and entry.get("in") == "header":
                name = str(entry.get("name")).lower()
                if request.headers.get(name) != state.template(value):
                    return WRONG
        if late:
            return STALE
        nonce = known.get("nonce")
        if nonce is not None and not self._nonces.take(str(nonce)):
            return REPLAYED
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """401 for a refused token, 500 for any other (injected) error."""
        refused = error in (MISSING, WRONG, STALE, REPLAYED)
        return (401 if refused else 500), {"error": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"error": "not found"}

    def _find(self, request: Request) -> str | None:
        """The token out of the header in which the scheme puts it."""
        for entry in _entries(self._scheme.get("output")):
            before, mark, after = str(entry.get("value")).partition("{token}")
            sent = request.headers.get(str(entry.get("name")).lower(), "")
            if mark and sent.startswith(before) and sent.endswith(after):
                token = sent[len(before) : len(sent) - len(after)]
                return token if _TOKEN.fullmatch(token) else None
        return None

    def _read(self, token: str) -> tuple[JsonObject, JsonObject] | None:
        """Header and claims of a token whose signature is good."""
        signed, _, signature = token.rpartition(".")
        header, _, claims = signed.partition(".")
        try:
            parts = [json.loads(_bytes(text)) for text in (header, claims)]
            raw = _bytes(signature)
        except ValueError:
            return None
        if not all(isinstance(part, dict) for part in parts):
            return None
        return (parts[0], parts[1]) if self._signed(signed.encode(), raw) else None

    def _signed(self, data: bytes, signature: bytes) -> bool:
        # The scheme says with what, never the token.
        name = _NAMES[str(self._scheme.get("algorithm"))]
        if name in _HASHES:
            expected = digest(self._secret, data, _HASHES[name])
            return compare_digest(signature, expected)
        return self._keys is not None and self._keys.verify(signature, data)

    def _timely(self, sent: JsonValue, shift: int) -> bool:
        if not isinstance(sent, int):
            return False
        return abs(sent - shift - self._clock()) <= _TOLERANCE


def _value(value: JsonValue, state: Evaluation) -> JsonValue:
    if isinstance(value, list):
        return [_value(item, state) for item in value]
    return state.template(value) if isinstance(value, str) else value


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _places(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^{}]*\\\}", "[^/]+", re.escape(path)))


def _entries(value: JsonValue) -> Iterator[JsonObject]:
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, dict))


def _members(value: JsonValue) -> list[tuple[str, JsonValue]]:
    return list(value.items()) if isinstance(value, dict) else []
