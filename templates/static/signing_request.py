"""Requests before they are signed: the fields that a scheme adds, and canonical forms."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from .encoding import Content, json_bytes, unsendable
from .errors import CallError
from .reply import JsonObject, JsonValue
from .wire import text

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_NO_BODY = Content(b"", "")

Fields = Mapping[str, str | int]


def json_content(body: JsonValue | Content) -> Content:
    """The body as it is sent, as JSON unless it is written already; no body is empty."""
    if body is None:
        return _NO_BODY
    if isinstance(body, Content):
        return body
    return Content(json_bytes(body), _JSON)


def form_content(body: JsonValue | Content) -> Content:
    """The body as it is sent: the members of an object become a form (URL Standard).

    Members that are null are left out. A list or an object inside becomes its JSON text.
    """
    if body is None:
        return _NO_BODY
    if isinstance(body, Content):
        return body
    pairs = (
        f"{quote_plus(name)}={quote_plus(_written(value))}"
        for name, value in _members(body).items()
        if value is not None
    )
    try:
        return Content("&".join(pairs).encode("ascii"), _FORM)
    except UnicodeEncodeError:
        raise unsendable() from None


def with_fields(
    body: JsonValue | Content, fields: Fields, *, first: bool = False
) -> JsonValue | Content:
    """The body with `fields` behind (or `first`: in front of) its members.

    Raises CallError (400) when it has one of them already, or can have none.
    """
    if isinstance(body, Content):
        return _spliced(body, fields, first)
    members = _members(body)
    for name in fields:
        if name in members:
            raise CallError(400, "invalid_input", f"{name} is filled in by the service")
    return {**fields, **members} if first else {**members, **fields}


def members_of(body: JsonValue | Content) -> JsonObject:
    """The members of a body that travels elsewhere; CallError (400) when it has none."""
    if isinstance(body, Content):
        raise CallError(400, "invalid_input", "the body must be a JSON object")
    return _members(body)


def with_field(query: str, name: str, value: str, *, first: bool = False) -> str:
    """The query with one more field, percent-encoded (RFC 3986)."""
    field = f"{percent(name)}={percent(value)}"
    if not query:
        return field
    return f"{field}&{query}" if first else f"{query}&{field}"


def form_with(content: Content, name: str, value: str) -> Content:
    """A form with one more field at its end."""
    field = f"{percent(name)}={percent(value)}".encode()
    data = content.data + b"&" + field if content.data else field
    return Content(data, content.media_type or _FORM)


def sorted_query(query: str) -> str:
    """The fields of the query in the order of their bytes."""
    return "&".join(sorted(query.split("&"))) if query else ""


def percent(value: str) -> str:
    """`value` percent-encoded: all but the unreserved characters of RFC 3986."""
    return quote(value, safe="")


def base64_text(data: bytes) -> str:
    """Standard base64 (RFC 4648, section 4)."""
    return base64.b64encode(data).decode("ascii")


def base64url_text(data: bytes) -> str:
    """The base64 of URLs, with its padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).decode("ascii")


def header_value(headers: Mapping[str, str], name: str) -> str:
    """The header `name`, which is in lower case; empty when it is not sent."""
    found = (value for key, value in headers.items() if key.lower() == name)
    return next(found, "")


def params(
    source: str | bytes,
    *,
    sort: bool = False,
    decode: bool = False,
    encode: bool = False,
    pair: str = "{k}={v}",
    separator: str = "&",
    omit: tuple[str, ...] = (),
) -> str:
    """The fields of a query or a form in the form in which a scheme signs them.

    They stand as they were sent, or as they are meant (`decode`), or percent-encoded
    anew (`encode`, RFC 3986); sorted by name and then value when `sort` is given.
    Raises CallError (400) for bytes that are no form.
    """
    sent = _form_text(source) if isinstance(source, bytes) else source
    pairs = []
    for field in filter(None, sent.split("&")):
        name, _, value = field.partition("=")
        if decode or encode:
            name, value = unquote_plus(name), unquote_plus(value)
        if encode:
            name, value = percent(name), percent(value)
        if name not in omit:
            pairs.append((name, value))
    if sort:
        pairs.sort()
    if pair == "{k}={v}":
        return separator.join([f"{name}={value}" for name, value in pairs])
    return separator.join([pair.format(k=name, v=value) for name, value in pairs])


def resource_type(path: str) -> str:
    """The last type in a path of pairs: `docs` in /dbs/db/colls/c/docs/d and without /d."""
    segments = path.strip("/").split("/")
    return segments[-1] if len(segments) % 2 else segments[-2]


def resource_link(path: str) -> str:
    """The path of the resource itself, or of the one that a list belongs to, unescaped."""
    segments = unquote(path).strip("/").split("/")
    return "/".join(segments[:-1] if len(segments) % 2 else segments)


def _form_text(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise CallError(400, "invalid_input", "the body must be a form") from None


def _members(body: JsonValue) -> JsonObject:
    if body is None:
        return {}
    if not isinstance(body, dict):
        raise CallError(400, "invalid_input", "the body must be a JSON object")
    return body


def _written(value: JsonValue) -> str:
    if isinstance(value, (list, dict)):
        return json_bytes(value).decode()
    return "" if value is None else text(value)


def _spliced(content: Content, fields: Fields, first: bool) -> Content:
    """`fields` put into a body that is written already, without touching the rest."""
    data, media_type = content
    kind = media_type.partition(";")[0].strip().lower()
    if kind == _FORM or not data:
        ours = "&".join(f"{percent(k)}={percent(str(v))}" for k, v in fields.items())
        parts = [ours.encode(), data] if first else [data, ours.encode()]
        return Content(b"&".join(part for part in parts if part), media_type or _FORM)
    if kind == _JSON and data[:1] == b"{" and data[-1:] == b"}":
        added = json.dumps(dict(fields), separators=(",", ":"))[1:-1].encode()
        rest = data[1:-1].strip()
        parts = [added, rest] if first else [rest, added]
        return Content(b"{" + b",".join(p for p in parts if p) + b"}", media_type)
    raise CallError(400, "invalid_input", "the body must be a form or a JSON object")


def from_hex(value: str | bytes) -> bytes:
    """The bytes behind hexadecimal digits; CallError (400) for anything else."""
    digits = value if isinstance(value, str) else value.decode("latin-1")
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise _not_the("hexadecimal digits") from None


def from_base64(value: str | bytes) -> bytes:
    """The bytes behind base64 (RFC 4648, section 4); CallError (400) for what has none.

    Characters of no meaning there, such as line feeds, are passed over (RFC 2045, section 6.8).
    """
    try:
        return base64.b64decode(value)
    except ValueError:
        raise _not_the("base64") from None


def _not_the(form: str) -> CallError:
    # Without the value, which may be a secret of the caller's.
    return CallError(400, "invalid_input", f"a value that is signed is not {form}")
