"""An authorization server for tests: keys that change, outages, and tokens of every kind."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

# One for all tests, because they take long to make.
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC_KEY = ec.generate_private_key(ec.SECP256R1())
ED_KEY = ed25519.Ed25519PrivateKey.generate()
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str | None = "k1", **more: str) -> dict[str, Any]:
    """The JWK of a key's public half."""
    algorithms = jwt.algorithms
    maker: Any = algorithms.ECAlgorithm
    if isinstance(key, rsa.RSAPrivateKey):
        maker = algorithms.RSAAlgorithm
    elif isinstance(key, ed25519.Ed25519PrivateKey):
        maker = algorithms.OKPAlgorithm
    named = {} if kid is None else {"kid": kid}
    return {**json.loads(maker.to_jwk(key.public_key())), **named, **more}


class IssuerServer:
    """`async with IssuerServer() as issuer`; `keys` are the JWKs that it publishes."""

    def __init__(self, path: str = "/realm", place: str = "rfc8414") -> None:
        self.keys: list[dict[str, Any]] = [public(EC_KEY)]
        self.path, self.place = path, place
        self.fetched = self.asked = 0
        self.failing = False
        self.delay = 0.0
        self.body: bytes | None = None
        self.answers: dict[str, dict[str, Any]] = {}
        self.changes: dict[str, Any] = {}
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(app, host="127.0.0.1")

    async def __aenter__(self) -> IssuerServer:
        await self.server.start_server()
        return self

    async def __aexit__(self, *unused: object) -> None:
        await self.server.close()

    @property
    def name(self) -> str:
        return str(self.server.make_url(self.path)).rstrip("/")

    async def _answer(self, request: web.Request) -> web.Response:
        if self.failing:
            return web.Response(status=500)
        places = {
            "rfc8414": f"/.well-known/oauth-authorization-server{self.path}",
            "appended": f"{self.path}/.well-known/oauth-authorization-server",
            "openid": f"{self.path}/.well-known/openid-configuration",
        }
        if request.path == places[self.place]:
            metadata = {
                "issuer": self.name,
                "jwks_uri": f"{self.name}/keys",
                "introspection_endpoint": f"{self.name}/introspect",
            }
            return web.json_response({**metadata, **self.changes})
        if request.path == f"{self.path}/keys":
            self.fetched += 1
            await asyncio.sleep(self.delay)
            if self.body is not None:
                return web.Response(body=self.body)
            return web.json_response({"keys": self.keys})
        if request.path == f"{self.path}/introspect":
            self.asked += 1
            form = await request.post()
            if request.headers["Authorization"] != "Basic bWU6aHVzaA==":
                return web.Response(status=401)
            known = self.answers.get(str(form["token"]), {"active": False})
            return web.json_response(known)
        return web.Response(status=404)

    def token(
        self,
        key: Any = EC_KEY,
        algorithm: str = "ES256",
        kid: str | None = "k1",
        header: dict[str, Any] | None = None,
        **claims: Any,
    ) -> str:
        """A good token for `ships` with the scopes `a b`, but for what is given; None leaves out."""
        now = int(time.time())
        said = {
            "iss": self.name,
            "aud": "ships",
            "exp": now + 60,
            "iat": now,
            "scope": "a b",
            **claims,
        }
        named = {} if kid is None else {"kid": kid}
        return jwt.encode(
            {name: value for name, value in said.items() if value is not None},
            key,
            algorithm,
            headers={**named, **(header or {})},
        )
