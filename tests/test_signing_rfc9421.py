"""HTTP Message Signatures: the vectors of RFC 9421, an independent verifier, the sandbox."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_public_key,
)
from http_message_signatures import (
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    algorithms,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from signing_packages import COVERED, VARIANTS, VECTORS, module, signer

NOW = 1_618_884_473
BODY = b'{"hello": "world"}'
SHA_512 = (
    "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVL"
    "vRwEmTHWXvJwew==:"
)
#: Appendix B.2: the request of all examples.
TARGET = "/foo?param=Value&Pet=dog"
HEADERS = {
    "Date": "Tue, 20 Apr 2021 02:07:55 GMT",
    "Content-Type": "application/json",
    "Content-Digest": SHA_512,
}
#: Appendix B.1.2.
PSS_KEY = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----
"""
_PARAMETERS = ';created=1618884473;keyid="test-key-rsa-pss"'
#: Appendices B.2.1 to B.2.3: components, more options, what is sent. The salt is random, so
#: that a signature is only ever made once.
PUBLISHED: list[tuple[list[str], dict[str, Any], str, str]] = [
    (
        [],
        {"nonces": True},
        f'(){_PARAMETERS};nonce="b3k2pp5k7z-50gnwp.yemd"',
        "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it+"
        "+wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2"
        "cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvt"
        "l6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bL"
        "hdxO5Nyt8C8ssinQ98Xw9Q==",
    ),
    (
        ["@authority", "content-digest", '@query-param;name="Pet"'],
        {"tag": "header-example"},
        '("@authority" "content-digest" "@query-param";name="Pet")'
        f'{_PARAMETERS};tag="header-example"',
        "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDf"
        "KtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TR"
        "JQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiK"
        "Yd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUE"
        "b0rQl3/XaVe4bXTugEjHSw==",
    ),
    (
        ["date", "@method", "@path", "@query", "@authority"]
        + ["content-type", "content-digest", "content-length"],
        {},
        '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest"'
        f' "content-length"){_PARAMETERS}',
        "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeG"
        "t683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/y"
        "PViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldml"
        "u9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAF"
        "L2FUo5fTIztsDZKEgM4cUA==",
    ),
]
KEYS: dict[str, Any] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate(),
    "ecdsa-p256-sha256": ec.generate_private_key(ec.SECP256R1()),
    "rsa-pss-sha512": rsa.generate_private_key(public_exponent=65537, key_size=2048),
}
KEYS["rsa-v1_5-sha256"] = KEYS["rsa-pss-sha512"]
ALGORITHMS = {
    "hmac-sha256": algorithms.HMAC_SHA256,
    "ed25519": algorithms.ED25519,
    "ecdsa-p256-sha256": algorithms.ECDSA_P256_SHA256,
    "rsa-pss-sha512": algorithms.RSA_PSS_SHA512,
    "rsa-v1_5-sha256": algorithms.RSA_V1_5_SHA256,
}
SECRET = b"a shared secret of some length"
SCHEMES = [name for name in VARIANTS if name.startswith("rfc9421")]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=10)


def pem(key: Any) -> str:
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.decode()


def secrets(algorithm: str) -> dict[str, str]:
    if algorithm == "hmac-sha256":
        return {"secret": base64.b64encode(SECRET).decode()}
    return {"private_key": pem(KEYS[algorithm])}


def message(
    algorithm: str, options: dict[str, Any], keyid: str, keys: dict[str, str]
) -> Any:
    more = {"algorithm": algorithm, **options}
    return signer(
        f"rfc9421-{algorithm}",
        {"keyid": keyid, **keys},
        base_uri="https://Example.com:443",
        now=NOW * 10**9,
        options=more,
    )


@pytest.mark.parametrize("name", ["rfc9421-b25-hmac", "rfc9421-b26-ed25519"])
def test_published_signatures_are_made_again(name: str) -> None:
    (vector,) = [v for v in VECTORS if v["name"] == name]
    known = vector["credentials"]
    keys = {
        "secret": known.get("secret_base64", ""),
        "private_key": known.get("private_key_pem", ""),
    }
    options = {"components": vector["covered"], "label": vector["label"]}
    made = message(vector["alg"], options, known["keyid"], keys)
    content = module(f"rfc9421-{vector['alg']}", "encoding").Content
    headers = {k: v for k, v in vector["headers"].items() if k != "Content-Length"}
    sent = made.sign("POST", TARGET, headers, content(BODY, "application/json"), "")
    for field, value in vector["signed"]["headers"].items():
        assert sent.headers[field] == value


