"""The verifier of the sandbox against the generated signer of every preset.

It reads the scheme as a document, and shares no code with what signs.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from naftiko_gen import presets
from signing_packages import PRESETS as ALL
from signing_packages import TOKENS, module, package, signer

#: Those with tokens have tests of their own.
PRESETS = [name for name in ALL if name not in TOKENS]
NOW = 1_700_000_000
NONCE = "1700000000000000"


def document(scheme: str) -> dict[str, Any]:
    return presets.load(scheme)


def mentions(scheme: str, *names: str) -> bool:
    """Whether what is signed covers one of ``names``."""
    model = document(scheme)
    text = json.dumps([model.get("vars"), model["payload"]])
    return any(f'"{name}"' in text for name in names)


def another(secret: str) -> str:
    """A secret of the same form."""
    if "PRIVATE KEY" not in secret:
        return secret[::-1]
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


class Scene:
    """A signer and a verifier with the same throw-away credentials, and one request."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        options = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme = scheme
        self.verifier = setup.create_sandbox(options)._verifier
        self.verifier._clock = lambda: float(NOW)
        environment = self.verifier.environment
        names = document(scheme)["credentials"]
        known = {role: environment.get(names[role]) for role in names}
        # A sandbox makes up no password: its keys are not encrypted.
        self.credentials = {role: text for role, text in known.items() if text}

    def request(self, nonce: str = NONCE, **changed: Any) -> list[Any]:
        """Method, target, headers and body of a signed request."""
        credentials = {**self.credentials, **changed.pop("credentials", {})}
        now = changed.pop("now", NOW) * 1_000_000_000
        made = signer(self.scheme, credentials, base_uri="http://h:1", now=now)
        method = changed.get("method", "POST")
        body = {"name": "a b&c=d/é"} if method == "POST" else None
        body = changed.get("body", body)
        target = changed.get("target", "/v1/things?page=2&q=a%20b")
        signed = made.sign(method, target, {}, body, nonce)
        headers = {**signed.headers, "Host": "h:1"}
        return [method, signed.target, headers, signed.data or b""]

    def verify(self, request: list[Any]) -> str | None:
        found: str | None = self.verifier.verify(*request)
        return found


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("scheme", PRESETS)
def test_it_accepts_what_the_package_signs(scheme: str, method: str) -> None:
    scene = Scene(scheme)
    assert scene.verify(scene.request(method=method)) is None


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_accepts_empty_bodies_repeated_fields_and_uploads(scheme: str) -> None:
    scene = Scene(scheme)
    content = module(scheme, "encoding").Content
    upload = content(
        b"--b\r\n\r\n\x00\xff\r\n--b--\r\n", "multipart/form-data; boundary=b"
    )
    writes = json.dumps(document(scheme).get("inject", "")) + str(
        document(scheme).get("carrier", "")
    )
    takes_uploads = '"body"' not in writes and "payload" not in writes
    takes_uploads = (
        takes_uploads and scheme != "duo-v2"
    )  # It signs the fields of forms.
    target = "/v1/things?a=2&b=%2F%C3%A9&a=1&a=&b"
    for number, (method, body) in enumerate(
        [("GET", None), ("POST", None), ("DELETE", None), ("POST", upload)]
    ):
        nonce = str(int(NONCE) + number)
        if body is upload and not takes_uploads:
            # The scheme reads or adds fields, of which a multipart body has none.
            with pytest.raises(Exception, match="the body must be"):
                scene.request(nonce, method=method, body=body)
            continue
        made = scene.request(nonce, method=method, body=body, target=target)
        assert scene.verify(made) is None, (method, body)


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_a_wrong_secret(scheme: str) -> None:
    scene = Scene(scheme)
    wrong = {"secret": another(scene.credentials["secret"])}
    assert scene.verify(scene.request(credentials=wrong)) is not None
    assert scene.verify(scene.request()) is None


