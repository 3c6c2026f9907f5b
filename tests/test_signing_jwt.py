"""Tokens (JWT) for each request: against PyJWT, and against the sandbox of the package."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from known_hosts import BEARER, built
from naftiko_gen import presets
from signing_packages import OWN, TOKENS, module, package, signer

NOW = 1_700_000_000
KEYS: dict[str, Any] = {
    "rsa": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "p256": ec.generate_private_key(ec.SECP256R1()),
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
}
#: The scheme, its key, and the algorithm that the token has to name.
SIGNED_WITH = [
    ("own-hmac-sha256", "", "HS256"),
    ("own-hmac-sha512", "", "HS512"),
    ("own-rsa-sha256", "rsa", "RS256"),
    ("own-ed25519", "ed25519", "EdDSA"),
    ("own-auto", "rsa", "RS256"),
    ("own-auto", "p256", "ES256"),
    ("own-auto", "ed25519", "EdDSA"),
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)
WRONG = "the signature is wrong"


def pem(kind: str) -> str:
    made: bytes = KEYS[kind].private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    return made.decode()


@pytest.mark.parametrize(("scheme", "kind", "algorithm"), SIGNED_WITH)
def test_pyjwt_reads_what_the_package_signs(
    scheme: str, kind: str, algorithm: str
) -> None:
    content = module(scheme, "encoding").Content
    secret = "s" * 64
    credentials = {"key": 'k"é', "secret": pem(kind) if kind else secret}
    public = KEYS[kind].public_key() if kind else secret
    made = signer(scheme, credentials, base_uri="http://h.example", now=NOW * 10**9)
    # Signatures with RSA and P-256 take a while, and are no different for each request.
    examples = 1000 if not kind or kind == "ed25519" else 150

    @settings(max_examples=examples, deadline=None)
    @given(
        st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE"]),
        st.lists(TEXT.filter(bool), max_size=3),
        st.lists(st.tuples(TEXT.filter(bool), TEXT), max_size=3),
        st.binary(max_size=30),
    )
    def agree(
        method: str, segments: list[str], query: list[tuple[str, str]], body: bytes
    ) -> None:
        path = "/" + "/".join(quote(text, safe="") for text in segments)
        fields = "&".join(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in query)
        target = f"{path}?{fields}" if fields else path
        sent = made.sign(method, target, {}, content(body, "text/plain"), "n-1")
        token = sent.headers["X-Token"]
        assert jwt.get_unverified_header(token) == {
            "alg": algorithm,
            "kid": 'k"é',
            "typ": "JWT",
        }
        options: Any = {"verify_exp": False, "verify_aud": False}
        digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest())
        claims = jwt.decode(token, public, algorithms=[algorithm], options=options)
        assert claims == {
            "iss": 'k"é',
            "aud": ["one", "h.example"],
            "iat": NOW - 5,
            "exp": NOW + 60,
            "jti": "n-1",
            "target": f"{method} {target}",
            "digest": digest.decode(),
            "level": 3,
            "live": True,
        }

    agree()


class Scene:
    """A signer, the verifier of the sandbox of its package, and one request."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        options = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme = scheme
        self.document: dict[str, Any] = (
            presets.load(scheme) if scheme not in OWN else {}
        )
        self.document |= OWN.get(scheme, {})
        self.verifier = setup.create_sandbox(options)._verifier
        self.verifier._clock = lambda: float(NOW)
        names = self.document["credentials"]
        known = {role: self.verifier.environment.get(names[role]) for role in names}
        self.keys = {role: text for role, text in known.items() if text}

    def request(self, nonce: str = "n1", now: int = NOW, **keys: str) -> list[Any]:
        made = signer(
            self.scheme, {**self.keys, **keys}, base_uri="http://h:1", now=now * 10**9
        )
        sent = made.sign("POST", "/v1/a%20b?c=1", {}, {"name": "é"}, nonce)
        return ["POST", sent.target, {**sent.headers, "Host": "h:1"}, sent.data]

    def covers(self, *names: str) -> bool:
        text = json.dumps([self.document["jwt"], self.document.get("vars")])
        return any(f"{{{name}}}" in text or f'"{name}"' in text for name in names)


