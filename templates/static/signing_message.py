"""HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530)."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, quote

from .encoding import Content
from .environment import Secret
from .errors import CallError
from .reply import JsonValue
from .signer import Clock, Signed
from .signing_request import base64_text, json_content
from .signing_secrets import Address
from .signing_times import http_date

_PORTS = {"http": ":80", "https": ":443"}
_PARAM = re.compile(r'@query-param;name="(.+)"')
#: Fields that go with a body: without one there is nothing to cover.
_CONTENT = ("content-digest", "content-length", "content-type")
_SECOND = 1_000_000_000


class MessageSigner:
    """Signs the `components` of each request with `mac`, under the name `keyid`.

    A component is a field's name in lower case or a derived one, as in
    `@query-param;name="page"`. `label` names the signature; with `expires` it is good
    for so many seconds, `nonces` adds a nonce, and `tag` the name of an application.
    `digest` is "sha-256" or "sha-512". `clock` gives nanoseconds.
    """

    def __init__(
        self,
        base_uri: str,
        keyid: Secret,
        mac: Callable[[bytes], bytes],
        *,
        components: Sequence[str],
        label: str = "sig1",
        expires: int = 0,
        nonces: bool = False,
        tag: str = "",
        digest: str = "sha-256",
        clock: Clock = time.time_ns,
    ) -> None:
        address = Address(base_uri)
        self._scheme = address.scheme
        port = _PORTS.get(address.scheme, "")
        self._authority = address.host.lower().removesuffix(port)
        self._mac, self._clock = mac, clock
        self._components = tuple(components)
        self._label, self._expires, self._nonces = label, expires, nonces
        self._keyid, self._tag, self._digest = _text(keyid.reveal()), tag, digest

    def sign(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        body: JsonValue | Content,
        nonce: str,
    ) -> Signed:
        """See `Signer.sign`. Raises CallError (400) for a request without a component."""
        content = json_content(body)
        now = self._clock()
        fields = {name.lower(): value.strip() for name, value in headers.items()}
        added = self._added(content, fields, now)
        fields |= {name.lower(): value for name, value in added.items()}
        lines, covered = [], []
        for component in self._components:
            if component in _CONTENT and component not in fields:
                continue
            name, mark, parameters = component.partition(";")
            identifier = f'"{name}"{mark}{parameters}'
            value = self._value(component, method, target, fields)
            lines.append(f"{identifier}: {value}")
            covered.append(identifier)
        created = now // _SECOND
        given = f"({' '.join(covered)});created={created}"
        if self._expires:
            given += f";expires={created + self._expires}"
        given += f";keyid={self._keyid}"
        if self._nonces:
            given += f";nonce={_text(nonce)}"
        if self._tag:
            given += f";tag={_text(self._tag)}"
        lines.append(f'"@signature-params": {given}')
        try:
            base = "\n".join(lines).encode("ascii")
        except UnicodeEncodeError:
            raise CallError(
                400, "invalid_input", "a header that is signed must be ASCII"
            ) from None
        added["Signature-Input"] = f"{self._label}={given}"
        added["Signature"] = f"{self._label}=:{base64_text(self._mac(base))}:"
        return Signed(target, content.data or None, added)

    def _added(
        self, content: Content, fields: Mapping[str, str], now: int
    ) -> dict[str, str]:
        """The fields that the request still lacks: those of the body, and the date."""
        data, written = content
        added: dict[str, str] = {}
        if "date" in self._components and "date" not in fields:
            added["Date"] = http_date(now)
        if not data:
            return added
        if written and "content-type" not in fields:
            added["Content-Type"] = written
        if "content-length" in self._components:
            added["Content-Length"] = str(len(data))
        if "content-digest" in self._components and "content-digest" not in fields:
            name = self._digest.replace("-", "")
            text = base64_text(hashlib.new(name, data).digest())
            added["Content-Digest"] = f"{self._digest}=:{text}:"
        return added

    def _value(
        self, component: str, method: str, target: str, fields: Mapping[str, str]
    ) -> str:
        path, _, query = target.partition("?")
        match component:
            case "@method":
                return method
            case "@target-uri":
                return f"{self._scheme}://{self._authority}{target}"
            case "@authority":
                return self._authority
            case "@scheme":
                return self._scheme
            case "@request-target":
                return target
            case "@path":
                return path or "/"
            case "@query":
                return f"?{query}"
            case _:
                parameter = _PARAM.fullmatch(component)
                if parameter:
                    pairs = parse_qsl(query, keep_blank_values=True)
                    found = [v for k, v in pairs if _encoded(k) == parameter[1]]
                else:
                    found = [fields[component]] if component in fields else []
        if len(found) != 1:
            raise CallError(
                400, "invalid_input", f"the signature covers {component}, once"
            )
        return _encoded(found[0]) if parameter else found[0]


def _text(value: str) -> str:
    """A string of Structured Fields (RFC 9651, section 4.1.6)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _encoded(value: str) -> str:
    # The set of forms in the URL Standard, with %20 for a space.
    return quote(value, safe="*").replace("~", "%7E")
