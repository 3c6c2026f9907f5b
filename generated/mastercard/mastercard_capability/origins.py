"""Which hosts and which web pages may call a REST site.

A page in a browser can send requests to this machine, too. The browser tells from where
(Origin); and a site on loopback is called by the names of loopback, unless a page has
made another name point here (DNS rebinding). Other clients are not concerned.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from aiohttp import hdrs, web

from .errors import CallError
from .rest_support import OPEN, respond_error

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


def keep_apart(
    app: web.Application, hosts: Sequence[str] | None, origins: Sequence[str]
) -> web.Application:
    """The application, closed to other hosts (421) and to pages of others (403).

    `hosts` are values of Host, as `listening.allowed_hosts` gives them; None for any. A
    page of the very host that is called is at home, whatever the scheme: a proxy may
    have ended TLS.
    """

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        if resource is not None and resource.canonical in app.get(OPEN, ()):
            return await handler(request)
        host = request.headers.get(hdrs.HOST, "")
        if hosts is not None and not _among(host, hosts):
            message = "this server is not called by this name"
            return respond_error(CallError(421, "misdirected_request", message))
        origin = request.headers.get(hdrs.ORIGIN)
        home = origin is not None and origin.partition("://")[2] == host
        if origin is not None and not home and not _among(origin, origins):
            message = "pages of this origin may not call this server"
            return respond_error(CallError(403, "forbidden_origin", message))
        return await handler(request)

    # Before who calls comes whether anybody may call like this.
    app.middlewares.insert(0, check)
    return app


def _among(value: str, allowed: Sequence[str]) -> bool:
    """Whether a value is one of those; `name:*` is a name with any port."""
    if "*" in allowed or value in allowed:
        return True
    name, _, port = value.rpartition(":")
    return port.isdecimal() and f"{name}:*" in allowed
