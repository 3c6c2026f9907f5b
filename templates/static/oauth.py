"""Access tokens for client credentials (RFC 6749, section 4.4): fetched once, then kept."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote_plus, urlencode, urlsplit

from .environment import Environment, Secret
from .errors import CallError
from .reply import JsonObject, Reply

log = logging.getLogger(__name__)

#: Makes one request for the client: method, URL, headers and body.
Exchange = Callable[[str, str, Mapping[str, str], bytes | None], Awaitable[Reply]]

# How long before its end a token is replaced, in seconds: at most, and as a share.
_MARGIN = 60.0
_SHARE = 0.2
# Longer than any process runs; larger numbers need not be ones that can be added.
_LONGEST = 10**9
# After a replacement failed while the old token is still good.
_PATIENCE = 5.0
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TOKEN = re.compile(r"[\x21-\x7e]+")
# RFC 6749, section 5.2: the only words of an answer that are repeated.
_REASONS = (
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
)


@dataclass(frozen=True, slots=True)
class Grant:
    """Where tokens come from and what they are for.

    Without `endpoint`, the metadata of `issuer` tells it (RFC 8414). `client_auth` is
    how the client's credentials are sent: in a header, or in the form.
    """

    issuer: str
    endpoint: str
    client_auth: Literal["basic", "post"]
    parameters: tuple[tuple[str, str], ...]


def read_grant(
    environment: Environment,
    prefix: str,
    *,
    issuer: str,
    endpoint: str = "",
    scopes: tuple[str, ...] = (),
    resource: str = "",
    audience: str = "",
) -> Grant:
    """The grant of the upstream whose variables start with `prefix`."""
    name = f"{prefix}_TOKEN_ENDPOINT"
    told = environment.text(name, "")
    if told and (problem := _problem(told)):
        environment.note(f"{name} {problem}")
    chosen = environment.choice(f"{prefix}_CLIENT_AUTH", ("basic", "post"))
    named = {"scope": " ".join(scopes), "resource": resource, "audience": audience}
    return Grant(
        issuer,
        told or endpoint,
        "post" if chosen == "post" else "basic",
        tuple((key, value) for key, value in named.items() if value),
    )


@dataclass(slots=True)
class _Token:
    text: str = field(repr=False)
    replace_at: float
    ends_at: float


@dataclass(slots=True)
class TokenSource:
    """The token of one client, shared by all calls.

    One request is made however many calls wait for it, and a call that is cancelled
    leaves it alone. Near its end a token is replaced while calls still use it.
    """

    grant: Grant
    client: Secret
    secret: Secret
    exchange: Exchange
    clock: Callable[[], float] = time.monotonic
    _token: _Token | None = None
    _task: asyncio.Task[_Token] | None = None
    _rest_until: float = 0.0
    _endpoint: str = field(default="", repr=False)

    async def get(self) -> tuple[str, bool]:
        """A token, and whether it is one that was there already.

        Raises CallError: 503 token_unavailable when the token endpoint cannot be
        asked, 502 token_refused or token_invalid when it gives none.
        """
        token, now = self._token, self.clock()
        if token is not None and now < token.ends_at:
            if now >= token.replace_at and now >= self._rest_until:
                self._renew()
            return token.text, True
        task = self._renew()
        try:
            found = await asyncio.shield(task)
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if task.cancelled() and waiting is not None and not waiting.cancelling():
                text = "the service is shutting down"
                raise CallError(503, "shutting_down", text) from None
            raise
        return found.text, False

    def drop(self, text: str) -> None:
        """The upstream refused this token; a newer one stays."""
        if self._token is not None and self._token.text == text:
            self._token = None

    async def close(self) -> None:
        """End a request that is under way."""
        task = self._task
        if task is not None:
            task.cancel()
            await asyncio.wait((task,))

    def _renew(self) -> asyncio.Task[_Token]:
        if self._task is None:
            self._task = asyncio.create_task(self._fetch())
            self._task.add_done_callback(self._done)
        return self._task

    def _done(self, task: asyncio.Task[_Token]) -> None:
        self._task = None
        if task.cancelled():
            return
        error = task.exception()  # Asked for, since it may be that nobody waits.
        if error is None:
            self._token = task.result()
        else:
            self._rest_until = self.clock() + _PATIENCE
            code = error.code if isinstance(error, CallError) else type(error).__name__
            log.warning("no new access token: %s", code)

    async def _fetch(self) -> _Token:
        endpoint = self.grant.endpoint or self._endpoint or await self._discover()
        fields = [("grant_type", "client_credentials"), *self.grant.parameters]
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        client, secret = self.client.reveal(), self.secret.reveal()
        if self.grant.client_auth == "basic":
            # Both are form-encoded before they are joined (RFC 6749, section 2.3.1).
            pair = f"{quote_plus(client)}:{quote_plus(secret)}"
            encoded = base64.b64encode(pair.encode()).decode("ascii")
            headers["Authorization"] = f"Basic {encoded}"
        else:
            fields += [("client_id", client), ("client_secret", secret)]
        begun = self.clock()
        reply = await self._ask("POST", endpoint, headers, urlencode(fields).encode())
        return _read_token(reply, begun)

    async def _discover(self) -> str:
        """The token endpoint that the authorization server names (RFC 8414, section 3)."""
        issuer = self.grant.issuer.rstrip("/")
        parts = urlsplit(issuer)
        origin = f"{parts.scheme}://{parts.netloc}"
        places = (
            f"{origin}/.well-known/oauth-authorization-server{parts.path}",
            f"{issuer}/.well-known/openid-configuration",
        )
        for place in places:
            reply = await self._ask("GET", place, {"Accept": "application/json"}, None)
            if reply.status != 200:
                continue
            found = _document(reply)
            endpoint, named = found.get("token_endpoint"), found.get("issuer")
            if not isinstance(named, str) or named.rstrip("/") != issuer:
                raise _invalid("the authorization server's metadata are of another one")
            if not isinstance(endpoint, str) or _problem(endpoint):
                raise _invalid("the authorization server names no safe token endpoint")
            self._endpoint = endpoint
            return endpoint
        raise CallError(
            503, "token_unavailable", "the authorization server has no metadata"
        )

    async def _ask(
        self, method: str, url: str, headers: Mapping[str, str], data: bytes | None
    ) -> Reply:
        try:
            reply = await self.exchange(method, url, headers, data)
        except CallError as error:
            what = f"no access token: {error.message}"
            raise CallError(503, "token_unavailable", what) from None
        if reply.status == 429 or reply.status >= 500:
            raise CallError(
                503,
                "token_unavailable",
                f"the authorization server answered with status {reply.status}",
                retry_after=reply.retry_after,
            )
        return reply


def _read_token(reply: Reply, begun: float) -> _Token:
    if reply.status >= 400:
        raise CallError(502, "token_refused", f"no access token: {_reason(reply)}")
    found = _document(reply)
    text, kind = found.get("access_token"), found.get("token_type", "bearer")
    if not isinstance(text, str) or not _TOKEN.fullmatch(text):
        raise _invalid("the token endpoint answered without an access token")
    if not isinstance(kind, str) or kind.lower() != "bearer":
        raise _invalid("the token endpoint issued a token that is no bearer token")
    lifetime = found.get("expires_in")
    if isinstance(lifetime, str) and lifetime.isascii() and lifetime.isdigit():
        lifetime = int(lifetime[:9])
    if isinstance(lifetime, bool) or not isinstance(lifetime, int | float):
        # It is good until the upstream says otherwise.
        return _Token(text, float("inf"), float("inf"))
    lifetime = min(lifetime, _LONGEST)
    margin = min(_MARGIN, _SHARE * lifetime)
    return _Token(text, begun + lifetime - margin, begun + lifetime)


def _reason(reply: Reply) -> str:
    try:
        reason = _document(reply).get("error")
    except CallError:
        reason = None
    known = reason if reason in _REASONS else f"status {reply.status}"
    return f"the token endpoint answered with {known}"


def _document(reply: Reply) -> JsonObject:
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _invalid("the authorization server did not answer with a JSON object")
    return found


def _invalid(message: str) -> CallError:
    return CallError(502, "token_invalid", message)


def _problem(url: str) -> str | None:
    """Why the client's secret cannot be sent to `url`."""
    try:
        parts = urlsplit(url)
        valid = parts.port != 0 and bool(parts.hostname)
    except ValueError:
        valid = False
    if not valid or parts.username is not None or "#" in url or " " in url:
        return "is not a valid URL without a user and a fragment"
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    ):
        return "must start with https://, unless it is on this machine"
    return None
