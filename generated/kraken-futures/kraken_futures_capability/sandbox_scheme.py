"""A signing scheme as a sandbox reads it: the document of the scheme, interpreted.

This is the check on the emitted signer, so it shares no code with it: the signer is
straight-line code made at build time, this walks the document for each request.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl, quote, unquote

from .reply import JsonObject, JsonValue

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Bytes that are no text stay what they are on their way through one.
_ANY = "surrogateescape"
_DIGESTS = ("md5", "sha1", "sha256", "sha384", "sha512")

Part = str | bytes


class Request:
    """A request as it arrived, before anything of a signature was taken out of it."""

    def __init__(
        self, method: str, target: str, headers: Mapping[str, str], body: bytes
    ) -> None:
        self.method = method
        self.path, _, self.query = target.partition("?")
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def holds(self, when: JsonValue) -> bool:
        """Whether the condition holds for this request."""
        if not isinstance(when, dict):
            return True
        methods = when.get("method", self.method)
        wanted = methods if isinstance(methods, list) else [methods]
        return (
            self.method in wanted
            and when.get("body", bool(self.body)) == bool(self.body)
            and when.get("query", bool(self.query)) == bool(self.query)
        )


class Evaluation:
    """The parts of one signature; `known` are credentials, constants and variables."""

    def __init__(self, request: Request, known: dict[str, Part], secret: bytes) -> None:
        self.request = request
        self.known = known
        self.secret = secret

    def template(self, text: str) -> str:
        """`text` with the values of the names in it."""
        return _PLACEHOLDER.sub(lambda m: _text(self.name(m.group(1))), text)

    def name(self, name: str) -> Part:
        """What `name` stands for."""
        if name in self.known:
            return self.known[name]
        request = self.request
        if name.startswith("header."):
            return request.headers.get(name[len("header.") :].lower(), "")
        host = request.headers.get("host", "")
        segments = request.path.strip("/").split("/")
        odd = len(segments) % 2 == 1
        table: dict[str, Part] = {
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "?query": f"?{request.query}" if request.query else "",
            "pathQuery": request.target,
            "scheme": "http",
            "host": host,
            "url": f"http://{host}{request.target}",
            "body": request.body,
            "resourceType": segments[-1] if odd else segments[-2],
            "resourceLink": unquote("/".join(segments[:-1] if odd else segments)),
        }
        return table.get(name, "")

    def part(self, part: JsonValue) -> Part:
        """The value of any part of a scheme."""
        if isinstance(part, str):
            return self.name(part)
        if isinstance(part, list):
            return joined([self.part(item) for item in part], "")
        if not isinstance(part, dict):
            return ""
        if not self.request.holds(part.get("when")):
            return self.part(part["else"]) if "else" in part else ""
        for operator, operand in part.items():
            if operator not in ("when", "else", "key", "parts"):
                return self._operator(operator, operand, part)
        return ""

    def _operator(self, name: str, operand: JsonValue, part: JsonObject) -> Part:
        if name == "text":
            return self.template(str(operand))
        if name == "join":
            parts = part.get("parts")
            items = parts if isinstance(parts, list) else []
            return joined([self.part(item) for item in items], str(operand))
        if isinstance(operand, dict) and name == "params":
            return self._params(operand)
        if isinstance(operand, dict) and name == "stripPrefix":
            prefix = str(operand.get("prefix"))
            return _text(self.part(operand.get("of"))).removeprefix(prefix)
        if isinstance(operand, dict) and name == "truncate":
            size = operand.get("bytes")
            data = binary(self.part(operand.get("of")))
            return data[: size if isinstance(size, int) else None]
        value = self.part(operand)
        if name in _DIGESTS:
            return hashlib.new(name, binary(value)).digest()
        if name.startswith("hmac-"):
            key = binary(self.part(part["key"])) if "key" in part else self.secret
            return hmac.digest(key, binary(value), name.removeprefix("hmac-"))
        return ENCODERS[name](value)

    def _params(self, options: JsonObject) -> str:
        body = options.get("from") == "body"
        source = _text(self.request.body) if body else self.request.query
        pairs = [
            (field.partition("=")[0], field.partition("=")[2])
            for field in source.split("&")
            if field
        ]
        if options.get("decode") or options.get("encode"):
            pairs = parse_qsl(source, keep_blank_values=True)
        if options.get("encode"):
            pairs = [(quote(k, safe=""), quote(v, safe="")) for k, v in pairs]
        omit = options.get("omit")
        if isinstance(omit, list):
            pairs = [(k, v) for k, v in pairs if k not in omit]
        if options.get("sort"):
            pairs = sorted(pairs)
        only = options.get("only")
        default = {"values": "{v}", "names": "{k}"}.get(str(only), "{k}={v}")
        shape = str(options.get("pair", default))
        between = str(options.get("sep", "" if only == "values" else "&"))
        return between.join(shape.format(k=k, v=v) for k, v in pairs)


def joined(parts: Sequence[Part], separator: str) -> Part:
    """Parts in a row: a text unless one of them is bytes."""
    if all(isinstance(part, str) for part in parts):
        return separator.join(_text(part) for part in parts)
    return separator.encode().join(binary(part) for part in parts)


def binary(value: Part) -> bytes:
    """A part as bytes."""
    return value.encode("utf-8", _ANY) if isinstance(value, str) else value


def _text(value: Part) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", _ANY)


ENCODERS: Mapping[str, Callable[[Part], Part]] = {
    "hex": lambda value: binary(value).hex(),
    "HEX": lambda value: binary(value).hex().upper(),
    "base64": lambda value: base64.b64encode(binary(value)).decode(),
    "base64url": lambda value: base64.urlsafe_b64encode(binary(value)).decode(),
    "unhex": lambda value: bytes.fromhex(_text(value)),
    "unbase64": lambda value: base64.b64decode(binary(value)),
    "lower": lambda value: _text(value).lower(),
    "upper": lambda value: _text(value).upper(),
    "urlencode": lambda value: quote(_text(value), safe=""),
    "length": lambda value: str(len(binary(value))),
}
