"""HTTP calls to one upstream: one request for each call, one answer or one error."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from multidict import istr
from yarl import URL

from .deadlines import Deadlines
from .encoding import Content, checked_headers, json_bytes, seconds_to_wait
from .errors import CallError
from .reply import Failure, JsonValue, Reply
from .transport import Transport

if TYPE_CHECKING:
    import aiohttp

FindFailure = Callable[[bytes], Failure | None]
Pairs = Sequence[tuple[str, str]]

# The names as aiohttp keeps them, or it would convert them for every call.
_CONTENT_ENCODING = istr("Content-Encoding")
_CONTENT_TYPE = istr("Content-Type")
_RETRY_AFTER = istr("Retry-After")


class Upstream:
    """One provider's API, with the static credentials it asks for.

    `headers` and `query` are sent with every call of `send` and with none of
    `send_public`. `find_failure` is asked about the body of every 2xx answer.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        headers: Mapping[str, str] | None = None,
        query: Pairs = (),
        find_failure: FindFailure | None = None,
    ) -> None:
        self._transport = transport
        parts = urlsplit(transport.base_uri)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._base_path = parts.path.rstrip("/")
        self._headers = dict(headers or {})
        self._query = tuple(query)
        self._limit = transport.max_response
        self._find_failure = find_failure
        self._session: aiohttp.ClientSession | None = None
        self._deadlines = Deadlines(transport.total_timeout)
        self._closed = False
        self._cached_url = lru_cache(maxsize=1024)(self._build_url)
        self.host = parts.netloc

    async def send(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        """Make one call and return the answer, whatever its status.

        `path` is percent-encoded already; `body` is sent as JSON unless it is a Content, None as no body;
        `cost` is what the call adds to the provider's call counter, if it has one.
        Raises CallError: 502 upstream_unreachable or upstream_invalid, 504
        upstream_timeout, 400 invalid_input for what cannot be written as HTTP.
        """
        all_query = (*self._query, *query) if self._query else query
        return await self._send(method, path, all_query, self._headers, headers, body)

    async def send_public(
        self,
        method: str,
        path: str,
        *,
        query: Pairs = (),
        headers: Mapping[str, str] | None = None,
        body: JsonValue | Content = None,
        cost: float = 1.0,
    ) -> Reply:
        """Like `send`, without credentials and without a signature."""
        return await self._send(method, path, query, {}, headers, body)

    def obstacle(self) -> str | None:
        """Why calls cannot be made at the moment, or None when they can."""
        return None

    async def close(self) -> None:
        """Close all connections; later calls raise CallError 503 shutting_down."""
        self._closed = True
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def target(self, path: str, query: Pairs) -> str:
        """The request target (RFC 9112, section 3.2) exactly as it is sent.

        A `path` may bring a query of its own.
        """
        if not query:
            return self._base_path + path
        mark = "&" if "?" in path else "?"
        return f"{self._base_path}{path}{mark}{urlencode(query, quote_via=quote)}"

    def url(self, target: str) -> URL:
        # A target with a query may hold anything, so it would only flood the cache.
        return self._build_url(target) if "?" in target else self._cached_url(target)

    async def exchange(
        self, method: str, url: URL, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        """Send exactly these bytes once and read the answer. Errors as in `send`."""
        session = self._session or self._open()
        response = None
        call = self._deadlines.begin()
        try:
            response = await session.request(
                method,
                url,
                headers=headers,
                data=data,
                allow_redirects=False,
                # aiohttp never repeats a POST by itself.
                middlewares=() if method == "POST" else None,
            )
            answered = response.headers
            size = response.content_length
            if size is None or size > self._limit or _CONTENT_ENCODING in answered:
                body = await self._read_bounded(response)
            else:
                body = await response.read()
        except BaseException as error:
            from .client import explain

            if response is not None:
                response.close()
            if isinstance(error, asyncio.CancelledError):
                if not self._deadlines.exceeded(call):
                    raise
                error = TimeoutError()
            told = explain(error, self.host, response is not None)
            if told is None:
                raise
            # Not chained: its text can hold the URL with a credential in it.
            raise told from None
        finally:
            self._deadlines.end(call)
        status = response.status
        content_type = answered.get(_CONTENT_TYPE, "application/octet-stream")
        if 200 <= status < 300:
            if self._find_failure is not None and (failure := self._find_failure(body)):
                wait = failure.retry_after
                return Reply(status, body, content_type, failure, wait)
            return Reply(status, body, content_type, headers=answered)
        if status < 400 and not (status == 304 and _conditional(headers)):
            raise self._invalid("answered with a redirect, which is not followed")
        wait = seconds_to_wait(answered.get(_RETRY_AFTER))
        return Reply(status, body, content_type, None, wait, headers=answered)

    async def _send(
        self,
        method: str,
        path: str,
        query: Pairs,
        ours: dict[str, str],
        headers: Mapping[str, str] | None,
        body: JsonValue | Content,
    ) -> Reply:
        data = None
        if headers:
            ours = {**ours, **checked_headers(headers)}
        if body is not None:
            if isinstance(body, Content):
                data, media_type = body
            else:
                data, media_type = json_bytes(body), "application/json"
            ours = {_CONTENT_TYPE: media_type, **ours}
        url = self.url(self.target(path, query))
        return await self.exchange(method, url, ours, data)

    def _build_url(self, target: str) -> URL:
        return URL(self._origin + target, encoded=True)

    def _open(self) -> aiohttp.ClientSession:
        # By the first call: a session belongs to the running loop, and who makes no
        # call need not wait for the import.
        from .client import open_session

        if self._closed:
            raise CallError(503, "shutting_down", "the service is shutting down")
        self._session = open_session(self._transport)
        return self._session

    async def _read_bounded(self, response: aiohttp.ClientResponse) -> bytes:
        """Read a body whose size is not known, or known only before decompression."""
        too_large = self._invalid(f"sent more than {self._limit} bytes")
        size = response.content_length or 0
        if size > self._limit and response.method != "HEAD":
            raise too_large
        chunks = []
        size = 0
        async for chunk in response.content.iter_any():
            size += len(chunk)
            if size > self._limit:
                raise too_large
            chunks.append(chunk)
        return b"".join(chunks)

    def _invalid(self, what: str) -> CallError:
        return CallError(502, "upstream_invalid", f"{self.host} {what}")


def _conditional(headers: Mapping[str, str]) -> bool:
    """Whether a request asked for news only (RFC 9110, section 13.1)."""
    names = {name.lower() for name in headers}
    return not names.isdisjoint(("if-none-match", "if-modified-since"))
