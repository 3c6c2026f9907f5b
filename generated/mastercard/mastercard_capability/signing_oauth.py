"""Signature base strings and headers of OAuth 1.0a (RFC 5849, sections 3.4.1 and 3.5.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote_to_bytes

from .signing_request import percent
from .signing_secrets import Address

_PORTS = {"http": ":80", "https": ":443"}
_FORM = "application/x-www-form-urlencoded"


def origin(base_uri: str) -> str:
    """Scheme and host of an address as they are signed: without the usual port."""
    address = Address(base_uri)
    host = address.host.lower().removesuffix(_PORTS.get(address.scheme, ""))
    return f"{address.scheme}://{host}"


def is_form(media_type: str) -> bool:
    """Whether the fields of a body of this type are signed with those of the query."""
    return media_type.partition(";")[0].strip().lower() == _FORM


def base_string(
    method: str,
    address: str,
    fields: Mapping[str, str],
    *encoded: str,
    write: Callable[[str], str] = percent,
    escaped: bool = True,
) -> bytes:
    """What is signed: `fields` of the protocol, and those in `encoded` queries or forms.

    `write` encodes the values of the protocol's fields. What the others hold is percent-encoded
    anew, unless `escaped` is False.
    """
    again = _again if escaped else str
    pairs = [(name, write(value)) for name, value in fields.items()]
    for text in encoded:
        for field in text.split("&") if text else ():
            name, _, value = field.partition("=")
            pairs.append((again(name), again(value)))
    joined = "&".join(f"{name}={value}" for name, value in sorted(pairs))
    return f"{method}&{percent(address)}&{percent(joined)}".encode()


def authorization(fields: Mapping[str, str], realm: str = "") -> str:
    """The header field; the realm is no part of what is signed."""
    parts = [f'{name}="{percent(value)}"' for name, value in fields.items()]
    if realm:
        parts.insert(0, f'realm="{percent(realm)}"')
    return "OAuth " + ", ".join(parts)


def _again(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", " ")), safe="")
