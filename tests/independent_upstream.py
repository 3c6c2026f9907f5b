"""An upstream for end-to-end tests whose judgement owes nothing to this project.

Signatures are computed by krakenex (forms) and ccxt (JSON). Requests are judged after
a random transit time, as on a real network: concurrent requests overtake one another
on the way, so only a client that really keeps its nonces in order passes.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import ccxt  # type: ignore[import-untyped]
import krakenex  # type: ignore[import-untyped]
from aiohttp import web

PREFIX = "/0/private/"


@dataclass(frozen=True, slots=True)
class Request:
    """One judged request; `error` is None when it was accepted."""

    path: str
    nonce: str
    fields: Mapping[str, object] = field(repr=False)
    error: str | None


class IndependentKraken:
    """Judges private calls and answers `{"error": [], "result": {"path", "fields"}}`.

    `fields` are the members of the request without nonce and otp. `jitter` is the
    longest time in seconds that a request, and again its answer, is under way.
    """

    def __init__(
        self, secret: str, key: str, jitter: float = 0.0, seed: int = 0
    ) -> None:
        self._key = key
        self._krakenex = krakenex.API(key, secret)
        self._ccxt = _VerbatimCcxt({"apiKey": key, "secret": secret})
        self._jitter = jitter
        self._random = random.Random(seed)
        self._highest = -1
        self._in_flight = 0
        self.max_in_flight = 0
        self.base_url = ""
        self.requests: list[Request] = []

    @property
    def accepted(self) -> int:
        """How many requests were good."""
        return sum(request.error is None for request in self.requests)

    @property
    def rejected(self) -> int:
        """How many were not."""
        return len(self.requests) - self.accepted

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        self._in_flight += 1
        self.max_in_flight = max(self.max_in_flight, self._in_flight)
        try:
            body = await request.read()
            await self._travel()
            judged = self._judge(request, body.decode())
            self.requests.append(judged)
            await self._travel()
        finally:
            self._in_flight -= 1
        if judged.error is not None:
            return web.json_response({"error": [judged.error]})
        shown = {k: v for k, v in judged.fields.items() if k not in ("nonce", "otp")}
        result = {"path": judged.path, "fields": shown}
        text = json.dumps({"error": [], "result": result}, separators=(",", ":"))
        return web.Response(text=text, content_type="application/json")

    async def _travel(self) -> None:
        if self._jitter:
            await asyncio.sleep(self._random.uniform(0.0, self._jitter))

    def _judge(self, request: web.BaseRequest, body: str) -> Request:
        as_json = request.content_type == "application/json"
        fields = json.loads(body) if as_json else _form(body)
        nonce = str(fields.get("nonce", ""))
        path = request.raw_path
        error = None
        if request.method != "POST" or not path.startswith(PREFIX):
            error = "EGeneral:Unknown method"
        elif request.headers.get("API-Key") != self._key:
            error = "EAPI:Invalid key"
        elif not nonce.isdecimal():
            error = "EAPI:Invalid nonce"
        else:
            sign = self._sign_json if as_json else self._sign_form
            if request.headers.get("API-Sign") != sign(path, nonce, body):
                error = "EAPI:Invalid signature"
            elif int(nonce) <= self._highest:
                error = "EAPI:Invalid nonce"
            else:
                self._highest = int(nonce)
        return Request(path, nonce, fields, error)

    def _sign_form(self, path: str, nonce: str, body: str) -> str:
        # krakenex encodes the fields again by itself, so it vouches for the encoding
        # of the body as well as for the signature.
        signature: str = self._krakenex._sign(_form(body), path)
        return signature

    def _sign_json(self, path: str, nonce: str, body: str) -> str:
        # ccxt signs the text that its encoder returns; here that is what was received.
        self._ccxt.received = (nonce, body)
        name = path.removeprefix(PREFIX)
        signed = self._ccxt.sign(name, ["private"], "POST", {})
        signature: str = signed["headers"]["API-Sign"]
        return signature


class _VerbatimCcxt(ccxt.kraken):  # type: ignore[misc]
    received = ("", "")

    def incrementing_nonce(self) -> str:
        return self.received[0]

    def urlencode_nested(self, params: object) -> str:
        return self.received[1]


def _form(body: str) -> dict[str, str]:
    return dict(parse_qsl(body, keep_blank_values=True))


def make_secret(seed: int = 1) -> str:
    """A secret of Kraken's form (64 bytes as base64), the same for the same seed."""
    return base64.b64encode(random.Random(seed).randbytes(64)).decode()


@contextlib.asynccontextmanager
async def independent_kraken(
    secret: str, key: str, jitter: float = 0.0, seed: int = 0
) -> AsyncIterator[IndependentKraken]:
    """Run one on a free loopback port; `base_url` is its address."""
    upstream = IndependentKraken(secret, key, jitter, seed)
    runner = web.ServerRunner(web.Server(upstream.handle, access_log=None))
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=512).start()
        upstream.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield upstream
    finally:
        await runner.cleanup()