@pytest.mark.parametrize("scheme", TOKENS)
def test_the_sandbox_accepts_a_token_and_its_nonce_once(scheme: str) -> None:
    scene = Scene(scheme)
    request = scene.request()
    assert scene.verifier.verify(*request) is None
    again = scene.verifier.verify(*request)
    used = (
        "the nonce was used before, or is lower than one that was"
        if "nonce" in scene.document
        else None
    )
    assert again == used
    assert scene.verifier.verify(*scene.request("n2")) is None


@pytest.mark.parametrize("scheme", TOKENS)
def test_the_sandbox_refuses_other_credentials_and_times(scheme: str) -> None:
    scene = Scene(scheme)
    for role, text in scene.keys.items():
        kind = "rsa" if "rsa" in scheme or "snowflake" in scheme else "p256"
        kind = "ed25519" if "ed25519" in scheme else kind
        other = pem(kind) if text.startswith("-----") else text.swapcase() + "Q0"
        changed: dict[str, Any] = {role: other}
        wrong = scene.request(**changed)
        assert scene.verifier.verify(*wrong) == WRONG
    for now in (NOW - 3600, NOW + 3600):
        stale = scene.verifier.verify(*scene.request(now=now))
        assert stale == "the time of the request is too far from now"


@pytest.mark.parametrize("scheme", TOKENS)
def test_the_sandbox_refuses_another_request(scheme: str) -> None:
    scene = Scene(scheme)
    for place, new, names in (
        (0, "PUT", ("method",)),
        (1, "/v1/other?c=1", ("path", "pathQuery")),
        (1, "/v1/a%20b?c=2", ("pathQuery",)),
        (3, b"{}", ("body",)),
    ):
        request = scene.request(f"n-{place}-{new!r}")
        request[place] = new
        expected = WRONG if scene.covers(*names) else None
        assert scene.verifier.verify(*request) == expected


@pytest.mark.parametrize("scheme", TOKENS)
def test_the_sandbox_refuses_tokens_that_are_made_otherwise(scheme: str) -> None:
    scene = Scene(scheme)
    method, target, headers, body = scene.request()
    (name,) = [k for k, v in headers.items() if v.count(".") == 2]
    before, _, token = headers[name].rpartition(" ")
    header, claims, signature = token.split(".")
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for changed, error in (
        ("", "a part of the signature is missing"),
        ("a.b", "a part of the signature is missing"),
        ("a.b.c", WRONG),
        (f"{unsigned}.{claims}.{signature}", WRONG),
        (f"{header}.{header}.{signature}", WRONG),
        (f"{header}.{claims}.{signature[:-8]}", WRONG),
    ):
        text = f"{before} {changed}".strip() if changed else ""
        sent = {**headers, name: text}
        assert scene.verifier.verify(method, target, sent, body) == error


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://api.cdp.coinbase.com/platform", "coinbase-cdp-jwt"),
        ("https://api.appstoreconnect.apple.com", "app-store-connect"),
        ("https://api.storekit.itunes.apple.com", "app-store-server"),
        ("https://openapi.doordash.com/drive/v2", "doordash-drive"),
    ],
)
def test_a_static_token_is_replaced_where_it_cannot_work(
    address: str, scheme: str, tmp_path: Path
) -> None:
    upstream, findings = built(tmp_path, address, BEARER)
    assert [text[:4] for text in findings] == ["W201"]
    assert upstream.signing.scheme == scheme
    for credential in upstream.signing.credentials:
        assert credential.variable in findings[0]


def test_snowflake_takes_other_tokens_that_last(tmp_path: Path) -> None:
    address = "https://{{env.ACCOUNT}}.snowflakecomputing.com"
    upstream, findings = built(tmp_path, address, BEARER)
    assert upstream.signing is None
    assert not [text for text in findings if text.startswith("W201")]
    token = BEARER.replace("TOKEN", "SNOWFLAKE_JWT_TOKEN")
    upstream, findings = built(tmp_path, address, token)
    (found,) = [text for text in findings if text.startswith("W201")]
    assert "SNOWFLAKE_PRIVATE_KEY_PASSPHRASE: optional" in found
    assert upstream.signing.scheme == "snowflake-jwt"


def test_only_packages_with_private_keys_need_cryptography() -> None:
    folder, _ = package("doordash-drive")
    assert "cryptography" not in (folder / "pyproject.toml").read_text("utf-8")
    folder, _ = package("snowflake-jwt")
    assert "cryptography>=" in (folder / "pyproject.toml").read_text("utf-8")