@pytest.mark.parametrize(("components", "options", "given", "signature"), PUBLISHED)
def test_published_signatures_pass_the_sandbox(
    components: list[str], options: dict[str, Any], given: str, signature: str
) -> None:
    scheme = "rfc9421-rsa-pss-sha512"
    made = message(
        "rsa-pss-sha512",
        {"components": components, **options},
        "test-key-rsa-pss",
        secrets("rsa-pss-sha512"),
    )
    content = module(scheme, "encoding").Content(BODY, "application/json")
    sent = made.sign("POST", TARGET, HEADERS, content, "b3k2pp5k7z-50gnwp.yemd")
    assert sent.headers["Signature-Input"] == f"sig1={given}"
    public = load_pem_public_key(PSS_KEY.encode())
    verified = module(scheme, "sandbox_keys").verified
    verifier = module(scheme, "sandbox_message").MessageVerifier(
        "KEYID",
        {},
        lambda found, data: verified(public, "rsa-pss-sha512", found, data),
        components=components,
        digest="sha-512",
        clock=lambda: float(NOW),
        **options,
    )
    verifier._keyid = "test-key-rsa-pss"
    headers = {**HEADERS, "Host": "example.com", "Content-Length": "18"}
    headers |= {"Signature-Input": f"sig1={given}", "Signature": f"sig1=:{signature}:"}
    assert verifier.verify("POST", TARGET, headers, BODY) is None
    if components:
        other = TARGET.replace("dog", "cat")
        found = verifier.verify("POST", other, headers, BODY)
        assert found == "the signature is wrong"


def test_content_digests_are_those_of_rfc_9530() -> None:
    options = {"components": ["content-digest"], "digest": "sha-512"}
    made = message("hmac-sha256", options, "k", secrets("hmac-sha256"))
    content = module("rfc9421-hmac-sha256", "encoding").Content
    sent = made.sign("POST", "/", {}, content(BODY, "application/json"), "")
    assert sent.headers["Content-Digest"] == SHA_512
    # Appendix B.1, with the line end of its example.
    options["digest"] = "sha-256"
    made = message("hmac-sha256", options, "k", secrets("hmac-sha256"))
    sent = made.sign("PUT", "/", {}, content(BODY + b"\n", "application/json"), "")
    digest = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="
    assert sent.headers["Content-Digest"] == f"sha-256=:{digest}:"


class Keys(HTTPSignatureKeyResolver):
    def __init__(self, algorithm: str) -> None:
        self.key = SECRET
        if algorithm != "hmac-sha256":
            self.key = KEYS[algorithm].public_key()

    def resolve_public_key(self, key_id: str) -> Any:
        return self.key


class Request:
    """A request as the other implementation reads it."""

    def __init__(self, method: str, url: str, headers: dict[str, str]) -> None:
        self.method, self.url, self.headers = method, url, headers


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_another_implementation_verifies(algorithm: str) -> None:
    covered = [
        *("@method", "@target-uri", "@authority", "@scheme", "@request-target"),
        *("@path", "@query", '@query-param;name="p*1"', "x-word", "date"),
        *("content-type", "content-length", "content-digest"),
    ]
    options = {"components": covered, "expires": 300, "nonces": True, "tag": 'a"\\b'}
    made = message(algorithm, options, 'key "1"', secrets(algorithm))
    content = module(f"rfc9421-{algorithm}", "encoding").Content
    verifier = HTTPMessageVerifier(
        signature_algorithm=ALGORITHMS[algorithm], key_resolver=Keys(algorithm)
    )
    # The time of the appendix is long past.
    verifier.max_clock_skew = timedelta(days=36500)
    # Of keys that take a while a few are enough: what is signed is the same for all.
    examples = 1000 if algorithm == "hmac-sha256" else 50

    @settings(max_examples=examples, deadline=None)
    @given(
        st.sampled_from(["GET", "POST", "DELETE"]),
        st.lists(TEXT.filter(bool), max_size=3),
        TEXT,
        st.binary(max_size=20),
        st.text(st.characters(min_codepoint=32, max_codepoint=126)),
    )
    def agree(
        method: str, segments: list[str], value: str, body: bytes, word: str
    ) -> None:
        path = "/" + "/".join(quote(text, safe="") for text in segments)
        target = f"{path}?a=1&p%2A1={quote(value, safe='')}"
        sent = made.sign(
            method, target, {"X-Word": word}, content(body, "text/plain"), "n-1"
        )
        headers = {"X-Word": word, **sent.headers}
        request = Request(method, f"https://example.com{target}", headers)
        (result,) = verifier.verify(request, max_age=timedelta(days=9999))
        names = [name for name in covered if body or not name.startswith("content-")]
        assert len(result.covered_components) == len(names) + 1
        assert result.parameters["keyid"] == 'key "1"'
        assert result.parameters["nonce"] == "n-1"
        assert result.parameters["tag"] == 'a"\\b'
        assert result.parameters["expires"] == NOW + 300
        if body:
            digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
            assert headers["Content-Digest"] == f"sha-256=:{digest}:"

    agree()


