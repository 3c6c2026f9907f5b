"""OAuth 1.0a: against oauthlib, and against the sandbox of the package."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oauthlib.oauth1 import Client  # type: ignore[import-untyped]

from signing_packages import module, signer

NOW = 1_700_000_000
SCHEMES = ["oauth1", "mastercard-oauth1"]
ROLES = {
    "oauth1": {
        "consumer_key": "OAUTH_CONSUMER_KEY",
        "consumer_secret": "OAUTH_CONSUMER_SECRET",
        "token": "OAUTH_TOKEN",
        "token_secret": "OAUTH_TOKEN_SECRET",
    },
    "mastercard-oauth1": {
        "consumer_key": "MASTERCARD_CONSUMER_KEY",
        "signing_key": "MASTERCARD_SIGNING_KEY",
    },
}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
PAIRS = st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=4)
FORM = "application/x-www-form-urlencoded"


def parameters(header: str) -> dict[str, str]:
    return {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', header)}


def test_oauthlib_signs_alike() -> None:
    content = module("oauth1", "encoding").Content

    @settings(max_examples=150, deadline=None)
    @given(
        st.lists(TEXT.filter(bool), max_size=3),
        PAIRS,
        PAIRS,
        st.sampled_from(["HMAC-SHA1", "HMAC-SHA256"]),
        st.booleans(),
    )
    def agree(
        segments: list[str],
        query: list[tuple[str, str]],
        form: list[tuple[str, str]],
        signature_method: str,
        token: bool,
    ) -> None:
        path = "/" + "/".join(quote(text, safe="") for text in segments)
        fields = urlencode(query, quote_via=quote, safe="")
        target = f"{path}?{fields}" if fields else path
        body = urlencode(form, quote_via=quote, safe="")
        keys = {"consumer_key": "k!", "consumer_secret": "s &+"}
        if token:
            keys |= {"token": "t/=", "token_secret": "é"}
        made = signer(
            "oauth1",
            keys,
            base_uri="https://Host.example:443",
            now=NOW * 10**9,
            options={"signature_method": signature_method},
        ).sign("POST", target, {}, content(body.encode(), FORM), "n1")
        client = Client(
            "k!",
            "s &+",
            "t/=" if token else None,
            "é" if token else None,
            signature_method=signature_method,
            nonce="n1",
            timestamp=str(NOW),
        )
        _, headers, _ = client.sign(
            f"https://host.example{target}", "POST", body, {"Content-Type": FORM}
        )
        theirs = parameters(headers["Authorization"])
        assert parameters(made.headers["Authorization"]) == theirs

    agree()


class Scene:
    """A signer, the verifier of the sandbox of its package, and one request."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        options = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme = scheme
        self.verifier = setup.create_sandbox(options)._verifier
        self.verifier._clock = lambda: float(NOW)
        known = self.verifier.environment
        self.keys = {role: known[name] for role, name in ROLES[scheme].items()}

    def request(
        self, nonce: str = "n1", now: int = NOW, body: Any = None, **keys: str
    ) -> list[Any]:
        """Method, target, headers and body of a signed request."""
        made = signer(
            self.scheme, {**self.keys, **keys}, base_uri="http://h:1", now=now * 10**9
        )
        target = "/v1/a%20b?b=2&a=1&a=%20z&c"
        signed = made.sign("POST", target, {}, body, nonce)
        headers = {**signed.headers, "Host": "h:1"}
        return ["POST", signed.target, headers, signed.data or b""]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_accepts_what_the_package_signs_once(scheme: str) -> None:
    scene = Scene(scheme)
    request = scene.request()
    assert scene.verifier.verify(*request) is None
    assert scene.verifier.verify(*request) == "the nonce was used before"
    assert scene.verifier.verify(*scene.request("n2", body={"name": "é"})) is None


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("place", "old", "new"),
    [(0, "POST", "PUT"), (1, "a=1", "a=2"), (1, "/v1/", "/v2/")],
)
def test_the_sandbox_refuses_another_request(
    scheme: str, place: int, old: str, new: str
) -> None:
    scene = Scene(scheme)
    request = scene.request()
    request[place] = request[place].replace(old, new)
    assert scene.verifier.verify(*request) == "the signature is wrong"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_refuses_another_body(scheme: str) -> None:
    scene = Scene(scheme)
    form = module(scheme, "encoding").Content(b"a=1", FORM)
    for body in ({"name": "x"}, form):
        request = scene.request(str(body), body=body)
        request[3] += b" "
        # Without a digest, OAuth 1.0a covers forms alone.
        covered = scheme != "oauth1" or body is form
        wrong = "the signature is wrong" if covered else None
        assert scene.verifier.verify(*request) == wrong


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_refuses_other_credentials_and_times(scheme: str) -> None:
    scene = Scene(scheme)
    wrong = scene.request(consumer_key="other")
    assert scene.verifier.verify(*wrong) == "the consumer key or the token is wrong"
    if scheme == "oauth1":
        wrong = scene.request(consumer_secret="other")
        assert scene.verifier.verify(*wrong) == "the signature is wrong"
    for now in (NOW - 301, NOW + 301):
        stale = scene.verifier.verify(*scene.request(now=now))
        assert stale == "the timestamp is too far from now"