@pytest.mark.parametrize("scheme", PRESETS)
def test_sandboxes_that_share_variables_share_what_they_hold(scheme: str) -> None:
    first, second = Scene(scheme), Scene(scheme)
    assert first.credentials == second.credentials
    assert second.verify(first.request()) is None


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_a_stale_time(scheme: str) -> None:
    if "time" not in document(scheme):
        assert "time" not in json.dumps(document(scheme)["output"])
        return
    scene = Scene(scheme)
    assert scene.verify(scene.request(now=NOW - 3600)) is not None


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_a_nonce_that_was_used(scheme: str) -> None:
    model = document(scheme)
    scene = Scene(scheme)
    request = scene.request()
    assert scene.verify(request) is None
    again = scene.verify(request)
    assert (again is not None) == ("nonce" in model)
    ordered = model.get("nonce", {}).get("kind") == "increasing"
    if ordered and model["nonce"]["delivery"] == "serial":
        assert scene.verify(scene.request(nonce=str(int(NONCE) - 1))) is not None
    assert scene.verify(scene.request(nonce=str(int(NONCE) + 1))) is None


DECODED = [scheme for scheme in PRESETS if "secret" in document(scheme)]


@pytest.mark.parametrize("scheme", DECODED)
def test_a_secret_that_does_not_decode_is_named_and_not_shown(scheme: str) -> None:
    names = document(scheme)["credentials"]
    bad = "no-%key%-of-any-form"
    settings = module(scheme, "settings").Settings
    connect = module(scheme, "context").connect
    with pytest.raises(Exception, match=names["secret"]) as caught:
        connect(settings.from_environment(dict.fromkeys(names.values(), bad)))
    assert bad not in str(caught.value)


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_another_body(scheme: str) -> None:
    scene = Scene(scheme)
    method, target, headers, body = scene.request()
    covered = mentions(scheme, "body") or '"from": "body"' in json.dumps(
        document(scheme).get("vars")
    )
    if not covered or not body:
        assert scene.verify([method, target, headers, body]) is None
        return
    changed = body.replace(b"name", b"nome")
    assert changed != body
    assert scene.verify([method, target, headers, changed]) is not None


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_another_query(scheme: str) -> None:
    scene = Scene(scheme)
    method, target, headers, body = scene.request(method="GET")
    text = json.dumps([document(scheme).get("vars"), document(scheme)["payload"]])
    if not any(f'"{part}"' in text for part in ("query", "pathQuery", "url", "params")):
        assert scene.verify([method, target, headers, body]) is None
        return
    changed = target.replace("page=2", "page=3")
    assert changed != target
    assert scene.verify([method, changed, headers, body]) is not None


@pytest.mark.parametrize("scheme", PRESETS)
def test_it_refuses_a_query_in_another_order(scheme: str) -> None:
    scene = Scene(scheme)
    method, target, headers, body = scene.request(method="GET")
    changed = target.replace("page=2&q=a%20b", "q=a%20b&page=2")
    assert changed != target
    text = json.dumps([document(scheme).get("vars"), document(scheme)["payload"]])
    signed = any(
        f'"{part}"' in text for part in ("query", "pathQuery", "url", "params")
    )
    covered = signed and '"sort": true' not in text
    # A scheme that sorts the fields itself has no order to lose.
    assert (scene.verify([method, changed, headers, body]) is not None) == covered


@pytest.mark.parametrize(
    "scheme",
    ["bybit-v5", "gemini", "htx-v2", "oci-http-signature", *TOKENS],
)
def test_calls_of_the_package_pass_its_sandbox(scheme: str) -> None:
    package(scheme)
    context = module(scheme, "context")
    settings = module(scheme, "settings").Settings
    operations = module(scheme, "operations")
    setup = module(scheme, "sandbox_setup")
    options = module(scheme, "sandbox_control").SandboxOptions()

    async def run() -> list[int]:
        async with setup.create_sandbox(options) as sandbox:
            connected = context.connect(
                settings.from_environment(dict(sandbox.environment))
            )
            first = await operations.list_things(connected.provider, page="2")
            second = await operations.add_thing(connected.provider, name="a b")
            await connected.close()
            return [first.status, second.status]

    assert asyncio.run(run()) == [200, 200]
