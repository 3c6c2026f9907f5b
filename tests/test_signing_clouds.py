"""Signatures of cloud providers: against their own clients and against the sandboxes."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote

import pytest
from alibabacloud_openapi_util.client import (  # type: ignore[import-untyped]
    Client as AlibabaClient,
)
from azure.core.credentials import AzureNamedKeyCredential
from azure.core.pipeline import PipelineContext, PipelineRequest
from azure.core.rest import HttpRequest
from azure.data.tables._authentication import (
    SharedKeyCredentialPolicy as TablePolicy,
)
from azure.storage.blob._shared.authentication import (
    SharedKeyCredentialPolicy as BlobPolicy,
)
from huaweicloudsdkcore.sdk_request import (  # type: ignore[import-untyped]
    SdkRequest,
)
from huaweicloudsdkcore.signer.signer import (  # type: ignore[import-untyped]
    Signer as HuaweiSigner,
)
from tencentcloud.common.abstract_client import (  # type: ignore[import-untyped]
    AbstractClient as TencentClient,
)

from naftiko_gen.signing_clouds import CLOUDS
from random_requests import Request, requests
from signing_packages import BUILT_IN, module, package, signer

NOW = 1_700_000_000
NONCE = "0123456789abcdef0123456789abcdef"
ACCOUNT_KEY = base64.b64encode(b"0123456789abcdef" * 4).decode()
AZURE = ["azure-sharedkey", "azure-sharedkey-table"]
BLOBS = BlobPolicy("acct", ACCOUNT_KEY)  # type: ignore[no-untyped-call]
TABLES = TablePolicy(  # type: ignore[no-untyped-call]
    AzureNamedKeyCredential("acct", ACCOUNT_KEY)
)
ACCESS_KEYS = ["tencent-tc3", "volcengine-v4", "alibaba-acs3", "huawei-sdk-hmac-sha256"]
SCHEMES = [*ACCESS_KEYS, *AZURE]
HOST = "host.example"
KEYS = {"access_key_id": "AKEXAMPLE", "secret_access_key": "secret/+EXAMPLE"}


def options(scheme: str) -> dict[str, str]:
    found = {k: v for k, v in BUILT_IN[scheme].items() if k != "scheme"}
    return {**found, "account": "acct"} if scheme in AZURE else found


def credentials(scheme: str) -> dict[str, str]:
    return {"account_key": ACCOUNT_KEY} if scheme in AZURE else KEYS


NOTES = {
    "tencent-tc3": "X-TC-Language",
    "volcengine-v4": "X-Note",
    "alibaba-acs3": "x-acs-note",
    "huawei-sdk-hmac-sha256": "X-Note",
    "azure-sharedkey": "x-ms-meta-note",
    "azure-sharedkey-table": "x-ms-meta-note",
}


def _tencent(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client has either a query or a body."""
    if request.pairs and request.method != "GET":
        return None
    path, _, query = made.target.partition("?")
    header = {"Content-Type": sent["content-type"], "Host": HOST}
    header["X-TC-Timestamp"] = str(NOW)
    data = query if request.method == "GET" else request.body
    asked = SimpleNamespace(uri=path, method=request.method, data=data, header=header)
    day = f"{datetime.fromtimestamp(NOW, UTC):%Y-%m-%d}"
    client = TencentClient.__new__(TencentClient)
    signature = client._get_tc3_signature({}, asked, day, "cvm", *secrets(1))
    scope = f"{KEYS['access_key_id']}/{day}/cvm/tc3_request"
    return f"TC3-HMAC-SHA256 Credential={scope}, SignedHeaders=content-type;host, Signature={signature}"


def secrets(count: int) -> list[str]:
    return list(KEYS.values())[-count:]


