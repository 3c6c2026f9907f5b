"""A provider that wants HTTP Message Signatures, as a sandbox plays it.

This is the check on the signing of the package, so it is written from RFC 9421 and RFC 9530
alone and shares no code with the signer.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hmac import compare_digest
from urllib.parse import quote_from_bytes, unquote_to_bytes

from .reply import JsonValue
from .sandbox_credentials import Nonces

MISSING = "a part of the signature is missing"
UNKNOWN_KEY = "the keyid or the tag is wrong"
WRONG = "the signature is wrong"
BAD_DIGEST = "the digest of the body is wrong"
STALE = "the signature is not of this time"
REPLAYED = "the nonce was used before"
_ERRORS = (MISSING, UNKNOWN_KEY, WRONG, BAD_DIGEST, STALE, REPLAYED)
_TOLERANCE = 300
_BODY = {"content-digest", "content-length", "content-type"}
_ITEM = re.compile(r'"([^"]+)"((?:;name="[^"]*")?)')
_PARAMETER = re.compile(r';([a-z]+)=(?:(\d+)|"((?:[^"\\]|\\.)*)")')


class MessageVerifier:
    """Accepts requests whose `components` are signed with one throw-away key.

    `verify` checks a signature over data. `environment` offers `credentials` under their
    variables. Paths outside `signed_paths` and the operations in `public` are not
    checked; `others` are variables that the package needs besides. `clock` gives seconds.
    """

    def __init__(
        self,
        keyid_variable: str,
        key: Mapping[str, str],
        good: Callable[[bytes, bytes], bool],
        *,
        components: Sequence[str],
        label: str = "sig1",
        expires: int = 0,
        nonces: bool = False,
        tag: str = "",
        digest: str = "sha-256",
        signed_paths: tuple[str, ...] = (),
        public: tuple[tuple[str, str], ...] = (),
        others: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._keyid = throwaway(keyid_variable)
        self._good, self._clock = good, clock
        self._components, self._label = set(components), label
        self._expires, self._tag, self._digest = expires, tag, digest
        self._with_nonce, self._nonces = nonces, Nonces(ordered=False)
        self._paths = signed_paths
        self._public = [(method, _shape(path)) for method, path in public]
        environment = {**(others or {}), keyid_variable: self._keyid, **key}
        self.environment: Mapping[str, str] = environment

    def verify(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> str | None:
        """See `Verifier.verify`."""
        path = target.partition("?")[0]
        if self._paths and not path.startswith(self._paths):
            return None
        if any(
            verb == method and shape.fullmatch(path) for verb, shape in self._public
        ):
            return None
        sent = {name.lower(): value for name, value in headers.items()}
        given = _member(sent.get("signature-input", ""), self._label)
        signature = _member(sent.get("signature", ""), self._label)
        listed, _, rest = given.removeprefix("(").partition(")")
        raw = re.fullmatch(r":([A-Za-z0-9+/=]*):", signature)
        if not given.startswith("(") or raw is None:
            return MISSING
        items = [(name, extra) for name, extra in _ITEM.findall(listed)]
        lines = []
        for name, extra in items:
            value = _component(name, extra, method, target, sent)
            if value is None:
                return WRONG
            lines.append(f'"{name}"{extra}: {value}')
        lines.append(f'"@signature-params": {given}')
        if not self._good(base64.b64decode(raw[1]), "\n".join(lines).encode()):
            return WRONG
        needed = self._components - (set() if body else _BODY)
        if not needed <= {name + extra for name, extra in items}:
            return MISSING
        facts = {k: number or text for k, number, text in _PARAMETER.findall(rest)}
        return self._refused(facts, sent, body)

    def _refused(
        self, facts: Mapping[str, str], sent: Mapping[str, str], body: bytes
    ) -> str | None:
        if facts.get("keyid") != self._keyid or facts.get("tag", "") != self._tag:
            return UNKNOWN_KEY
        if body and "content-digest" in self._components:
            name = self._digest.replace("-", "")
            text = base64.b64encode(hashlib.new(name, body).digest()).decode()
            expected = f"{self._digest}=:{text}:"
            if not compare_digest(
                sent.get("content-digest", "").encode(), expected.encode()
            ):
                return BAD_DIGEST
        created, now = int(facts.get("created", "0")), self._clock()
        if abs(now - created) > _TOLERANCE:
            return STALE
        if self._expires and not now < int(facts.get("expires", "0")):
            return STALE
        if self._with_nonce and not self._nonces.take(facts.get("nonce", "")):
            return REPLAYED
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


def _component(
    name: str, extra: str, method: str, target: str, sent: Mapping[str, str]
) -> str | None:
    """The value of a component (RFC 9421, sections 2.1 and 2.2); None for an unknown one."""
    path, _, query = target.partition("?")
    host = sent.get("host", "").lower()
    if extra:
        wanted = extra[len(';name="') : -1]
        pairs = [field.partition("=")[::2] for field in query.split("&")]
        values = [_canonical(v) for k, v in pairs if _canonical(k) == wanted]
        return values[0] if name == "@query-param" and len(values) == 1 else None
    derived = {
        "@method": method,
        "@target-uri": f"http://{host}{target}",
        "@authority": host,
        "@scheme": "http",
        "@request-target": target,
        "@path": path,
        "@query": f"?{query}",
    }
    if name.startswith("@"):
        return derived.get(name)
    return sent[name].strip() if name in sent else None


def _canonical(text: str) -> str:
    data = unquote_to_bytes(text.replace("+", " "))
    return quote_from_bytes(data, safe=b"*").replace("~", "%7E")


def _member(field: str, label: str) -> str:
    """The member of a dictionary that holds no other (RFC 9651, section 3.2)."""
    name, _, value = field.partition("=")
    return value if name == label else ""


# Several upstreams may share credentials, and then their variables.
@cache
def throwaway(variable: str) -> str:
    """A text that is worth nothing outside this process."""
    return secrets.token_urlsafe(12)


def _shape(path: str) -> re.Pattern[str]:
    """A path with a pattern for each of its placeholders."""
    places = re.split(r"\{[^{}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, places)))
