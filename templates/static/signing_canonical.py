"""Canonical requests: one text that stands for a request, as several providers sign it.

It has six lines or more: method, path, query, a line for each signed header, their
names, and the digest of the body. What is percent-encoded is encoded anew, and sent so:
a request then has one reading only.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

# What is written as it is signed, so that nothing has to be encoded anew.
_PLAIN = re.compile(r"[A-Za-z0-9_.~=&-]*")


class Query(NamedTuple):
    """The query as it is sent, and in order and with every `=`, as it is signed."""

    sent: str
    ordered: str


def encoded_path(path: str) -> str:
    """The path with each segment encoded once; dots and empty segments are names."""
    if _PLAIN.fullmatch(path.replace("/", "")):
        return path or "/"
    segments = path.split("/")
    return "/".join(quote(unquote_to_bytes(text), safe="") for text in segments)


def encoded_query(query: str, *, meant: bool = False) -> Query:
    """The query with each name and value encoded once; `+` is a blank.

    Fields are in the order of what is written, or of what is `meant` by it.
    """
    if not query:
        return Query("", "")
    fields = [field.partition("=") for field in query.split("&")]
    if not _PLAIN.fullmatch(query):
        fields = [(_again(name), mark, _again(value)) for name, mark, value in fields]
        query = "&".join(map("".join, fields))
    pairs = [(name, value) for name, _, value in fields]
    pairs.sort(key=_meaning if meant else None)
    return Query(query, "&".join([f"{name}={value}" for name, value in pairs]))


def signed_headers(
    host: str, headers: Mapping[str, str], added: Mapping[str, str], prefix: str
) -> dict[str, str]:
    """Host, Content-Type, what begins with `prefix` and what is `added`, in lower case.

    A proxy may change any other header.
    """
    signed = {"host": host}
    for name, value in headers.items():
        lower = name.lower()
        if lower == "content-type" or lower.startswith(prefix):
            signed[lower] = value.strip(" \t")
    for name, value in added.items():
        signed[name.lower()] = value
    return signed


def canonical(
    method: str, path: str, query: str, signed: Mapping[str, str], digest: str
) -> tuple[str, str]:
    """The names of the signed headers, and the SHA-256 of the canonical request."""
    names = sorted(signed)
    lines = "".join([f"{name}:{signed[name]}\n" for name in names])
    listed = ";".join(names)
    text = f"{method}\n{path}\n{query}\n{lines}\n{listed}\n{digest}"
    return listed, sha256_hex(text.encode("utf-8", "surrogateescape"))


def sha256_hex(data: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def derived(secret: bytes, texts: Iterable[str]) -> hmac.HMAC:
    """HMAC-SHA256 with a key that is made of the secret, one text after the other."""
    for text in texts:
        secret = hmac.digest(secret, text.encode(), "sha256")
    return hmac.new(secret, digestmod="sha256")


def signature(keyed: hmac.HMAC, text: str) -> str:
    """The HMAC of the text as hexadecimal digits; `keyed` may be used again."""
    mac = keyed.copy()
    mac.update(text.encode())
    return mac.hexdigest()


def _meaning(pair: tuple[str, str]) -> tuple[bytes, bytes]:
    return unquote_to_bytes(pair[0]), unquote_to_bytes(pair[1])


def _again(text: str) -> str:
    return quote(unquote_to_bytes(text.replace("+", "%20")), safe="")
