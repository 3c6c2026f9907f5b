"""An OAuth 2 authorization server, and what it says about itself (RFC 8414)."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from .environment import SettingsError
from .reply import JsonValue

BODY_LIMIT: Final = 262_144
TIMEOUT: Final = 10.0
#: Seconds until somebody may ask again.
PAUSE: Final = 5.0


class IssuerUnreachable(Exception):
    """The server cannot be asked; the message is for the log."""

    def __init__(self, message: str, retry_after: float = PAUSE) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def secure(url: str) -> bool:
    """Whether a URL is one of https, or of this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    if parts.scheme != "http":
        return False
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Issuer:
    """An authorization server at `address`, which the variable may change.

    Raises SettingsError for an address that is neither https nor on this machine.
    """

    def __init__(self, address: str, variable: str) -> None:
        if not address:
            raise SettingsError([f"{variable} is not set"])
        if not secure(address):
            problem = "must be an https URL: keys that others can change prove nothing"
            raise SettingsError([f"{variable} {problem}"])
        self.address = address.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    def is_named(self, name: object) -> bool:
        """Whether a text is the server's name; a slash at the end does not count."""
        return isinstance(name, str) and name.rstrip("/") == self.address

    async def metadata(self) -> Mapping[str, JsonValue]:
        """What the server says about itself; IssuerUnreachable."""
        for url in _places(self.address):
            document = await self.fetch("GET", url, absent=(400, 404, 405, 410))
            if document is None:
                continue
            if not self.is_named(document.get("issuer")):
                raise IssuerUnreachable(f"{url} is about another issuer")
            return document
        raise IssuerUnreachable(f"{self.address} has no metadata (RFC 8414)")

    async def endpoint(self, name: str) -> str:
        """An address in the metadata; IssuerUnreachable when it is not secure."""
        url = (await self.metadata()).get(name)
        if not isinstance(url, str) or not secure(url):
            raise IssuerUnreachable(f"{self.address} has no usable {name}")
        return url

    async def fetch(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        absent: tuple[int, ...] = (),
    ) -> Mapping[str, JsonValue] | None:
        """An object of JSON; None for a status in `absent`. IssuerUnreachable."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=TIMEOUT),
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            )
        try:
            async with self._session.request(
                method, url, data=form, headers=headers, allow_redirects=False
            ) as answer:
                if answer.status in absent:
                    return None
                if answer.status != 200:
                    raise IssuerUnreachable(f"{url} answered {answer.status}")
                body = bytearray()
                async for chunk in answer.content.iter_chunked(65_536):
                    body += chunk
                    if len(body) > BODY_LIMIT:
                        raise IssuerUnreachable(f"{url} answered too much")
            document = json.loads(body)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise IssuerUnreachable(f"{url}: {type(error).__name__}") from None
        except (ValueError, RecursionError):
            raise IssuerUnreachable(f"{url} did not answer with JSON") from None
        if not isinstance(document, dict):
            raise IssuerUnreachable(f"{url} did not answer with an object")
        return document

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


def _places(address: str) -> tuple[str, ...]:
    """Where a server's metadata may stand: RFC 8414, and as OpenID Connect has it."""
    parts = urlsplit(address)
    oauth, openid = "oauth-authorization-server", "openid-configuration"
    root = f"{parts.scheme}://{parts.netloc}/.well-known"
    places = [
        f"{root}/{oauth}{parts.path}",
        f"{address}/.well-known/{oauth}",
        f"{address}/.well-known/{openid}",
        f"{root}/{openid}{parts.path}",
    ]
    return tuple(dict.fromkeys(places))
