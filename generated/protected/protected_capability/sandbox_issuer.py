"""A sandbox with an authorization server: tokens for whoever asks, good here only."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec

from .reply import JsonValue
from .sandbox import Sandbox
from .sandbox_control import SandboxOptions
from .sandbox_gate import Gate
from .sandbox_record import RawAnswer
from .sandbox_verifier import Verifier, basic_header

LIFETIME: Final = 3600
HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Issued:
    """One issuer: the variable that holds its address, and what its tokens say.

    `clients` may ask about tokens (RFC 7662); everybody may ask for tokens.
    """

    variable: str
    audiences: tuple[str, ...]
    scopes: tuple[str, ...]
    clients: tuple[tuple[str, str], ...] = field(default=(), repr=False)


class Issuers:
    """Servers of access tokens, below one address."""

    def __init__(self, issuers: Sequence[Issued]) -> None:
        self._issuers = tuple(issuers)
        self._runner: web.AppRunner | None = None
        self._address = ""

    @property
    def environment(self) -> dict[str, str]:
        """The addresses of the issuers, once they are started."""
        return {
            one.variable: f"{self._address}/{one.variable.lower()}"
            for one in self._issuers
        }

    async def start(self) -> str:
        """Listen on loopback and give the address."""
        app = web.Application()
        for one in self._issuers:
            _Server(one).add_to(app)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        self._runner = runner
        self._address = f"http://{HOST}:{runner.addresses[0][1]}"
        return self._address

    async def stop(self) -> None:
        """Close the servers."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()


class IssuingSandbox(Sandbox):
    """A sandbox that runs issuers of access tokens beside the upstream."""

    def __init__(
        self,
        samples: Mapping[tuple[str, str], JsonValue],
        verifier: Verifier | None = None,
        options: SandboxOptions | None = None,
        *,
        base_uri_variables: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
        gates: Sequence[Gate] = (),
        raw: Mapping[tuple[str, str], RawAnswer] | None = None,
        issuers: Sequence[Issued] = (),
    ) -> None:
        super().__init__(
            samples,
            verifier,
            options,
            base_uri_variables=base_uri_variables,
            variables=variables,
            gates=gates,
            raw=raw,
        )
        self._issuing = Issuers(issuers)

    @property
    def environment(self) -> dict[str, str]:
        """See `Sandbox.environment`; with the addresses of the issuers."""
        return {**super().environment, **self._issuing.environment}

    async def start(self) -> str:
        """See `Sandbox.start`."""
        url = await super().start()
        await self._issuing.start()
        return url

    async def stop(self) -> None:
        """See `Sandbox.stop`."""
        await self._issuing.stop()
        await super().stop()


class _Server:
    """The endpoints of one issuer, below a path of its own."""

    def __init__(self, issued: Issued) -> None:
        self._issued = issued
        self._path = f"/{issued.variable.lower()}"
        self._key = ec.generate_private_key(ec.SECP256R1())

    def add_to(self, app: web.Application) -> None:
        place = "/.well-known/oauth-authorization-server"
        for path in (f"{place}{self._path}", f"{self._path}{place}"):
            app.router.add_get(path, self._metadata)
        app.router.add_get(f"{self._path}/keys", self._keys)
        app.router.add_post(f"{self._path}/token", self._token)
        app.router.add_post(f"{self._path}/introspect", self._introspect)

    def _name(self, request: web.Request) -> str:
        return f"http://{request.host}{self._path}"

    async def _metadata(self, request: web.Request) -> web.Response:
        name = self._name(request)
        return web.json_response(
            {
                "issuer": name,
                "authorization_endpoint": f"{name}/authorize",
                "token_endpoint": f"{name}/token",
                "jwks_uri": f"{name}/keys",
                "introspection_endpoint": f"{name}/introspect",
                "response_types_supported": ["code"],
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_basic",
                    "client_secret_post",
                ],
                "scopes_supported": list(self._issued.scopes),
            }
        )

    async def _keys(self, request: web.Request) -> web.Response:
        numbers = self._key.public_key().public_numbers()
        coordinates = {
            name: base64.urlsafe_b64encode(value.to_bytes(32, "big"))
            .decode()
            .strip("=")
            for name, value in (("x", numbers.x), ("y", numbers.y))
        }
        key = {"kty": "EC", "crv": "P-256", "kid": "sandbox", "use": "sig"}
        return web.json_response({"keys": [{**key, **coordinates}]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return web.json_response({"error": "unsupported_grant_type"}, status=400)
        scope = str(form.get("scope", " ".join(self._issued.scopes)))
        audience = [*self._issued.audiences]
        audience += [
            str(form[name]) for name in ("resource", "audience") if name in form
        ]
        now = int(time.time())
        claims = {
            "iss": self._name(request),
            "aud": audience,
            "sub": "sandbox",
            "iat": now,
            "exp": now + LIFETIME,
            "scope": scope,
        }
        token = jwt.encode(claims, self._key, "ES256", headers={"kid": "sandbox"})
        answer = {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": LIFETIME,
            "scope": scope,
        }
        return web.json_response(answer, headers={"Cache-Control": "no-store"})

    async def _introspect(self, request: web.Request) -> web.Response:
        known = [basic_header(*client) for client in self._issued.clients]
        if request.headers.get("Authorization") not in known:
            return web.json_response({"error": "invalid_client"}, status=401)
        form = await request.post()
        try:
            claims: dict[str, Any] = jwt.decode(
                str(form.get("token")),
                self._key.public_key(),
                algorithms=["ES256"],
                options={"verify_aud": False},
            )
        except jwt.PyJWTError:
            return web.json_response({"active": False})
        return web.json_response({"active": True, **claims})
