"""Signature Version 4: against botocore, against the sandbox, and what hosts say."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from botocore import auth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.credentials import Credentials  # type: ignore[import-untyped]

from known_hosts import BEARER, SPEC, built
from naftiko_gen import cli
from naftiko_gen.aws_hosts import AwsHost, read_host
from random_requests import requests
from signing_packages import module, signer

NOW = 1_700_000_000
KEYS = {
    "access_key_id": "AKIDEXAMPLE",
    "secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
}


@pytest.mark.parametrize("scheme", ["aws-sigv4", "aws-sigv4-s3"])
def test_botocore_signs_alike(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    then = datetime.fromtimestamp(NOW, UTC)
    monkeypatch.setattr(auth, "get_current_datetime", lambda *_, **__: then)
    service = "s3" if scheme.endswith("s3") else "service"
    sign_like = auth.S3SigV4Auth if service == "s3" else auth.SigV4Auth
    content = module(scheme, "encoding").Content
    options = {"region": "eu-west-1", "service": service}
    for keys in (KEYS, {**KEYS, "session_token": "t/+="}):
        made_by = signer(
            scheme,
            keys,
            base_uri="https://host.example",
            now=NOW * 10**9,
            options=options,
        )
        oracle = sign_like(Credentials(*keys.values()), service, "eu-west-1")
        for asked in requests(500, seed=len(keys)):
            path, mark, query = asked.target.partition("?")
            if service == "s3":
                # A slash in the key of an object is no part of the path elsewhere.
                path = path.replace("%2F", "/")
            target = f"{path}{mark}{query}"
            own = {"X-Amz-Meta-Note": asked.note}
            body = content(asked.body, "text/plain") if asked.body else None
            given = {**own, "Accept": "text/html"}
            made = made_by.sign(asked.method, target, given, body, "")
            if asked.body:
                own["Content-Type"] = "text/plain"
            address = f"https://host.example{made.target}"
            request = AWSRequest(asked.method, address, own, data=asked.body)
            oracle.add_auth(request)
            assert made.target == target
            assert made.headers["Authorization"] == request.headers["Authorization"]


@pytest.mark.parametrize(
    ("target", "sent"),
    [("/a%2Fb%20c", "/a/b%20c"), ("/%2F%2f", "///"), ("/a/../b", "/a/../b")],
)
def test_slashes_of_keys_are_sent_as_they_are(target: str, sent: str) -> None:
    made = signer("aws-sigv4-s3", KEYS, options={**OPTIONS, "service": "s3"})
    assert made.sign("GET", target, {}, None, "").target == sent


@pytest.mark.parametrize("key", ["a%2F..%2Fb", "..%2Fother", "a%2f."])
def test_keys_that_a_proxy_could_resolve_are_refused(key: str) -> None:
    made = signer("aws-sigv4-s3", KEYS, options={**OPTIONS, "service": "s3"})
    with pytest.raises(Exception, match="cannot be") as caught:
        made.sign("GET", f"/bucket/{key}", {}, None, "")
    assert getattr(caught.value, "status", 0) == 400


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("/v1?b=1&a=x+y", "/v1?b=1&a=x%20y"),
        ("/v1?a=%7e&flag", "/v1?a=~&flag"),
        ("/v1?a=b:c,d", "/v1?a=b%3Ac%2Cd"),
    ],
)
def test_what_is_sent_has_one_reading(target: str, sent: str) -> None:
    made = signer("aws-sigv4", KEYS, options=OPTIONS)
    assert made.sign("GET", target, {}, None, "").target == sent


class Scene:
    """A signer, the verifier of the sandbox of its package, and one request."""

    def __init__(self, scheme: str) -> None:
        setup = module(scheme, "sandbox_setup")
        options = module(scheme, "sandbox_control").SandboxOptions()
        self.scheme = scheme
        self.verifier = setup.create_sandbox(options)._verifier
        self.verifier._clock = lambda: float(NOW)
        self.keys = {
            role: self.verifier.environment[f"AWS_{role.upper()}"]
            for role in (*KEYS, "session_token")
        }

    def request(self, now: int = NOW, **changed: Any) -> list[Any]:
        """Method, target, headers and body of a signed request."""
        service = "s3" if self.scheme.endswith("s3") else "service"
        made = signer(
            self.scheme,
            {**self.keys, **changed},
            base_uri="http://h:1",
            now=now * 10**9,
            options={**OPTIONS, "service": service},
        )
        target = "/v1/a%20b//c/../%C3%A9?b=2&a=1&a=%20z&a=%2B&c"
        headers = {"X-Amz-Target": "Do.It", "Content-Type": "application/json"}
        signed = made.sign("POST", target, headers, {"name": "é"}, "")
        sent = {**headers, **signed.headers, "Host": "h:1"}
        return ["POST", signed.target, sent, signed.data or b""]


@pytest.mark.parametrize("scheme", ["aws-sigv4", "aws-sigv4-s3"])
def test_the_sandbox_accepts_what_the_package_signs(scheme: str) -> None:
    scene = Scene(scheme)
    assert scene.verifier.verify(*scene.request()) is None
    # The day has changed, and so has the key.
    scene.verifier._clock = lambda: float(NOW + 86_400)
    assert scene.verifier.verify(*scene.request(NOW + 86_400)) is None


@pytest.mark.parametrize("scheme", ["aws-sigv4", "aws-sigv4-s3"])
@pytest.mark.parametrize(
    ("place", "old", "new"),
    [
        (0, "POST", "PUT"),
        (1, "a=1", "a=2"),
        (1, "b=2&a=1", "a=1&b=3"),
        (1, "/v1/", "/v2/"),
        (3, b"name", b"nome"),
    ],
)
def test_the_sandbox_refuses_another_request(
    scheme: str, place: int, old: Any, new: Any
) -> None:
    scene = Scene(scheme)
    request = scene.request()
    assert old in request[place]
    request[place] = request[place].replace(old, new)
    assert scene.verifier.verify(*request) is not None


@pytest.mark.parametrize("header", ["X-Amz-Target", "Content-Type", "Host"])
def test_the_sandbox_refuses_other_headers(header: str) -> None:
    scene = Scene("aws-sigv4")
    request = scene.request()
    request[2][header] += "x"
    assert scene.verifier.verify(*request) == "SignatureDoesNotMatch"


def test_sandboxes_of_several_services_share_a_key() -> None:
    first, second = Scene("aws-sigv4"), Scene("aws-sigv4")
    assert second.verifier.verify(*first.request()) is None


def test_an_order_of_fields_that_aws_sorts_away_is_accepted() -> None:
    scene = Scene("aws-sigv4")
    request = scene.request()
    request[1] = request[1].replace("b=2&a=1", "a=1&b=2")
    assert scene.verifier.verify(*request) is None


@pytest.mark.parametrize(
    ("role", "error"),
    [
        ("access_key_id", "InvalidClientTokenId"),
        ("secret_access_key", "SignatureDoesNotMatch"),
        ("session_token", "InvalidClientTokenId"),
    ],
)
def test_the_sandbox_refuses_other_credentials(role: str, error: str) -> None:
    scene = Scene("aws-sigv4")
    assert scene.verifier.verify(*scene.request(NOW, **{role: "other"})) == error


@pytest.mark.parametrize("seconds", [-901, 901])
def test_the_sandbox_refuses_a_stale_date(seconds: int) -> None:
    scene = Scene("aws-sigv4")
    stale = scene.request(NOW + seconds)
    assert scene.verifier.verify(*stale) == "RequestExpired"
    assert scene.verifier.verify(*scene.request(NOW + 890)) is None


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://dynamodb.us-east-1.amazonaws.com", ("dynamodb", "us-east-1", None)),
        ("https://sqs.{region}.amazonaws.com/", ("sqs", "", 0)),
        ("https://{bucket}.s3.{{env.REGION}}.amazonaws.com", ("s3", "", 1)),
        ("https://b.s3-us-west-2.amazonaws.com/x", ("s3", "us-west-2", None)),
        (
            "https://api.detective.eu-west-1.amazonaws.com",
            ("detective", "eu-west-1", None),
        ),
        ("https://email.us-gov-west-1.amazonaws.com", ("ses", "us-gov-west-1", None)),
        (
            "https://catalog.marketplace.us-east-1.amazonaws.com",
            ("aws-marketplace", "us-east-1", None),
        ),
        ("https://search-x.eu-west-1.es.amazonaws.com", ("es", "eu-west-1", None)),
        ("https://ec2.cn-north-1.amazonaws.com.cn", ("ec2", "cn-north-1", None)),
        ("https://glue.amazonaws.com", ("glue", "", None)),
        ("https://iam.amazonaws.com", ("iam", "us-east-1", None)),
    ],
)
def test_hosts_name_service_and_region(address: str, found: tuple[Any, ...]) -> None:
    assert read_host(address) == AwsHost(*found)


def test_other_hosts_are_none_of_aws() -> None:
    assert read_host("https://amazonaws.com.example") is None
    assert read_host("https://example.com/dynamodb.us-east-1.amazonaws.com") is None


def test_a_static_credential_of_aws_is_replaced(tmp_path: Path) -> None:
    upstream, findings = built(tmp_path, "https://glue.amazonaws.com", BEARER)
    assert [text[:4] for text in findings] == ["W201"]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "SERVICE_REGION"):
        assert name in findings[0]
    assert dict(upstream.signing.options) == {"service": "glue"}
    assert [c.variable for c in upstream.signing.credentials] == [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "SERVICE_REGION",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://portal.sso.us-east-1.amazonaws.com",
        "https://cognito-idp.us-east-1.amazonaws.com",
        "https://abc.execute-api.us-east-1.amazonaws.com",
        "https://redfin-public-data.s3.us-west-2.amazonaws.com",
        "https://api.example.com",
    ],
)
def test_what_may_take_another_credential_keeps_it(
    address: str, tmp_path: Path
) -> None:
    upstream, findings = built(tmp_path, address, BEARER)
    assert findings == []
    assert upstream.signing is None
    assert upstream.authentication.kind == "bearer"


def test_spellings_of_the_catalogue_sign(tmp_path: Path) -> None:
    aws = "{type: aws-sig-v4, accessKeyId: '{{KEY}}', secretKey: '{{TOKEN}}', region: eu-west-1, service: glue}"
    upstream, findings = built(tmp_path, "https://storage.example.com", aws)
    assert findings == []
    assert dict(upstream.signing.options) == {"region": "eu-west-1", "service": "glue"}
    variables = [c.variable for c in upstream.signing.credentials]
    assert variables == ["KEY", "TOKEN", "SERVICE_SESSION_TOKEN"]
    hmac = "{type: hmac, apiId: '{{KEY}}', apiKey: '{{TOKEN}}'}"
    upstream, findings = built(tmp_path, "https://api.veracode.com", hmac)
    assert findings == []
    assert upstream.signing.scheme == "veracode-hmac"


def test_a_host_without_a_service_needs_one(tmp_path: Path) -> None:
    aws = "{type: aws-sig-v4, accessKeyId: '{{KEY}}', secretKey: '{{TOKEN}}'}"
    upstream, findings = built(tmp_path, "https://storage.example.com", aws)
    assert upstream is None
    assert [text[:4] for text in findings] == ["E215"]


OPTIONS = {"region": "us-east-1", "service": "service"}


def test_a_file_with_a_header_in_place_of_a_signature_is_signed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec, out = tmp_path / "backups.yaml", tmp_path / "out"
    address = "https://glacier.eu-central-1.amazonaws.com"
    header = (
        "{type: apikey, key: Authorization, value: '{{env.TOKEN}}', placement: header}"
    )
    spec.write_text(SPEC.format(address=address, credential=header), "utf-8")
    assert cli.run(["build", str(spec), "-o", str(out)]) == 0
    printed = capsys.readouterr()
    [said] = [line for line in printed.err.splitlines() if "W201" in line]
    assert "this static credential is replaced by aws-sigv4 signing" in said
    assert "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in said
    signing = (out / "backups" / "backups_capability" / "signing.py").read_text()
    assert "class AwsSigv4Signer:" in signing
    example = (out / "backups" / ".env.example").read_text()
    assert "AWS_SECRET_ACCESS_KEY" in example
    assert not re.search(r"^(# )?TOKEN=", example, re.M)
    assert cli.run(["explain", "signing", str(spec), "--format", "json"]) == 0
    sent = json.loads(capsys.readouterr().out)["sent"]["headers"]
    scope = "/20231114/eu-central-1/glacier/aws4_request, "
    assert sent["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=")
    assert scope in sent["Authorization"]
