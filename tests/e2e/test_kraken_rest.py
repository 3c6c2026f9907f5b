"""The REST adapter towards its callers: what it refuses, and what it tells."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from e2e.clients import Answer, SandboxControl, post, request
from e2e.servers import PROJECT, REST, Server, serve

BALANCE = "/v1/0/private/balance"
OPEN_ORDERS = "/v1/0/private/openorders"
QUERY_ORDERS = "/v1/0/private/queryorders"
CLOSED_ORDERS = "/v1/0/private/closedorders"
TRADE_VOLUME = "/v1/0/private/tradevolume"
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    environ = {"KRAKEN_CAPABILITY_BODY_LIMIT": "2000"}
    arguments = ("--sandbox", "--access-log")
    with serve(*arguments, environ=environ, adapters=(REST,)) as running:
        yield running


@pytest.fixture
def sandbox(server: Server) -> Iterator[SandboxControl]:
    """The sandbox; the test that uses it must not make it receive anything."""
    control = SandboxControl(server.program.wait_for(r"calls go to (\S+)")[1])
    before = control.received
    yield control
    assert control.received == before


def faults(answer: Answer) -> dict[str, str]:
    assert (answer.status, answer.code) == (400, "invalid_input")
    listed = answer.document["error"]["faults"]
    assert listed[0]["pointer"] in answer.document["error"]["message"]
    return {fault["pointer"]: fault["message"] for fault in listed}


@pytest.mark.parametrize(
    ("path", "body", "pointers"),
    [
        (QUERY_ORDERS, {}, ["/txid"]),
        (QUERY_ORDERS, {"txid": None}, ["/txid"]),
        (OPEN_ORDERS, {"trades": "true"}, ["/trades"]),
        (OPEN_ORDERS, {"userref": True, "cl_ord_id": 5}, ["/userref", "/cl_ord_id"]),
        (OPEN_ORDERS, {"userref": 2**31}, ["/userref"]),
        (CLOSED_ORDERS, {"start": 1.5, "closetime": "now"}, ["/start", "/closetime"]),
        (CLOSED_ORDERS, {"ofs": -1}, ["/ofs"]),
        (TRADE_VOLUME, {"pair": [{"asset": 1}]}, ["/pair/0/asset"]),
        (TRADE_VOLUME, {"pair": ["XBTUSD"]}, ["/pair/0"]),
        (BALANCE, {"rebase_multiplier": "other"}, ["/rebase_multiplier"]),
        (BALANCE, {"a/b~c": 1, "nonce": 5, "otp": "x"}, ["/a~1b~0c", "/nonce", "/otp"]),
        (BALANCE, [], [""]),
    ],
    ids=str,
)
def test_a_bad_field_is_named(
    server: Server,
    sandbox: SandboxControl,
    path: str,
    body: object,
    pointers: list[str],
) -> None:
    assert sorted(faults(post(server.rest + path, body))) == sorted(pointers)


def test_a_required_body(server: Server, sandbox: SandboxControl) -> None:
    for body in (b"", b"null"):
        answer = request("POST", server.rest + QUERY_ORDERS, data=body, headers=JSON)
        assert list(faults(answer)) == [""]


def test_a_body_that_is_not_needed(server: Server) -> None:
    for body in (b"", b"null", b"{}", b" {\n} "):
        answer = request("POST", server.rest + BALANCE, data=body, headers=JSON)
        assert answer.status == 200, answer.body


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b'{"trades": true,\n "userref": }', "line 2 column 13"),
        (b'{"trades": true', "line 1 column 16"),
        (b'{"userref": NaN}', "NaN"),
        (b'{"trades": true, "trades": false}', '"trades" is there twice'),
        (b'{"cl_ord_id": "\xff"}', "byte 16 is not UTF-8"),
        (b'{"x":' + b"[" * 500 + b"]" * 500 + b"}", "nested"),
    ],
)
def test_json_that_is_none(
    server: Server, sandbox: SandboxControl, body: bytes, place: str
) -> None:
    answer = request("POST", server.rest + OPEN_ORDERS, data=body, headers=JSON)
    assert (answer.status, answer.code) == (400, "invalid_json")
    assert place in answer.document["error"]["message"]


def test_paths_and_methods(server: Server, sandbox: SandboxControl) -> None:
    for path in ("/", "/v1/0/private/nothing", BALANCE + "/", "/v1/0/private/Balance"):
        answer = post(server.rest + path, {})
        assert (answer.status, answer.code) == (404, "not_found")
    for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = request(method, server.rest + BALANCE)
        assert (answer.status, answer.code) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "POST"
    answer = request("POST", server.rest + "/openapi.json")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large(
    server: Server, sandbox: SandboxControl, chunked: bool
) -> None:
    body = json.dumps({"cl_ord_id": "x" * 2000}).encode()
    answer = request(
        "POST",
        server.rest + OPEN_ORDERS,
        data=body,
        headers=JSON,
        chunked=True if chunked else None,
    )
    assert (answer.status, answer.code) == (413, "body_too_large")


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
    ],
)
def test_a_body_of_another_type(
    server: Server, sandbox: SandboxControl, kind: str
) -> None:
    headers = {"Content-Type": kind}
    answer = request("POST", server.rest + BALANCE, data=b"{}", headers=headers)
    assert (answer.status, answer.code) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "application/merge-patch+json"]
)
def test_other_names_of_json(server: Server, kind: str) -> None:
    headers = {"Content-Type": kind}
    answer = request("POST", server.rest + BALANCE, data=b"{}", headers=headers)
    assert answer.status == 200


def test_unknown_fields_can_be_allowed() -> None:
    environ = {"KRAKEN_CAPABILITY_ALLOW_UNKNOWN_FIELDS": "true"}
    with serve("--sandbox", environ=environ, adapters=(REST,)) as server:
        assert post(server.rest + OPEN_ORDERS, {"new": "field"}).status == 200
        answer = post(server.rest + OPEN_ORDERS, {"new": "field", "trades": 1})
        assert list(faults(answer)) == ["/trades"]
        # These are the signer's own, so they are refused all the same.
        for name in ("nonce", "otp"):
            answer = post(server.rest + OPEN_ORDERS, {name: "1"})
            assert (answer.status, answer.code) == (400, "invalid_input")


def test_request_ids(server: Server) -> None:
    def given(headers: Mapping[str, str], path: str = BALANCE) -> str:
        answer = request("POST", server.rest + path, headers=headers)
        return answer.headers["X-Request-Id"]

    assert given({"X-Request-Id": "My-id_1.2"}) == "My-id_1.2"
    made = [given({}), given({}), given({"X-Request-Id": "no good"}), given({}, "/no")]
    made.append(given({"X-Request-Id": "x" * 129}))
    assert len(set(made)) == len(made)
    assert "no good" not in made
    server.program.wait_for(rf"POST {BALANCE} 200 [\d.]+ ms, request My-id_1\.2")


def test_health_and_contract(server: Server) -> None:
    for name, status in (("live", "live"), ("ready", "ready")):
        answer = request("GET", f"{server.rest}/health/{name}")
        assert (answer.status, answer.document) == (200, {"status": status})
        assert request("HEAD", f"{server.rest}/health/{name}").status == 200
    answer = request("GET", server.rest + "/openapi.json")
    assert (answer.status, answer.body) == (
        200,
        (PROJECT / "openapi.json").read_bytes(),
    )
    assert answer.headers["Content-Type"].startswith("application/json")
