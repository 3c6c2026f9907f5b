"""Kraken's checks in the sandbox, held against vectors and other signers.

krakenex and ccxt are used as independent signers; the vectors are the two that
Kraken's documentation publishes (AddOrder, and the custody guide's JSON request).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from urllib.parse import urlencode

import aiohttp
import ccxt  # type: ignore[import-untyped]
import krakenex  # type: ignore[import-untyped]
import pytest

from static.reply import JsonValue
from static.sandbox import Sandbox, SandboxOptions
from static.sandbox_kraken_spot import KrakenSpotVerifier

FORM = "application/x-www-form-urlencoded"
PATH = "/0/private/Balance"
KEY = "public-key"
# The secret that Kraken's documentation publishes for its examples.
SECRET = (
    "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6"
    "F1huXg=="
)


def verifier(**settings: object) -> KrakenSpotVerifier:
    return KrakenSpotVerifier(key=KEY, secret=SECRET, **settings)  # type: ignore[arg-type]


def krakenex_request(
    nonce: str, path: str = PATH, secret: str = SECRET, **fields: str
) -> tuple[dict[str, str], bytes]:
    """Headers and form body of a request that krakenex signs."""
    data = {"nonce": nonce, **fields}
    signature = krakenex.API(KEY, secret)._sign(data, path)
    headers = {"API-Key": KEY, "API-Sign": signature, "Content-Type": FORM}
    return headers, urlencode(data).encode()


def send(
    checked: KrakenSpotVerifier, nonce: str, path: str = PATH, **fields: str
) -> str | None:
    headers, body = krakenex_request(nonce, path, **fields)
    return checked.verify("POST", path, headers, body)


def json_request(
    body: bytes, signature: str, target: str = PATH, key: str = KEY
) -> str | None:
    headers = {
        "API-Key": key,
        "API-Sign": signature,
        "Content-Type": "application/json; charset=utf-8",
    }
    return verifier().verify("POST", target, headers, body)


def test_accepts_the_published_form_vector() -> None:
    headers = {
        "api-key": KEY,
        "api-sign": "4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp32"
        "bAb0nmbRn6H8ndwLUQ==",
        "content-type": FORM,
    }
    body = (
        b"nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy"
        b"&volume=1.25"
    )
    path = "/0/private/AddOrder"
    assert verifier().verify("POST", path, headers, body) is None
    changed = body.replace(b"1.25", b"9.25")
    assert verifier().verify("POST", path, headers, changed) == "EAPI:Invalid signature"


def test_accepts_the_published_json_vector_with_a_query() -> None:
    target = "/0/private/GetCustodyTask?id=TGWOJ4JQPOTZT2"
    signature = (
        "2rM09q8HG7LvjivBitQUybwZ/DSeO8+i0U/at/wclH2Jma6gMaE/0Nw9dyLR+ykMd5eWCngSL4K58i6u"
        "JzXDCw=="
    )
    body = b'{"nonce":1616492376594}'
    assert json_request(body, signature, target) is None
    for changed in (b'{"nonce": 1616492376594}', b'{"nonce":"1616492376594"}'):
        assert json_request(changed, signature, target) == "EAPI:Invalid signature"
    other = target.replace("TGWOJ", "XGWOJ")
    assert json_request(body, signature, other) == "EAPI:Invalid signature"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"asset": "ZUSD"},
        {"type": "closed position", "trades": "true"},
        {"txid": "OABC-1,ODEF-2", "note": "a&b=c+d%20é"},
    ],
)
def test_accepts_what_krakenex_signs(fields: dict[str, str]) -> None:
    nonce = str(time.time_ns())
    assert send(verifier(), nonce, **fields) is None


def ccxt_request(
    operation: str, fields: Mapping[str, object]
) -> tuple[str, dict[str, str], bytes]:
    client = ccxt.kraken({"apiKey": KEY, "secret": SECRET})
    signed = client.sign(operation, ["private"], "POST", dict(fields))
    target = signed["url"].removeprefix("https://api.kraken.com")
    return target, signed["headers"], signed["body"].encode()


@pytest.mark.parametrize(
    ("operation", "fields", "kind"),
    [
        ("Balance", {}, FORM),
        ("ClosedOrders", {"start": 5, "closetime": "both"}, FORM),
        ("TradesHistory", {"type": "any position", "ofs": 50}, FORM),
        ("CancelOrderBatch", {"orders": ["OABC-1", "Ö"]}, "application/json"),
    ],
)
def test_accepts_what_ccxt_signs(
    operation: str, fields: dict[str, object], kind: str
) -> None:
    target, headers, body = ccxt_request(operation, fields)
    assert headers["Content-Type"] == kind
    assert target == f"/0/private/{operation}"
    assert verifier().verify("POST", target, headers, body) is None


def test_rejects_another_secret() -> None:
    other = KrakenSpotVerifier().environment["KRAKEN_API_SECRET"]
    headers, body = krakenex_request("5", secret=other)
    assert verifier().verify("POST", PATH, headers, body) == "EAPI:Invalid signature"


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("API-Key", None, "EAPI:Invalid key"),
        ("API-Key", "", "EAPI:Invalid key"),
        ("API-Key", "someone-else", "EAPI:Invalid key"),
        ("API-Sign", None, "EAPI:Invalid signature"),
        ("API-Sign", "", "EAPI:Invalid signature"),
        ("API-Sign", "not base64, é", "EAPI:Invalid signature"),
        ("Content-Type", None, "EGeneral:Invalid arguments"),
        ("Content-Type", "text/plain", "EGeneral:Invalid arguments"),
        ("Content-Type", "application/json", "EGeneral:Invalid arguments"),
    ],
)
def test_rejects_headers_that_are_missing_or_wrong(
    name: str, value: str | None, expected: str
) -> None:
    headers, body = krakenex_request("5")
    del headers[name]
    if value is not None:
        headers[name] = value
    assert verifier().verify("POST", PATH, headers, body) == expected


@pytest.mark.parametrize(
    "target", ["/0/private/BalanceEx", "/0/private/Balance?x=1", "/0/private/balance"]
)
def test_rejects_a_tampered_path(target: str) -> None:
    headers, body = krakenex_request("5")
    assert verifier().verify("POST", target, headers, body) == "EAPI:Invalid signature"


@pytest.mark.parametrize(
    "body", [b"nonce=5&x=1", b"nonce=6", b"nonce=5&", b"x=1&nonce=5"]
)
def test_rejects_a_changed_body(body: bytes) -> None:
    headers, _ = krakenex_request("5")
    assert verifier().verify("POST", PATH, headers, body) == "EAPI:Invalid signature"


def test_a_rejected_signature_does_not_use_the_nonce_up() -> None:
    checked = verifier()
    headers, body = krakenex_request("5")
    assert checked.verify("POST", PATH, headers, body + b"&") is not None
    assert checked.verify("POST", PATH, headers, body) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"asset=ZUSD", b"nonce=", b"nonce=abc", b"nonce=-1", b"nonce=%D9%A1"],
)
def test_rejects_a_form_without_a_usable_nonce(body: bytes) -> None:
    headers, _ = krakenex_request("5")
    assert verifier().verify("POST", PATH, headers, body) == "EAPI:Invalid nonce"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "EAPI:Invalid nonce"),
        (b"{}", "EAPI:Invalid nonce"),
        (b'{"nonce":true}', "EAPI:Invalid nonce"),
        (b'{"nonce":1.0}', "EAPI:Invalid nonce"),
        (b'{"nonce":-1}', "EAPI:Invalid nonce"),
        (b'{"nonce":null}', "EAPI:Invalid nonce"),
        (b'{"nonce":1,"nonce":2}', "EGeneral:Invalid arguments"),
        (b'{"nonce":' + b"9" * 5000 + b"}", "EGeneral:Invalid arguments"),
        (b"[1]", "EGeneral:Invalid arguments"),
        (b"{", "EGeneral:Invalid arguments"),
        (b"\xff", "EGeneral:Invalid arguments"),
        (b"[" * 100_000, "EGeneral:Invalid arguments"),
    ],
)
def test_rejects_json_that_is_broken_or_has_no_usable_nonce(
    body: bytes, expected: str
) -> None:
    assert json_request(body, "x") == expected


def test_rejects_a_form_that_gives_a_name_twice() -> None:
    headers, _ = krakenex_request("5")
    body = b"nonce=5&nonce=6"
    expected = "EGeneral:Invalid arguments"
    assert verifier().verify("POST", PATH, headers, body) == expected


@pytest.mark.parametrize(
    ("nonce", "expected"),
    [
        (str(2**64 - 1), None),
        (str(2**64), "EAPI:Invalid nonce"),
        ("0", None),
        ("9" * 20, "EAPI:Invalid nonce"),
        ("9" * 21, "EAPI:Invalid nonce"),
    ],
)
def test_a_nonce_is_an_unsigned_64_bit_number(nonce: str, expected: str | None) -> None:
    assert send(verifier(), nonce) == expected


def results(checked: KrakenSpotVerifier, *nonces: int) -> list[bool]:
    answers = [send(checked, str(nonce)) for nonce in nonces]
    assert set(answers) <= {None, "EAPI:Invalid nonce"}
    return [answer is None for answer in answers]


def test_without_a_window_every_nonce_must_be_higher_than_the_last() -> None:
    accepted = results(verifier(), 100, 100, 99, 101, 5, 102, 101, 1000, 999)
    expected = [True, False, False, True, False, True, False, True, False]
    assert accepted == expected


def test_within_the_window_a_lower_nonce_is_accepted_once() -> None:
    accepted = results(verifier(nonce_window=10), 100, 95, 95, 90, 89, 100, 99)
    assert accepted == [True, True, False, True, False, False, True]


def test_the_window_moves_with_the_highest_nonce() -> None:
    accepted = results(verifier(nonce_window=10), 100, 95, 108, 95, 97, 98, 120, 109)
    assert accepted == [True, True, True, False, False, True, True, False]


def test_remembered_nonces_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("static.sandbox_kraken_spot.MAX_REMEMBERED", 3)
    checked = verifier(nonce_window=1000)
    assert results(checked, 10, 20, 30, 40) == [True] * 4
    # 10 was forgotten, so everything up to it counts as used.
    assert results(checked, 10, 5, 11) == [False, False, True]


def test_otp_is_checked_when_it_is_required() -> None:
    checked = verifier(require_otp=True, otp_variable="OTP")
    otp = checked.environment["OTP"]
    assert len(otp) == 6
    expected = "EGeneral:Invalid arguments:otp"
    assert send(checked, "1") == expected
    assert send(checked, "2", otp=otp + "0") == expected
    assert send(checked, "3", otp=otp) is None
    # Set, or a real one could come from the operator's environment.
    assert verifier().environment["KRAKEN_OTP"] == ""


def test_the_counter_charges_history_calls_double_and_decays() -> None:
    now = 0.0
    checked = verifier(counter=(4, 0.5), clock=lambda: now)
    limited = "EAPI:Rate limit exceeded"
    ledgers, history = "/0/private/Ledgers", "/0/private/TradesHistory"
    assert send(checked, "1", ledgers) is None
    assert send(checked, "2") is None
    assert send(checked, "3", history) == limited  # counts nevertheless: now at 5
    assert send(checked, "4") == limited
    now = 3.9
    assert send(checked, "5") == limited
    now = 10.0
    assert send(checked, "6", history) is None
    now = 1000.0
    assert [send(checked, str(nonce)) for nonce in range(7, 12)] == [None] * 4 + [
        limited
    ]


def test_any_number_of_calls_is_accepted_without_a_counter() -> None:
    assert all(results(verifier(), *range(1, 100)))


def test_public_paths_need_no_credentials() -> None:
    assert verifier().verify("GET", "/0/public/Time", {}, b"") is None


def test_every_verifier_has_credentials_of_its_own() -> None:
    first = KrakenSpotVerifier(key_variable="K", secret_variable="S").environment
    second = KrakenSpotVerifier(key_variable="K", secret_variable="S").environment
    assert set(first) == {"K", "S", "KRAKEN_OTP"}
    assert (len(first["K"]), len(first["S"])) == (56, 88)
    assert first["K"] != second["K"]
    assert first["S"] != second["S"]


def test_a_sandbox_answers_in_the_envelope_of_kraken() -> None:
    async def main() -> None:
        checked = KrakenSpotVerifier(key=KEY, secret=SECRET)
        sandbox = Sandbox(
            {("POST", PATH): {"ZUSD": "1.0000"}},
            checked,
            SandboxOptions(errors=("EService:Busy",)),
            base_uri_variables=("SPOT_BASE_URI",),
        )

        async def call(path: str, nonce: str) -> tuple[int, bytes]:
            headers, body = krakenex_request(nonce, path)
            url = sandbox.base_url + path
            async with client.post(url, headers=headers, data=body) as answer:
                return answer.status, await answer.read()

        async with sandbox, aiohttp.ClientSession() as client:
            assert set(sandbox.environment) == {
                "KRAKEN_API_KEY",
                "KRAKEN_API_SECRET",
                "KRAKEN_OTP",
                "SPOT_BASE_URI",
            }
            assert await call(PATH, "1") == (200, b'{"error":["EService:Busy"]}')
            good = b'{"error":[],"result":{"ZUSD":"1.0000"}}'
            assert await call(PATH, "2") == (200, good)
            expected: JsonValue = json.loads(good)
            assert sandbox.expected("POST", PATH) == expected
            assert await call(PATH, "2") == (200, b'{"error":["EAPI:Invalid nonce"]}')
            unknown = b'{"error":["EGeneral:Unknown method"]}'
            assert await call("/0/private/Nothing", "3") == (404, unknown)
            assert (sandbox.accepted, sandbox.rejected) == (2, 2)
            assert sandbox.state()["last"] == {
                "method": "POST",
                "operation": "",
                "error": "unknown operation",
            }
            shown = f"{sandbox.state()}{sandbox.records}{checked!r}"
            assert KEY not in shown
            assert SECRET not in shown

    asyncio.run(main())
