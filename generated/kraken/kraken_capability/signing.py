"""Kraken Spot REST request signing.

Source: Kraken's guide on Spot REST authentication. Each private call carries

    API-Sign = base64(HMAC-SHA512(key = base64decode(secret),
                                  message = target + SHA256(nonce + body)))

where `target` is the path with its query, and the digest is appended as raw bytes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote_plus

from multidict import istr

from .encoding import Content, json_bytes, unsendable
from .environment import Secret
from .errors import CallError
from .reply import JsonObject, JsonValue
from .signer import Signed

# The names as aiohttp keeps them, or it would convert them for every call.
_API_KEY = istr("API-Key")
_API_SIGN = istr("API-Sign")
_CONTENT_TYPE = istr("Content-Type")

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"

# A few names come with every call; values are never kept.
_quoted_name = lru_cache(maxsize=256)(quote_plus)


class KrakenSpotSigner:
    """Signs calls with one API key.

    `secret` is the private key as Kraken shows it, in base64; `otp` is the second
    factor, for keys that were set up with one. Raises ValueError, without the value,
    when the secret is not base64.
    """

    def __init__(self, key: Secret, secret: Secret, otp: Secret | None = None) -> None:
        try:
            private = base64.b64decode(secret.reveal(), validate=True)
        except (binascii.Error, ValueError):
            private = b""
        if not private:
            raise ValueError("the API secret is not valid base64") from None
        self._key = key.reveal()
        self._otp = None if otp is None else otp.reveal()
        # Absorbs the key once; a copy for each signature skips that work.
        self._keyed = hmac.new(private, digestmod="sha512")

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`.

        The body is a form, which is what nearly all of Kraken's clients send, unless
        a member is a list or an object: only JSON can carry those.
        """
        members = {} if body is None else body
        if not isinstance(members, dict):
            raise CallError(400, "invalid_input", "the body must be a JSON object")
        if "nonce" in members or "otp" in members:
            raise CallError(
                400, "invalid_input", "nonce and otp are filled in by this service"
            )
        content_type, encode = _FORM, self.form
        for value in members.values():
            if isinstance(value, (list, dict)):
                content_type, encode = _JSON, self.json
        data = encode(members, nonce)
        signed: dict[str, str] = {
            _API_KEY: self._key,
            _API_SIGN: self.signature(target, data, nonce),
            _CONTENT_TYPE: content_type,
        }
        return Signed(target, data, signed)

    def signature(self, target: str, data: bytes, nonce: str) -> str:
        """The value of API-Sign for a body of exactly these bytes."""
        mac = self._keyed.copy()
        mac.update(target.encode() + hashlib.sha256(nonce.encode() + data).digest())
        return base64.b64encode(mac.digest()).decode("ascii")

    def form(self, members: JsonObject, nonce: str) -> bytes:
        """The nonce, the members that are not null, and the otp, as a form."""
        text = "nonce=" + nonce
        try:
            for name, value in members.items():
                if value is not None:
                    # Only texts hold characters that a form has to quote.
                    written = (
                        quote_plus(value) if isinstance(value, str) else _text(value)
                    )
                    text += f"&{_quoted_name(name)}={written}"
        except ValueError:
            raise unsendable() from None
        if self._otp is not None:
            text += "&otp=" + quote_plus(self._otp)
        return text.encode("ascii")

    def json(self, members: JsonObject, nonce: str) -> bytes:
        """The nonce as an integer, all members, and the otp, as a JSON object."""
        whole = {name: _whole(value) for name, value in members.items()}
        document: JsonObject = {"nonce": int(nonce), **whole}
        if self._otp is not None:
            document["otp"] = self._otp
        return json_bytes(document)


def _whole(value: JsonValue) -> JsonValue:
    # To JSON Schema 1.0 is an integer; to whoever reads an integer, it is none.
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value


def _text(value: JsonValue) -> str:
    value = _whole(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Plain digits: Kraken takes decimals, not exponents. Fails on infinity.
        number = Decimal(repr(value))
        if not number.is_finite():
            raise ValueError("not a finite number")
        return format(number, "f")
    return str(value)
