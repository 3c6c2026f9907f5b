"""A provider that wants a token (JWT) with each request, as a sandbox plays it.

This is the check on the signing of the package: it takes the token apart by RFC 7515 and
reads the document of the scheme, and shares no code with the signer.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from hmac import compare_digest, digest

from .reply import JsonObject, JsonValue
from .sandbox_scheme import Evaluation, Request
from .sandbox_signature import MISSING, REPLAYED, STALE, WRONG, SignatureVerifier

_TOLERANCE = 60.0
_NOW = re.compile(r"\{now([+-]\d+)?\}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HASHES = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}
_NAMES = {"rsa-sha256": "RS256", "ecdsa-p256-sha256": "ES256", "ed25519": "EdDSA"}
_NAMES |= {"hmac-sha256": "HS256", "hmac-sha384": "HS384", "hmac-sha512": "HS512"}
# A sandbox makes up a key of this kind where the key decides.
_NAMES["auto"] = "ES256"


class JwtVerifier(SignatureVerifier):
    """Accepts requests with a token that one throw-away key has signed for them.

    See `SignatureVerifier`.
    """

    def _refused(self, request: Request) -> str | None:
        known = dict(self._known)
        token = self._find(request)
        if token is None:
            return MISSING
        found = self._opened(token)
        if found is None:
            return WRONG
        state = Evaluation(request, known, self._secret)
        if self._keys is not None:
            known["keyFingerprint"] = self._keys.fingerprint
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
                    late = late or not self._close(sent[name], int(moment[1] or 0))
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

    def _find(self, request: Request) -> str | None:
        """The token out of the header in which the scheme puts it."""
        for entry in _entries(self._scheme.get("output")):
            before, mark, after = str(entry.get("value")).partition("{token}")
            sent = request.headers.get(str(entry.get("name")).lower(), "")
            if mark and sent.startswith(before) and sent.endswith(after):
                token = sent[len(before) : len(sent) - len(after)]
                return token if _TOKEN.fullmatch(token) else None
        return None

    def _opened(self, token: str) -> tuple[JsonObject, JsonObject] | None:
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
        return (parts[0], parts[1]) if self._good(signed.encode(), raw) else None

    def _good(self, data: bytes, signature: bytes) -> bool:
        # The scheme says with what, never the token.
        name = _NAMES[str(self._scheme.get("algorithm"))]
        if name in _HASHES:
            expected = digest(self._secret, data, _HASHES[name])
            return compare_digest(signature, expected)
        return self._keys is not None and self._keys.verify(signature, data)

    def _close(self, sent: JsonValue, shift: int) -> bool:
        if not isinstance(sent, int):
            return False
        return abs(sent - shift - self._clock()) <= _TOLERANCE


def _value(value: JsonValue, state: Evaluation) -> JsonValue:
    if isinstance(value, list):
        return [_value(item, state) for item in value]
    return state.template(value) if isinstance(value, str) else value


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _entries(value: JsonValue) -> Iterator[JsonObject]:
    items = value if isinstance(value, list) else []
    return (item for item in items if isinstance(item, dict))


def _members(value: JsonValue) -> list[tuple[str, JsonValue]]:
    return list(value.items()) if isinstance(value, dict) else []
