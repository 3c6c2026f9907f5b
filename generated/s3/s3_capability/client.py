"""The HTTP client that calls go through, and what its failures mean."""

from __future__ import annotations

import aiohttp
from aiohttp import hdrs

from .errors import CallError
from .transport import Transport

#: Hooks that every session gets.
TRACES: list[aiohttp.TraceConfig] = []


def open_session(transport: Transport) -> aiohttp.ClientSession:
    """A pool of connections: no cookies, no proxy, no repeated requests."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=transport.pool_limit),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(
            total=None,  # see deadlines: aiohttp's own timer is costly
            sock_connect=transport.connect_timeout or None,
            sock_read=transport.read_timeout or None,
        ),
        headers={hdrs.USER_AGENT: transport.user_agent},
        middlewares=(_once,),
        trace_configs=TRACES or None,
    )


def explain(error: BaseException, host: str, answering: bool) -> CallError | None:
    """What a failed exchange means to the caller; None when it is not the network's.

    `answering` tells that the headers of an answer were there. 504 upstream_timeout,
    502 upstream_unreachable, or 502 upstream_invalid.
    """
    if isinstance(error, TimeoutError):
        text = f"{host} did not answer in time"
        return CallError(504, "upstream_timeout", text)
    if not isinstance(error, aiohttp.ClientError):
        return None
    if answering:
        what = f"{host} broke off in the middle of its answer"
        return CallError(502, "upstream_invalid", what)
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        what = f"the certificate of {host} is not valid"
    elif isinstance(error, aiohttp.ClientConnectorDNSError):
        what = f"the name of {host} cannot be resolved"
    elif isinstance(error, aiohttp.ClientConnectorError):
        what = f"cannot connect to {host}"
    elif isinstance(error, (_Broken, aiohttp.ClientConnectionError)):
        what = f"{host} closed the connection before it answered"
    else:
        what = f"{host} did not answer with valid HTTP"
        return CallError(502, "upstream_invalid", what)
    return CallError(502, "upstream_unreachable", what)


class _Broken(aiohttp.ClientError):
    """A connection that broke; of a type that aiohttp does not answer by a retry."""


async def _once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    # aiohttp repeats an idempotent request whose connection broke. The first one
    # may have counted, and repeating is the caller's decision.
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        if isinstance(error, TimeoutError):
            raise
        raise _Broken from None
