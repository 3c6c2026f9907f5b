"""Every preset against published vectors and what the providers' own clients sign.

The signatures are made by generated packages. All keys in the vectors are throw-away
values, or those that the documentation of a provider prints as its example.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

import jwt
import pytest

from signing_packages import BUILT_IN, COMPILED, PRESETS, STATIC, TOKENS, signed


def ids(vector: dict[str, Any]) -> str:
    return str(vector["name"])


def _parts(value: str) -> object:
    """The parameters of OAuth, whose order and needless escapes mean nothing."""
    if not value.startswith("OAuth "):
        return value
    return {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', value)}


@pytest.mark.parametrize("vector", [*COMPILED, *STATIC], ids=ids)
def test_the_request_is_signed_as_the_provider_wants_it(vector: dict[str, Any]) -> None:
    made, expected = signed(vector), vector["signed"]
    sent = {name.lower(): value for name, value in made.headers.items()}
    for name, value in expected.get("headers", {}).items():
        # Whoever sends the request writes the Host header, with the same value.
        if name.lower() != "host":
            assert _parts(sent.get(name.lower(), "")) == _parts(value), name
    if vector["scheme"] in TOKENS:
        token = sent["authorization"].removeprefix("Bearer ")
        assert jwt.get_unverified_header(token) == expected["jwt_header"]
        options: Any = {"verify_signature": False}
        assert jwt.decode(token, options=options) == expected["jwt_claims"]
    url = urlsplit(vector["url"])
    if "url" in expected:
        assert f"{url.scheme}://{url.netloc}{made.target}" == expected["url"]
    if expected.get("body"):
        assert (made.data or b"").decode() == expected["body"]


def test_every_preset_has_a_vector() -> None:
    assert {vector["scheme"] for vector in COMPILED} == set(PRESETS)


def test_every_module_has_a_vector() -> None:
    assert {vector["scheme"] for vector in STATIC} == set(BUILT_IN)
