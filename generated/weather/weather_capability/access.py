"""Who may call: the part that is the same for every scheme, as an aiohttp middleware.

A guard looks at a request's head and nothing else. It is asked before a route's handler
runs, before a body is read and before anything is asked of an upstream, for every path
but the health routes: for paths that do not exist as well, so that nobody learns which
ones do.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from aiohttp import hdrs, web

from .environment import Secret, SettingsError
from .errors import CallError
from .request_ids import CALLER, REFUSED
from .rest_support import OPEN, respond_error

REALM: Final = "naftiko"
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_log = logging.getLogger(__name__)


class AccessDenied(CallError):
    """A caller who is not let in; `challenges` are values of WWW-Authenticate."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        challenges: Sequence[str] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(status, code, message, retry_after=retry_after)
        self.challenges = tuple(challenges)


class Guard(Protocol):
    """One scheme with its credentials."""

    @property
    def documents(self) -> Mapping[str, bytes]:
        """JSON documents that anybody may read, by path as it stands in a request."""
        ...

    @property
    def hint(self) -> str:
        """What a caller sends, with the credential: for the sandbox only."""
        ...

    async def check(self, request: web.Request) -> str:
        """Who calls, by name; AccessDenied unless the request has good credentials."""
        ...

    async def close(self) -> None:
        """Close what the guard has opened; called when the application ends."""
        ...


class Credentials:
    """The base of guards that neither open anything nor publish anything."""

    documents: Mapping[str, bytes] = {}

    async def close(self) -> None:
        return None


def protect(app: web.Application, guard: Guard | None) -> web.Application:
    """The application with `guard` before everything but its health routes."""
    if guard is None:
        return app

    @web.middleware
    async def authenticate(
        request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        document = guard.documents.get(request.rel_url.raw_path)
        if document is not None and request.method in (hdrs.METH_GET, hdrs.METH_HEAD):
            response = web.Response(body=document, content_type="application/json")
            # Clients in browsers find out with it where to get a token.
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
            return response
        # The matched route counts: a path can be written in many ways.
        resource = request.match_info.route.resource
        if resource is None or resource.canonical not in app.get(OPEN, ()):
            try:
                request[CALLER] = await guard.check(request)
            except AccessDenied as denied:
                return _refused(request, denied)
        return await handler(request)

    async def close(app: web.Application) -> None:
        await guard.close()

    app.middlewares.append(authenticate)
    app.on_cleanup.append(close)
    return app


def needed(*secrets: tuple[str, Secret | None]) -> tuple[Secret, ...]:
    """The secrets, by variable; SettingsError names all that are not set."""
    missing = [name for name, secret in secrets if not (secret and secret.reveal())]
    if missing:
        raise SettingsError([f"{name} is not set" for name in missing])
    return tuple(secret for _, secret in secrets if secret is not None)


def stated(name: str, text: str) -> str:
    """A text that must be set; SettingsError names its variable."""
    if not text:
        raise SettingsError([f"{name} is not set"])
    return text


def same(given: str, expected: Secret) -> bool:
    """Whether a text is the secret; it takes as long for a wrong one as for the right."""
    # Header values may hold bytes that are no UTF-8.
    return hmac.compare_digest(
        given.encode("utf-8", "surrogateescape"), expected.reveal().encode()
    )


def authorization(request: web.Request, scheme: str) -> str | None:
    """What stands behind the scheme (any case) in the Authorization header.

    None when there is no such header, another scheme, or more than one header.
    """
    values = request.headers.getall(hdrs.AUTHORIZATION, [])
    if len(values) != 1:
        return None
    name, _, rest = values[0].strip().partition(" ")
    return rest.strip() or None if name.lower() == scheme.lower() else None


def denied(challenge: Sequence[str], *, given: bool) -> AccessDenied:
    """401, with words that do not tell what of the credentials was wrong."""
    what = "the credentials are not valid" if given else "this needs credentials"
    return AccessDenied(401, "unauthorized", what, challenge)


def quoted(text: str) -> str:
    """A quoted-string (RFC 9110, section 5.6.4)."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _refused(request: web.Request, denied: AccessDenied) -> web.Response:
    request[REFUSED] = True
    response = respond_error(denied)
    for challenge in denied.challenges:
        response.headers.add(hdrs.WWW_AUTHENTICATE, challenge)
    level = logging.WARNING if denied.status >= 500 else logging.INFO
    _log.log(level, "%s -> %d (%s)", request.method, denied.status, denied.message)
    return response
