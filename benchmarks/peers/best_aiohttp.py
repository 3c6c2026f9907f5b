"""The best small aiohttp server that a person would write by hand for this job.

Everything that measurements showed to matter is in it: uvloop, no access log, one
session without a cookie jar, URLs built once, an HMAC that has already absorbed key and
path, the upstream's bytes passed through, and a calm garbage collector. It leaves out
what a server for the public needs: validation, limits, request ids, error documents.
"""

import asyncio
import gc
import hashlib
import hmac
import json
import time
from base64 import b64encode
from urllib.parse import quote_plus

import aiohttp
import uvloop
from aiohttp import hdrs, web
from multidict import istr
from yarl import URL

from benchmarks.peers.kraken import OPERATIONS, Operation, Settings, settings, text

API_KEY = istr("API-Key")
API_SIGN = istr("API-Sign")
FORM = "application/x-www-form-urlencoded"


class Nonces:
    """Nanoseconds since 1970, each larger than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def next(self) -> str:
        self._last = max(time.time_ns(), self._last + 1)
        return str(self._last)


def add_route(
    app: web.Application,
    operation: Operation,
    session: aiohttp.ClientSession,
    config: Settings,
    nonces: Nonces,
) -> None:
    """Serve one operation."""
    url = URL(config.upstream + operation.path, encoded=True)
    keyed = hmac.new(config.secret, operation.path.encode(), hashlib.sha512)
    key = config.key

    async def handle(request: web.Request) -> web.Response:
        body = await request.read()
        fields = json.loads(body) if body else {}
        nonce = nonces.next()
        form = f"nonce={nonce}"
        for name, value in fields.items():
            form += f"&{quote_plus(name)}={quote_plus(text(value))}"
        data = form.encode()
        mac = keyed.copy()
        mac.update(hashlib.sha256(nonce.encode() + data).digest())
        headers = {
            API_KEY: key,
            API_SIGN: b64encode(mac.digest()).decode(),
            hdrs.CONTENT_TYPE: FORM,
        }
        # The body is always read, so the connection always goes back to the pool.
        answer = await session.post(
            url, data=data, headers=headers, allow_redirects=False
        )
        return web.Response(
            body=await answer.read(),
            status=answer.status,
            content_type=answer.content_type,
        )

    app.router.add_post(operation.route, handle)


async def main() -> None:
    """Serve until the process is ended."""
    config = settings()
    session = aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=256),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=30),
    )
    app = web.Application()
    nonces = Nonces()
    for operation in OPERATIONS:
        add_route(app, operation, session, config, nonces)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", config.port).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
