"""OAuth 1.0a: against oauthlib, and against the sandbox of the package."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, unquote, urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    serialize_key_and_certificates,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from oauth1.oauth import OAuth  # type: ignore[import-untyped]
from oauthlib.oauth1 import Client  # type: ignore[import-untyped]

from known_hosts import BEARER, built
from signing_packages import module, signer

NOW = 1_700_000_000
#: The options of each signer, as the package gives them.
SCHEMES: dict[str, dict[str, str]] = {
    "oauth1": {},
    "mastercard-oauth1": {},
    "oauth1-rsa-sha1": {"signature_method": "RSA-SHA1"},
    "oauth1-rsa-sha256": {"signature_method": "RSA-SHA256", "body_hash": "sha256"},
}
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
RSA_ROLES = {
    "consumer_key": "OAUTH_CONSUMER_KEY",
    "private_key": "OAUTH_PRIVATE_KEY",
    "token": "OAUTH_TOKEN",
}
ROLES |= {"oauth1-rsa-sha1": RSA_ROLES, "oauth1-rsa-sha256": RSA_ROLES}
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
PAIRS = st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=4)
FORM = "application/x-www-form-urlencoded"


def parameters(header: str) -> dict[str, str]:
    return {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', header)}


def test_oauthlib_signs_alike() -> None:
    content = module("oauth1", "encoding").Content

    @settings(max_examples=1000, deadline=None)
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


@pytest.mark.parametrize("method", ["RSA-SHA1", "RSA-SHA256"])
def test_oauthlib_signs_alike_with_a_private_key(method: str) -> None:
    content = module("oauth1-rsa-sha1", "encoding").Content
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    made = signer(
        "oauth1-rsa-sha1",
        {"consumer_key": "k!", "private_key": pem, "token": "t/="},
        base_uri="https://Host.example:443",
        now=NOW * 10**9,
        options={"signature_method": method, "body_hash": "sha1"},
    )
    client = Client(
        "k!",
        resource_owner_key="t/=",
        signature_method=method,
        rsa_key=key,
        nonce="n1",
        timestamp=str(NOW),
    )

    @settings(max_examples=1000, deadline=None)
    @given(st.lists(TEXT.filter(bool), max_size=3), PAIRS, st.none() | TEXT)
    def agree(
        segments: list[str], query: list[tuple[str, str]], text: str | None
    ) -> None:
        body = "" if text is None else json.dumps({"text": text})
        path = "/" + "/".join(quote(text, safe="") for text in segments)
        fields = urlencode(query, quote_via=quote, safe="")
        target = f"{path}?{fields}" if fields else path
        ours = made.sign("POST", target, {}, content(body.encode(), "text/plain"), "n1")
        media = {"Content-Type": "application/json"} if body else {}
        # It makes a digest of every body that it gets.
        _, headers, _ = client.sign(
            f"https://host.example{target}", "POST", body or None, media
        )
        theirs = parameters(headers["Authorization"])
        assert parameters(ours.headers["Authorization"]) == theirs

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
            self.scheme,
            {**self.keys, **keys},
            base_uri="http://h:1",
            now=now * 10**9,
            options=SCHEMES[self.scheme],
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
        hashed = scheme == "mastercard-oauth1" or "body_hash" in SCHEMES[scheme]
        covered = hashed or body is form
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
    if "private_key" in scene.keys:
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        how = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        wrong = scene.request(private_key=other.private_bytes(*how).decode())
        assert scene.verifier.verify(*wrong) == "the signature is wrong"
    for now in (NOW - 301, NOW + 301):
        stale = scene.verifier.verify(*scene.request(now=now))
        assert stale == "the timestamp is too far from now"


@pytest.mark.parametrize(
    "address", ["https://api.mastercard.com/x", "https://sandbox.api.mastercard.com"]
)
@pytest.mark.parametrize(
    "credential",
    [BEARER, "{type: basic, username: a, password: b}"]
    + ["{type: apikey, key: Authorization, value: '{{env.TOKEN}}', placement: header}"],
)
def test_a_static_credential_of_mastercard_is_replaced(
    address: str, credential: str, tmp_path: Path
) -> None:
    upstream, findings = built(tmp_path, address, credential)
    (found,) = [text for text in findings if text.startswith("W201")]
    for name in ("CONSUMER_KEY", "SIGNING_KEY", "KEYSTORE_PASSWORD"):
        assert f"MASTERCARD_{name}" in found
    assert upstream.signing.scheme == "mastercard"
    assert upstream.authentication is None
    key = upstream.signing.credentials[1]
    assert (key.variable, key.keys) == ("MASTERCARD_SIGNING_KEY", ("rsa",))
    assert key.password == "MASTERCARD_KEYSTORE_PASSWORD"


@pytest.mark.parametrize(
    "address",
    ["https://api.mastercard.com.example", "https://notapi.mastercard.com.example"],
)
def test_other_hosts_are_none_of_mastercard(address: str, tmp_path: Path) -> None:
    upstream, findings = built(tmp_path, address, BEARER)
    assert findings == []
    assert upstream.signing is None


def test_a_key_of_another_kind_is_told_when_the_package_starts() -> None:
    settings = module("mastercard-oauth1", "settings").Settings
    error = module("mastercard-oauth1", "environment").SettingsError
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    values = {"MASTERCARD_CONSUMER_KEY": "k", "MASTERCARD_SIGNING_KEY": pem.decode()}
    with pytest.raises(error) as found:
        settings.from_environment(values)
    (problem,) = found.value.problems
    assert problem == (
        "MASTERCARD_SIGNING_KEY is a key of the curve P-256; needed is an RSA key"
    )


def test_a_key_store_signs(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = tmp_path / "sandbox.p12"
    how = BestAvailableEncryption(b"keystorepassword")
    file.write_bytes(serialize_key_and_certificates(b"k", key, None, None, how))
    settings = module("mastercard-oauth1", "settings").Settings.from_environment(
        {
            "MASTERCARD_CONSUMER_KEY": "k",
            "MASTERCARD_SIGNING_KEY": str(file),
            "MASTERCARD_KEYSTORE_PASSWORD": "keystorepassword",
        }
    )
    text = settings.mastercard_signing_key.reveal()
    assert mastercard(text)("GET", "/a", b"") == theirs(key, "GET", "/a", b"")


def mastercard(pem: str) -> Callable[[str, str, bytes], dict[str, str]]:
    """The fields that the package signs a method, a target and a body with."""
    content = module("mastercard-oauth1", "encoding").Content
    made = signer(
        "mastercard-oauth1",
        {"consumer_key": "k!", "signing_key": pem},
        base_uri="https://Api.mastercard.com:443",
        now=NOW * 10**9,
    )

    def sign(method: str, target: str, body: bytes) -> dict[str, str]:
        sent = made.sign(method, target, {}, content(body, "application/json"), "n1")
        return parameters(sent.headers["Authorization"])

    return sign


def theirs(key: Any, method: str, target: str, body: bytes) -> dict[str, str]:
    """The fields that Mastercard's own client signs with."""
    with (
        patch("oauth1.coreutils.get_nonce", lambda: "n1"),
        patch("oauth1.coreutils.get_timestamp", lambda: NOW),
    ):
        header = OAuth.get_authorization_header(
            f"https://Api.mastercard.com:443{target}", method, body, "k!", key
        )
    return parameters(header)


def test_the_client_of_mastercard_signs_alike() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    sign = mastercard(pem)

    @settings(max_examples=1000, deadline=None)
    @given(
        st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
        st.lists(TEXT.filter(bool), min_size=1, max_size=3),
        PAIRS,
        st.binary(max_size=20),
    )
    def agree(
        method: str, segments: list[str], query: list[tuple[str, str]], body: bytes
    ) -> None:
        path = "/" + "/".join(quote(text, safe="") for text in segments)
        # Their client sorts `a=` behind `a0=`, and encodes nothing where nothing is.
        query = [(f"{name}{'.' * 30}"[:30], value) for name, value in query]
        fields = urlencode(query, quote_via=quote, safe="")
        target = f"{path}?{fields}" if fields else path
        assert sign(method, target, body) == theirs(key, method, target, body)

    agree()