def test_a_component_that_is_not_there_is_no_signature() -> None:
    content = module("rfc9421-hmac-sha256", "encoding").Content
    error = module("rfc9421-hmac-sha256", "errors").CallError
    for component in ("x-missing", '@query-param;name="b"', '@query-param;name="c"'):
        options = {"components": [component]}
        made = message("hmac-sha256", options, "k", secrets("hmac-sha256"))
        with pytest.raises(error, match="covers"):
            made.sign("GET", "/?b=1&b=2", {}, content(b"", ""), "")
    made = message("hmac-sha256", {"components": ["x-a"]}, "k", secrets("hmac-sha256"))
    with pytest.raises(error, match="ASCII"):
        made.sign("GET", "/", {"X-A": "é"}, content(b"", ""), "")


class Scene:
    """A signer, the verifier of the sandbox of its package, and one request."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        options = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme, self.algorithm = scheme, scheme.removeprefix("rfc9421-")
        self.verifier = setup.create_sandbox(options)._verifier
        self.verifier._clock = lambda: float(NOW)
        known = self.verifier.environment
        self.keys = {"keyid": known["HTTP_SIGNATURE_KEY_ID"]}
        for role in ("secret", "private_key"):
            if text := known.get(f"HTTP_SIGNATURE_{role.upper()}"):
                self.keys[role] = text

    def request(self, nonce: str = "n1", now: int = NOW, **keys: str) -> list[Any]:
        options = {"components": COVERED, "expires": 60, "nonces": True, "tag": "app"}
        made = signer(
            self.scheme,
            {**self.keys, **keys},
            base_uri="http://h:1",
            now=now * 10**9,
            options={"algorithm": self.algorithm, **options},
        )
        sent = made.sign("POST", "/v1/a%20b?b=2&a=1", {}, {"name": "é"}, nonce)
        return ["POST", sent.target, {**sent.headers, "Host": "h:1"}, sent.data]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_checks_all_of_a_request(scheme: str) -> None:
    scene = Scene(scheme)
    request = scene.request()
    verify = scene.verifier.verify
    wrong = "the signature is wrong"
    for place, new, error in (
        (0, "PUT", wrong),
        (1, "/v1/other?b=2&a=1", wrong),
        (1, "/v1/a%20b?a=1&b=2", wrong),
        (3, b"{}", "the digest of the body is wrong"),
        (2, {"Host": "h:1"}, "a part of the signature is missing"),
        (2, {**request[2], "Host": "h:2"}, wrong),
        (2, {**request[2], "Content-Type": "text/plain"}, wrong),
    ):
        assert verify(*request[:place], new, *request[place + 1 :]) == error
    assert verify(*request) is None
    assert verify(*request) == "the nonce was used before"
    for now in (NOW - 61, NOW + 301):
        stale = verify(*scene.request("n2", now))
        assert stale == "the signature is not of this time"
    other: dict[str, Any] = {**secrets(scene.algorithm)}
    assert verify(*scene.request("n3", **other)) == wrong
    unknown = verify(*scene.request("n4", keyid="other"))
    assert unknown == "the keyid or the tag is wrong"
