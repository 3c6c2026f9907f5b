"""Request bodies that the capability writes, with the values of a call in them.

Values cannot change the meaning of what surrounds them: each is escaped as its
language demands. A text of type `text` has no such rule, so values stand there as they
are.
"""

from __future__ import annotations

import json
import re
from secrets import token_hex
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from .encoding import Content, json_bytes, unsendable
from .errors import CallError
from .reply import JsonObject, JsonValue
from .wire import concat

# In the place of a value that is null by intent, since None means that there is none.
NULL: JsonObject = {}

_FORM = "application/x-www-form-urlencoded"
# What XML 1.0 cannot hold (section 2.2), not even escaped.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPARQL = {'"': '\\"', "'": "\\'", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_QUOTED = {'"': "%22", "\r": "%0D", "\n": "%0A"}


def object_of(*items: tuple[str, JsonValue]) -> JsonObject:
    """The members that have a value."""
    return {name: _known(value) for name, value in items if value is not None}


def list_of(*items: JsonValue) -> list[JsonValue]:
    """The items that have a value."""
    return [_known(value) for value in items if value is not None]


def _known(value: JsonValue) -> JsonValue:
    return None if value is NULL else value


def content(media_type: str, *parts: JsonValue) -> Content:
    """A text of the parts, in UTF-8. Raises CallError (400) for what UTF-8 cannot say."""
    return Content(_bytes(concat(*parts)), media_type)


def form(*items: tuple[str, JsonValue]) -> Content:
    """The fields that have a value, as HTML forms send them (URL Standard, section 5)."""
    pairs = (
        f"{quote_plus(name)}={form_escaped(value)}"
        for name, value in items
        if value is not None
    )
    return Content("&".join(pairs).encode(), _FORM)


def multipart(*parts: tuple[str, str | None, str | None, str]) -> Content:
    """A multipart form (RFC 7578) of the parts that have a value.

    A part is a name, a value, a file name or None, and a media type or "".
    """
    boundary = token_hex(16)
    lines: list[bytes] = []
    for name, value, filename, media_type in parts:
        if value is None:
            continue
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        if filename is not None:
            head += f'; filename="{_quoted(filename)}"'
            media_type = media_type or "application/octet-stream"
        if media_type:
            head += f"\r\nContent-Type: {media_type}"
        lines += [f"--{boundary}".encode(), _bytes(head), b"", _bytes(value)]
    lines += [f"--{boundary}--".encode(), b""]
    return Content(b"\r\n".join(lines), f"multipart/form-data; boundary={boundary}")


def json_written(value: JsonValue) -> str:
    """A value as JSON."""
    return json_bytes(value).decode()


def json_escaped(value: JsonValue) -> str:
    """The inside of a JSON string."""
    return json.dumps(concat(value), ensure_ascii=False)[1:-1]


def xml_escaped(value: JsonValue) -> str:
    """The inside of an element or of a quoted attribute."""
    text = concat(value)
    if _NOT_XML.search(text):
        raise CallError(400, "invalid_input", "a value has a character that XML lacks")
    return escape(text, {'"': "&quot;", "'": "&apos;"})


def sparql_escaped(value: JsonValue) -> str:
    """The inside of a SPARQL string (SPARQL 1.1, section 19.7)."""
    return "".join(_SPARQL.get(character, character) for character in concat(value))


def iri_escaped(value: JsonValue) -> str:
    """The inside of an IRI in angle brackets."""
    return quote(_bytes(concat(value)), safe=":/?#[]@!$&'()*+,;=-._~%")


def form_escaped(value: JsonValue) -> str:
    """The name or the value of a form's field."""
    return quote_plus(_bytes(concat(value)))


def _quoted(text: str) -> str:
    """A parameter in quotes, escaped as browsers do (HTML Standard, multipart form data)."""
    return "".join(_QUOTED.get(character, character) for character in text)


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise unsendable() from None