def _volcengine(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client needs a dozen other packages, so this is the documentation once more."""
    signed = {k: v for k, v in sent.items() if k == "content-type" or k[:2] == "x-"}
    signed["host"] = HOST
    listed = ";".join(sorted(signed))
    ordered = sorted(request.pairs)
    pairs = [(quote(k, safe=""), quote(v, safe="")) for k, v in ordered]
    lines = [request.method, request.path, "&".join(map("=".join, pairs))]
    lines += [f"{name}:{signed[name]}" for name in sorted(signed)]
    lines += ["", listed, hashlib.sha256(request.body).hexdigest()]
    date = f"{datetime.fromtimestamp(NOW, UTC):%Y%m%dT%H%M%SZ}"
    scope = [date[:8], "cn-north-1", "iam", "request"]
    whole = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    key = KEYS["secret_access_key"].encode()
    for text in scope:
        key = hmac.digest(key, text.encode(), "sha256")
    text = "\n".join(("HMAC-SHA256", date, "/".join(scope), whole))
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = "/".join((KEYS["access_key_id"], *scope))
    return f"HMAC-SHA256 Credential={credential}, SignedHeaders={listed}, Signature={signature}"


def _alibaba(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client takes each parameter once, and does not encode its name."""
    if not request.plain:
        return None
    own = {k: v for k, v in sent.items() if k == "content-type" or k[:6] == "x-acs-"}
    asked = SimpleNamespace(
        method=request.method,
        pathname=request.path,
        query=dict(request.pairs),
        headers={**own, "host": HOST},
    )
    digest = hashlib.sha256(request.body).hexdigest()
    found = AlibabaClient.get_authorization(
        asked, "ACS3-HMAC-SHA256", digest, *secrets(2)
    )
    return str(found)


def _huawei(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client takes an escaped slash for one that divides segments."""
    if any("/" in text for text in request.segments):
        return None
    own = {k: v for k, v in sent.items() if k == "content-type" or k[:2] == "x-"}
    asked = SdkRequest(
        method=request.method,
        host=HOST,
        resource_path=request.path,
        query_params=list(request.pairs),
        header_params={**own, "host": HOST},
        body=request.body,
    )
    keys = SimpleNamespace(ak=KEYS["access_key_id"], sk=KEYS["secret_access_key"])
    signed = HuaweiSigner(keys).sign(asked)
    return str(signed.header_params["Authorization"])


def _azure(policy: Any, request: Request, made: Any, sent: dict[str, str]) -> str:
    own = {k: v for k, v in sent.items() if k != "authorization"}
    if request.body:
        own["content-length"] = str(len(request.body))
    asked = HttpRequest(request.method, f"https://{HOST}{made.target}", headers=own)
    policy.on_request(PipelineRequest(asked, PipelineContext(None)))
    return str(asked.headers["Authorization"])


def _blob(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client takes each parameter once, and does not read an encoded name."""
    if not request.plain:
        return None
    return _azure(BLOBS, request, made, sent)


def _table(request: Request, made: Any, sent: dict[str, str]) -> str | None:
    """Its client leaves the encoding of the one signed parameter as it is sent."""
    component = dict(request.pairs).get("comp", "")
    if not request.plain or quote(component, safe="") != component:
        return None
    return _azure(TABLES, request, made, sent)


ORACLES = {
    "tencent-tc3": _tencent,
    "volcengine-v4": _volcengine,
    "alibaba-acs3": _alibaba,
    "huawei-sdk-hmac-sha256": _huawei,
    "azure-sharedkey": _blob,
    "azure-sharedkey-table": _table,
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_client_of_the_provider_signs_alike(scheme: str) -> None:
    content = module(scheme, "encoding").Content
    made_by = signer(
        scheme,
        credentials(scheme),
        base_uri=f"https://{HOST}",
        now=NOW * 10**9,
        options=options(scheme),
    )
    compared = 0
    for request in requests(1000):
        given = {NOTES[scheme]: request.note, "Accept": "text/html"}
        body = content(request.body, "application/json") if request.body else None
        made = made_by.sign(request.method, request.target, given, body, NONCE)
        assert made.target == request.target
        sent = {k.lower(): v for k, v in {**given, **made.headers}.items()}
        expected = ORACLES[scheme](request, made, sent)
        if expected is not None:
            compared += 1
            assert made.headers["Authorization"] == expected, request
    assert compared > 300


class Scene:
    """A signer and the verifier of the sandbox of its package."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        settings = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme = scheme
        self.verifier = setup.create_sandbox(settings)._verifier
        self.verifier._clock = lambda: float(NOW)
        found = CLOUDS[BUILT_IN[scheme].get("scheme", scheme)].variables
        self.credentials = {
            role: self.verifier.environment[name] for role, name in found.items()
        }

    def request(
        self,
        method: str = "POST",
        target: str = "/v1/a%20b/%C3%A9?b=2&a=1&a=%20z&a=%2B",
        body: Any = None,
        now: int = NOW,
        nonce: str = NONCE,
        **changed: Any,
    ) -> list[Any]:
        """Method, target, headers and body of a signed request."""
        extra = options(self.scheme)
        extra.pop("account", None)
        made = signer(
            self.scheme,
            {**self.credentials, **changed},
            base_uri="http://h:1",
            now=now * 10**9,
            options=extra,
        )
        headers = {NOTES[self.scheme]: "a note"}
        body = {"name": "é"} if body is None and method == "POST" else body
        signed = made.sign(method, target, headers, body, nonce)
        sent = {**headers, **signed.headers, "Host": "h:1"}
        return [method, signed.target, sent, signed.data or b""]

    def verify(self, request: list[Any]) -> str | None:
        found: str | None = self.verifier.verify(*request)
        return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_accepts_what_the_package_signs(scheme: str) -> None:
    scene, content = Scene(scheme), module(scheme, "encoding").Content
    for number, request in enumerate(requests(300, seed=5)):
        body = content(request.body, "text/plain") if request.body else None
        signed = scene.request(
            request.method, request.target, body, nonce=f"{NONCE}{number}"
        )
        assert scene.verify(signed) is None, request
    # The day has changed, and so has the key.
    scene.verifier._clock = lambda: float(NOW + 86_400)
    assert scene.verify(scene.request(now=NOW + 86_400, nonce="next")) is None


CHANGES = [(0, "POST", "PUT"), (1, "/v1/", "/v2/"), (1, "a=1", "a=2"), (3, b"m", b"n")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("place", "old", "new"), CHANGES)
def test_the_sandbox_refuses_another_request(
    scheme: str, place: int, old: Any, new: Any
) -> None:
    scene = Scene(scheme)
    request = scene.request()
    assert old in request[place]
    request[place] = request[place].replace(old, new)
    # Shared Key covers no body, and for tables no parameter but one.
    covered = scheme not in AZURE or place == 0 or old == "/v1/"
    covered = covered or (scheme == "azure-sharedkey" and place == 1)
    assert (scene.verify(request) is not None) == covered


def test_the_length_of_a_body_is_signed_for_azure() -> None:
    scene = Scene("azure-sharedkey")
    request = scene.request()
    request[3] += b" "
    assert scene.verify(request) is not None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_order_of_fields_that_the_provider_sorts_away_is_accepted(
    scheme: str,
) -> None:
    scene = Scene(scheme)
    request = scene.request()
    request[1] = request[1].replace("b=2&a=1", "a=1&b=2")
    # Tencent signs the query as it is sent.
    assert (scene.verify(request) is not None) == (scheme == "tencent-tc3")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("header", ["Content-Type", "Host", "note"])
def test_the_sandbox_refuses_other_headers(scheme: str, header: str) -> None:
    scene = Scene(scheme)
    request = scene.request()
    name = NOTES[scheme] if header == "note" else header
    request[2][name] += "x"
    covered = header != "Host" if scheme in AZURE else True
    if header == "note":
        covered = scheme not in ("tencent-tc3", "azure-sharedkey-table")
    assert (scene.verify(request) is not None) == covered


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_refuses_other_credentials(scheme: str) -> None:
    scene = Scene(scheme)
    for role in scene.credentials:
        other: Any = ACCOUNT_KEY if role == "account_key" else "other"
        changed: dict[str, Any] = {role: other}
        assert scene.verify(scene.request(**changed)) is not None, role
    assert scene.verify(scene.request()) is None


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_sandbox_refuses_a_stale_time(scheme: str) -> None:
    scene = Scene(scheme)
    for seconds in (-901, 901):
        stale = scene.verify(scene.request(now=NOW + seconds))
        assert stale == "the time is too far from now"
    assert scene.verify(scene.request(now=NOW + 290)) is None


def test_the_sandbox_refuses_a_nonce_that_was_used() -> None:
    scene = Scene("alibaba-acs3")
    assert scene.verify(scene.request()) is None
    assert scene.verify(scene.request()) == "the nonce was used before"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_sent_has_one_reading(scheme: str) -> None:
    made_by = signer(scheme, credentials(scheme), options=options(scheme))
    made = made_by.sign("GET", "/a+b:c/~?q=x+y&r=%7e:&flag", {}, None, NONCE)
    assert made.target == "/a%2Bb%3Ac/~?q=x%20y&r=~%3A&flag"
    assert unquote(made.target) == "/a+b:c/~?q=x y&r=~:&flag"


def test_a_call_names_region_and_version_unless_it_says_so_itself() -> None:
    given = {"X-TC-Region": "eu-frankfurt"}
    stated = {"service": "cvm", "region": "ap-guangzhou", "version": "2017-03-12"}
    made = signer("tencent-tc3", KEYS, options=stated).sign("GET", "/", given, None, "")
    assert made.headers["X-TC-Version"] == "2017-03-12"
    assert "X-TC-Region" not in made.headers
    made = signer("alibaba-acs3", KEYS, options={"version": "2014-05-26"})
    assert made.sign("GET", "/", {}, None, "n").headers["x-acs-version"] == "2014-05-26"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_calls_of_the_package_pass_its_sandbox(scheme: str) -> None:
    package(scheme)
    context = module(scheme, "context")
    settings = module(scheme, "settings").Settings
    operations = module(scheme, "operations")
    setup = module(scheme, "sandbox_setup")
    stated = module(scheme, "sandbox_control").SandboxOptions()

    async def run() -> list[int]:
        async with setup.create_sandbox(stated) as sandbox:
            environment = settings.from_environment(dict(sandbox.environment))
            connected = context.connect(environment)
            first = await operations.list_things(connected.provider, page="é &=/+ 2")
            second = await operations.add_thing(connected.provider, name="a b")
            await connected.close()
            return [first.status, second.status]

    assert asyncio.run(run()) == [200, 200]
