"""A provider that checks signatures, as a sandbox plays it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import parse_qsl

from .reply import JsonObject, JsonValue
from .sandbox_credentials import Credential, KeyPair, Nonces, decoded
from .sandbox_scheme import ENCODERS, Evaluation, Part, Request, binary, joined
from .sandbox_verifier import throwaway_secret

__all__ = ["Credential", "KeyPair", "SignatureVerifier", "read_scheme"]

SCHEMES = Path(__file__).with_name("sandbox_schemes.json")
MISSING = "a part of the signature is missing"
WRONG = "the signature is wrong"
STALE = "the time of the request is too far from now"
REPLAYED = "the nonce was used before, or is lower than one that was"
_TOLERANCE = 60.0
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
_FORMATS = {
    "iso8601": "%Y-%m-%dT%H:%M:%SZ",
    "iso8601-ms": "%Y-%m-%dT%H:%M:%S.%fZ",
    "iso8601-naive": "%Y-%m-%dT%H:%M:%S",
    "iso8601-basic": "%Y%m%dT%H%M%SZ",
    "iso8601-basic-offset": "%Y%m%dT%H:%M:%S%z",
}


class SignatureVerifier:
    """Accepts requests that are signed with one throw-away key.

    `scheme` is the document of the scheme; `environment` offers the credentials under
    the variables that are named here; `keys` is for schemes that sign with a private
    key. Paths outside `signed_paths` are public.
    `errors_at` is the member of answers that reports failures, where there is one, and
    `words` what stands there, by kind ("credentials", "nonce"). `others` are variables
    that the package needs besides. `clock` gives seconds.
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
        errors_at: str = "",
        words: Mapping[str, str] | None = None,
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._scheme = scheme
        self._paths = signed_paths
        self._public = {(method, _places(path)) for method, path in public}
        self._clock = clock
        self._errors_at, self._words = errors_at, dict(words or {})
        self._known: dict[str, Part] = {}
        self._keys = keys
        self._secret = b""
        environment = dict(others or {})
        for item in credentials:
            text = throwaway_secret(item.variable)
            if item.form == "pem" and keys is not None:
                text = keys.private
            environment[item.variable] = text
            self._known[item.role] = text
            if item.role == secret_role:
                self._secret = decoded(text, item.form)
        constants = scheme.get("constants")
        if isinstance(constants, dict):
            self._known |= {name: str(value) for name, value in constants.items()}
        nonce = scheme.get("nonce")
        rules = nonce if isinstance(nonce, dict) else {}
        ordered = rules.get("kind") == "increasing" and rules.get("delivery") != "free"
        self._nonces = Nonces(ordered)
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
        return self._refused(request)

    def _refused(self, request: Request) -> str | None:
        """What is wrong with a request that has to be signed."""
        found = self._read(request)
        if found is None:
            return MISSING
        self._take_out(request)
        known = {**self._known, **found}
        state = Evaluation(request, known, self._secret)
        for name, part in _members(self._scheme.get("vars")):
            known[name] = state.part(part)
        if not self._signed(state, found):
            return WRONG
        moment = found.get("time")
        if moment is not None and not self._timely(str(moment)):
            return STALE
        nonce = found.get("nonce")
        if nonce is not None and not self._nonces.take(str(nonce)):
            return REPLAYED
        return None

    def answer(self, sample: JsonValue) -> JsonValue:
        """The sample itself."""
        return sample

    def failure(self, error: str) -> tuple[int, JsonValue]:
        """401 for a refused signature, 500 for any other (injected) error.

        A provider that has `words` of its own says them with status 200.
        """
        refused = error in (MISSING, WRONG, STALE, REPLAYED)
        if self._errors_at:
            kind = "nonce" if error == REPLAYED else "credentials"
            word = self._words.get(kind, error) if refused else error
            return 200, {self._errors_at: word}
        return (401 if refused else 500), {"error": error}

    def unknown(self, method: str, path: str) -> tuple[int, JsonValue]:
        """404; the path is not repeated, because it may hold a caller's data."""
        return 404, {"error": "not found"}

    def _read(self, request: Request) -> dict[str, Part] | None:
        """Time, nonce and signature out of the places where the scheme puts them."""
        found: dict[str, Part] = {}
        carrier = self._scheme.get("carrier")
        for key in ("inject", "output"):
            for entry in _entries(self._scheme.get(key)):
                if not request.holds(entry.get("when")):
                    continue
                sent = _sent(request, str(entry.get("in")), str(entry.get("name")))
                if sent is None and entry.get("omitEmpty"):
                    continue
                if sent is None:
                    return None
                match = self._pattern(str(entry.get("value"))).fullmatch(sent)
                if match is None:
                    return None
                found |= {k: v for k, v in match.groupdict().items() if v is not None}
        if isinstance(carrier, dict):
            return self._open(request, found)
        return found

    def _open(self, request: Request, found: dict[str, Part]) -> dict[str, Part] | None:
        """The members of the envelope, whose bytes are signed."""
        for value in request.headers.values():
            try:
                data = base64.b64decode(value, validate=True)
                members = json.loads(data)
            except ValueError:
                continue
            if isinstance(members, dict):
                nonce = members.get("nonce")
                return {**found, "envelope": data, "nonce": str(nonce)}
        return None

    def _pattern(self, template: str) -> re.Pattern[str]:
        return re.compile(self._shape(template), re.DOTALL)

    def _shape(self, template: str) -> str:
        pattern, end = "", 0
        variables = dict(_members(self._scheme.get("vars")))
        for match in _PLACEHOLDER.finditer(template):
            pattern += re.escape(template[end : match.start()])
            name = match.group(1)
            part = variables.get(name)
            if name in self._known:
                pattern += re.escape(str(self._known[name]))
            elif name in ("time", "nonce", "signature"):
                pattern += f"(?P<{name}>.*?)"
            elif isinstance(part, dict) and list(part) == ["text"]:
                pattern += self._shape(str(part["text"]))
            else:
                pattern += ".*?"
            end = match.end()
        return pattern + re.escape(template[end:])

    def _take_out(self, request: Request) -> None:
        """Remove what was added after signing: fields of the query and the body."""
        for entry in _entries(self._scheme.get("output")):
            name = re.escape(str(entry.get("name")))
            if not request.holds(entry.get("when")):
                continue
            if entry.get("in") == "query":
                request.query = re.sub(rf"(^|&){name}=[^&]*$", "", request.query)
            elif entry.get("in") == "body":
                field_ = rf"(^|&){name}=[^&]*$".encode()
                request.body = re.sub(field_, b"", request.body)

    def _signed(self, state: Evaluation, found: Mapping[str, Part]) -> bool:
        """Whether every output is what the scheme makes of the request."""
        payload = self._scheme.get("payload")
        parts = [state.part(p) for p in payload] if isinstance(payload, list) else []
        data = binary(joined(parts, str(self._scheme.get("separator", ""))))
        encode = ENCODERS[str(self._scheme.get("encode", "hex"))]
        if self._keys is not None:
            sent = str(found.get("signature", ""))
            hexadecimal = self._scheme.get("encode") in ("hex", "HEX")
            raw = ENCODERS["unhex" if hexadecimal else "unbase64"](sent)
            if not self._keys.verify(binary(raw), data):
                return False
            state.known["signature"] = sent
        else:
            state.known["signature"] = encode(self._digest(state, data))
        for name, part in _members(self._scheme.get("post")):
            state.known[name] = state.part(part)
        for entry in _entries(self._scheme.get("output")):
            place, name = str(entry.get("in")), str(entry.get("name"))
            if place != "header" or not state.request.holds(entry.get("when")):
                continue
            wanted = state.template(str(entry.get("value")))
            sent = state.request.headers.get(name.lower(), "")
            if not hmac.compare_digest(sent.encode(), wanted.encode()):
                return False
        if "signature" not in found:
            return True
        wanted = str(state.known["signature"])
        return hmac.compare_digest(str(found["signature"]).encode(), wanted.encode())

    def _digest(self, state: Evaluation, data: bytes) -> bytes:
        algorithm = str(self._scheme.get("algorithm"))
        if not algorithm.startswith("hmac-"):
            return hashlib.new(algorithm, data).digest()
        key = self._secret
        if "key" in self._scheme:
            key = binary(state.part(self._scheme["key"]))
        return hmac.digest(key, data, algorithm.removeprefix("hmac-"))

    def _timely(self, text: str) -> bool:
        rules = self._scheme.get("time")
        unit = str(rules.get("unit")) if isinstance(rules, dict) else "s"
        offset = rules.get("offset", 0) if isinstance(rules, dict) else 0
        try:
            if unit in _UNITS:
                moment = int(text) / _UNITS[unit]
            elif unit in _FORMATS:
                parsed = datetime.strptime(text, _FORMATS[unit])
                moment = parsed.replace(tzinfo=UTC).timestamp()
            else:
                moment = parsedate_to_datetime(text).replace(tzinfo=UTC).timestamp()
        except (ValueError, TypeError):
            return False
        shift = offset if isinstance(offset, int) else 0
        return abs(moment - shift - self._clock()) <= _TOLERANCE


def read_scheme(name: str) -> JsonObject:
    """A scheme of this package."""
    schemes = json.loads(SCHEMES.read_text(encoding="utf-8"))
    scheme: JsonObject = schemes[name]
    return scheme


def _sent(request: Request, place: str, name: str) -> str | None:
    """The text of a field, as it is meant; None when it is not there."""
    if place == "header":
        return request.headers.get(name.lower())
    source = (
        request.query if place == "query" else request.body.decode("utf-8", "replace")
    )
    if place == "body" and source.startswith("{"):
        document = json.loads(source)
        return str(document[name]) if name in document else None
    return dict(parse_qsl(source, keep_blank_values=True)).get(name)


def _places(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{[^{}]*\\\}", "[^/]+", re.escape(path)))


def _entries(value: JsonValue) -> list[JsonObject]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict)]


def _members(value: JsonValue) -> list[tuple[str, JsonValue]]:
    return list(value.items()) if isinstance(value, dict) else []
