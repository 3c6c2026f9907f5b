"""Requests that are passed on to an upstream as they come: a proxy of a few rules.

Method, the rest of the path, query and body go on. Of the caller's headers only those do
that are trusted by name, and Content-Type, which belongs to the body; never what is
about one connection (RFC 9110, section 7.6.1). The upstream's own credentials are added.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from aiohttp import hdrs, web
from multidict import CIMultiDictProxy

from .encoding import Content
from .errors import CallError
from .reply import Reply
from .rest_support import read_body
from .upstream import Pairs, Upstream

# TRACE would answer with our credentials (RFC 9110, section 9.3.8); CONNECT is no request
# for a resource.
_NEVER: Final = ("CONNECT", "TRACE")
# What may stand in a target without being encoded again (RFC 3986, section 3.3 and 3.4).
_SAFE: Final = "%/:?@!$&'()*+,;=-._~"
_MOST_ENCODED: Final = 3
_separators = re.compile(r"[/\\]")
_control = re.compile(r"[\x00-\x1f\x7f]").search


async def forward(
    request: web.Request,
    upstream: Upstream,
    *,
    first: int | None = None,
    trusted: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    query: Pairs = (),
    reserved: Sequence[str] = (),
) -> Reply:
    """Pass a request on and give the upstream's answer.

    The path goes on from its segment `first` (the one before the first slash is 0), or not
    at all. `headers` and `query` are added to each request; `reserved` are the fields
    of the query that are the upstream's own, which callers cannot send. Raises what
    `Upstream.send` raises, and CallError 400 `invalid_input` for a path that would leave
    the base path of the upstream, 405 `method_not_allowed`, 413 `body_too_large`.
    """
    if request.method in _NEVER:
        message = f"{request.method} is not passed on"
        raise CallError(405, "method_not_allowed", message)
    target = "" if first is None else rest_of(request.rel_url.raw_path, first)
    raw_query = request.rel_url.raw_query_string
    if raw_query:
        raw_query = quote(raw_query, _SAFE, errors="surrogateescape")
        if reserved:
            sent = dict(parse_qsl(raw_query, keep_blank_values=True))
            for name in reserved:
                if name in sent:
                    message = f"the query field {name} is for this service alone"
                    raise CallError(400, "invalid_input", message)
        target = f"{target}?{raw_query}"
    raw = await read_body(request)
    media_type = request.headers.get(hdrs.CONTENT_TYPE, "application/octet-stream")
    return await upstream.send(
        request.method,
        target,
        query=query,
        headers={**trusted_headers(request.headers, trusted), **(headers or {})},
        body=Content(raw, media_type) if raw else None,
    )


def rest_of(raw_path: str, first: int) -> str:
    """The path from its segment `first` on, still percent-encoded; CallError 400.

    Segments `.` and `..`, which would lead out of the upstream's base path, are refused in
    every spelling that some server takes for them: encoded, encoded twice, beside an
    encoded slash or a backslash, and with parameters (`..;x`).
    """
    rest = "/".join(raw_path.split("/")[first:])
    text = rest
    for _ in range(_MOST_ENCODED):
        decoded = unquote(text)
        if decoded == text:
            break
        text = decoded
    else:
        raise _not_passed_on()
    names = (part.partition(";")[0] for part in _separators.split(text))
    if _control(text) or any(name in (".", "..") for name in names):
        raise _not_passed_on()
    return "/" + quote(rest, _SAFE, errors="surrogateescape")


def trusted_headers(
    headers: CIMultiDictProxy[str], trusted: Sequence[str]
) -> dict[str, str]:
    """The headers of the caller that may go on; none that its connection alone needs."""
    options = _all(headers, hdrs.CONNECTION).lower().split(",")
    dropped = {option.strip() for option in options}
    return {
        name: _all(headers, name)
        for name in trusted
        if name in headers and name.lower() not in dropped
    }


def _all(headers: CIMultiDictProxy[str], name: str) -> str:
    """All values of a header as one (RFC 9110, section 5.3; RFC 6265, section 5.4)."""
    separator = "; " if name.lower() == "cookie" else ", "
    return separator.join(headers.getall(name, ()))


def _not_passed_on() -> CallError:
    message = "the path has a segment that cannot be passed on"
    return CallError(400, "invalid_input", message)
