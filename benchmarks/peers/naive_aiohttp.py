"""The same server as most people write it first: every library default as it comes.

The asyncio loop, the access log of a configured `logging`, `request.json`,
`json_response`, URLs as text, a form as a dict, and a default `ClientSession`.
"""

import logging
import time
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from benchmarks.peers.kraken import OPERATIONS, encode, settings, sign, text

CONFIG = settings()
SESSION = web.AppKey("session", aiohttp.ClientSession)
UPSTREAM_PATHS = {operation.route: operation.path for operation in OPERATIONS}


async def handle(request: web.Request) -> web.Response:
    """Sign the caller's fields, send them, answer what came back."""
    fields = await request.json() if request.can_read_body else {}
    path = UPSTREAM_PATHS[request.path]
    nonce = str(time.time_ns())
    headers = {
        "API-Key": CONFIG.key,
        "API-Sign": sign(path, nonce, encode(fields, nonce), CONFIG.secret),
    }
    form = {"nonce": nonce, **{name: text(value) for name, value in fields.items()}}
    url = CONFIG.upstream + path
    async with request.app[SESSION].post(url, data=form, headers=headers) as answer:
        return web.json_response(await answer.json(), status=answer.status)


async def open_session(app: web.Application) -> AsyncIterator[None]:
    """One session for the life of the application."""
    async with aiohttp.ClientSession() as session:
        app[SESSION] = session
        yield


def main() -> None:
    """Serve until the process is ended."""
    logging.basicConfig(level=logging.INFO)
    app = web.Application()
    app.cleanup_ctx.append(open_session)
    for operation in OPERATIONS:
        app.router.add_post(operation.route, handle)
    web.run_app(app, host="127.0.0.1", port=CONFIG.port)


if __name__ == "__main__":
    main()
