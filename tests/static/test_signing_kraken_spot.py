"""Kraken Spot signatures: published vectors, two other clients, and the wire."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote

import ccxt  # type: ignore[import-untyped]
import krakenex  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from static.encoding import Content
from static.environment import Secret
from static.errors import CallError
from static.pacing import NonceSource
from static.reply import JsonObject, JsonValue
from static.signed_upstream import SignedUpstream
from static.signer import Signed
from static.signing_kraken_spot import KrakenSpotSigner
from static.transport import Transport

# The sample secret and nonce of Kraken's own guides.
SECRET = (
    "kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6"
    "F1huXg=="
)
NONCE = "1616492376594"


def signer(otp: str | None = None) -> KrakenSpotSigner:
    factor = None if otp is None else Secret(otp)
    return KrakenSpotSigner(Secret("public"), Secret(SECRET), factor)


def test_the_published_vector_of_a_form() -> None:
    _, data, headers = signer().sign(
        "POST",
        "/0/private/AddOrder",
        {},
        {
            "ordertype": "limit",
            "pair": "XBTUSD",
            "price": 37500,
            "type": "buy",
            "volume": 1.25,
        },
        NONCE,
    )
    assert data == (
        b"nonce=1616492376594&ordertype=limit&pair=XBTUSD&price=37500&type=buy"
        b"&volume=1.25"
    )
    assert headers == {
        "API-Key": "public",
        "API-Sign": "4/dpxb3iT4tp/ZCVEwSnEsLxx0bqyhLpdfOpc6fn7OR8+UClSV5n9E6aSS8MPtnRfp"
        "32bAb0nmbRn6H8ndwLUQ==",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def test_the_published_vector_of_json_with_a_query() -> None:
    data = signer().json({}, NONCE)
    assert data == b'{"nonce":1616492376594}'
    target = "/0/private/GetCustodyTask?id=TGWOJ4JQPOTZT2"
    assert signer().signature(target, data, NONCE) == (
        "2rM09q8HG7LvjivBitQUybwZ/DSeO8+i0U/at/wclH2Jma6gMaE/0Nw9dyLR+ykMd5eWCngSL4K58i"
        "6uJzXDCw=="
    )


def test_a_form_is_text_the_way_kraken_reads_it() -> None:
    body: JsonObject = {
        "type": "closed position",
        "trades": True,
        "ledgers": False,
        "userref": None,
        "ofs": 50,
        "price": 1e-7,
        "volume": 2.5e21,
        "pair": "XXBT/ZUSD,é~*",
    }
    _, data, headers = signer("12 3").sign(
        "POST", "/0/private/TradesHistory", {}, body, NONCE
    )
    assert data == (
        b"nonce=1616492376594&type=closed+position&trades=true&ledgers=false&ofs=50"
        b"&price=0.0000001&volume=2500000000000000000000"
        b"&pair=XXBT%2FZUSD%2C%C3%A9~%2A&otp=12+3"
    )
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_a_list_or_an_object_makes_the_body_json() -> None:
    values: tuple[JsonValue, ...] = ([{"asset": "é"}], {"asset": "é"})
    for value in values:
        body: JsonObject = {"rebase_multiplier": None, "flag": True, "pair": value}
        _, data, headers = signer("123").sign(
            "POST", "/0/private/TradeVolume", {}, body, NONCE
        )
        assert data is not None
        assert headers["Content-Type"] == "application/json"
        assert list(json.loads(data)) == ["nonce", *body, "otp"]
        assert json.loads(data) == {"nonce": int(NONCE), **body, "otp": "123"}
        assert b" " not in data
        assert "é".encode() in data


def test_a_whole_number_has_no_fraction_of_zero() -> None:
    # To JSON Schema 1.0 is an integer, so callers may send it where Kraken reads one.
    body: JsonObject = {"ofs": 50.0, "start": 1.7e9, "low": -0.0}
    _, data, _ = signer().sign("POST", "/0/private/Ledgers", {}, body, NONCE)
    assert data == f"nonce={NONCE}&ofs=50&start=1700000000&low=0".encode()
    _, data, _ = signer().sign(
        "POST", "/0/private/Ledgers", {}, {**body, "pair": []}, NONCE
    )
    assert data == (
        f'{{"nonce":{NONCE},"ofs":50,"start":1700000000,"low":0,"pair":[]}}'.encode()
    )


def test_no_body_is_the_nonce_alone() -> None:
    _, data, _ = signer().sign("POST", "/0/private/Balance", {}, None, NONCE)
    assert data == b"nonce=1616492376594"


@pytest.mark.parametrize("name", ["nonce", "otp"])
def test_callers_cannot_set_what_the_signer_sets(name: str) -> None:
    with pytest.raises(CallError) as caught:
        signer().sign("POST", "/0/private/Balance", {}, {name: "1"}, NONCE)
    assert (caught.value.status, caught.value.code) == (400, "invalid_input")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
@pytest.mark.parametrize("other", [1, [1]])
def test_values_that_cannot_be_sent(value: float | str, other: int | list[int]) -> None:
    body: JsonObject = {"a": value, "b": 1}
    body["c"] = [1] if isinstance(other, list) else 1
    with pytest.raises(CallError) as caught:
        signer().sign("POST", "/0/private/Balance", {}, body, NONCE)
    assert (caught.value.status, caught.value.code) == (400, "invalid_input")


@pytest.mark.parametrize("secret", ["", "not*base64", "abc", "clé"])
def test_a_secret_that_is_not_base64_is_refused_without_naming_it(secret: str) -> None:
    with pytest.raises(ValueError, match=r"^the API secret is not valid base64$"):
        KrakenSpotSigner(Secret("public"), Secret(secret))


text = st.text(st.characters(exclude_categories=["Cs"]))
names = text.filter(lambda name: name not in ("nonce", "otp"))
flat = st.dictionaries(names, st.one_of(text, st.integers(), st.booleans()))
secrets = st.binary(min_size=1, max_size=200).map(lambda key: base64.b64encode(key))
nonces = st.integers(min_value=1, max_value=2**64 - 1)


def as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@given(body=flat, secret=secrets, nonce=nonces)
def test_krakenex_signs_alike(body: JsonObject, secret: bytes, nonce: int) -> None:
    ours = KrakenSpotSigner(Secret("public"), Secret(secret.decode()))
    _, data, headers = ours.sign("POST", "/0/private/Ledgers", {}, body, str(nonce))
    assert data is not None
    client = krakenex.API("public", secret.decode())
    members = {"nonce": nonce, **{name: as_text(body[name]) for name in body}}
    assert headers["API-Sign"] == client._sign(members, "/0/private/Ledgers")
    assert parse_qsl(data.decode(), keep_blank_values=True) == [
        (name, str(value)) for name, value in members.items()
    ]


words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", min_size=1)


class Ccxt(ccxt.kraken):  # type: ignore[misc]
    """ccxt's client, with a nonce that we choose."""

    chosen = "0"

    def incrementing_nonce(self) -> str:
        return self.chosen


CLIENT = Ccxt({"apiKey": "public"})


@given(body=st.dictionaries(words, words), secret=secrets, nonce=nonces)
def test_ccxt_signs_forms_alike(body: JsonObject, secret: bytes, nonce: int) -> None:
    CLIENT.secret, CLIENT.chosen = secret.decode(), str(nonce)
    theirs = CLIENT.sign("Ledgers", ["private"], "POST", body)
    ours = KrakenSpotSigner(Secret("public"), Secret(secret.decode()))
    _, data, headers = ours.sign("POST", "/0/private/Ledgers", {}, body, str(nonce))
    assert data is not None
    assert data.decode() == theirs["body"]
    assert headers == theirs["headers"]


@given(orders=st.lists(text), secret=secrets, nonce=nonces)
def test_ccxt_signs_json_alike(orders: list[str], secret: bytes, nonce: int) -> None:
    CLIENT.secret, CLIENT.chosen = secret.decode(), str(nonce)
    theirs = CLIENT.sign("CancelOrderBatch", ["private"], "POST", {"orders": orders})
    ours = KrakenSpotSigner(Secret("public"), Secret(secret.decode()))
    signature = ours.signature(
        "/0/private/CancelOrderBatch", theirs["body"].encode(), str(nonce)
    )
    assert signature == theirs["headers"]["API-Sign"]


@pytest.mark.parametrize("body", [[1], "text", Content(b"a=1", "text/plain")])
def test_a_body_is_an_object(body: JsonValue | Content) -> None:
    with pytest.raises(CallError) as caught:
        signer().sign("POST", "/0/private/Balance", {}, body, NONCE)
    assert caught.value.status == 400


def test_what_leaves_on_the_wire_is_what_was_signed() -> None:
    signed: list[Signed] = []
    received: list[bytes] = []

    class Recording(KrakenSpotSigner):
        def sign(
            self,
            method: str,
            target: str,
            headers: Mapping[str, str],
            body: JsonValue | Content,
            nonce: str,
        ) -> Signed:
            made = super().sign(method, target, headers, body, nonce)
            signed.append(made)
            return made

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            fields = dict(
                line.decode().split(": ", 1) for line in head.split(b"\r\n")[1:-2]
            )
            body = await reader.readexactly(int(fields["Content-Length"]))
            received.append(head + body)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            if len(received) == 2:
                break
        writer.close()

    async def run() -> None:
        listener = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        upstream = SignedUpstream(
            Transport(f"http://127.0.0.1:{port}", 5, 5, 0, 10, 10_000, "test/1"),
            Recording(Secret("public"), Secret(SECRET)),
            nonces=NonceSource().take,
        )
        odd = "a b+c,d&e=f/g?h#i%j~k*l'm\"né😀"
        values: tuple[JsonValue, ...] = (odd, [odd])
        for value in values:
            await upstream.send(
                "POST",
                "/0/private/" + quote(odd, safe=""),
                query=[("q", odd), (odd, "")],
                body={odd: value, "other": odd},
            )
        await upstream.close()
        listener.close()

    asyncio.run(run())
    assert len(signed) == len(received) == 2
    for (target, data, headers), request in zip(signed, received, strict=True):
        head, _, body = request.partition(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        assert lines[0] == b"POST " + target.encode() + b" HTTP/1.1"
        assert body == data
        for name, value in headers.items():
            assert f"{name}: {value}".encode() in lines
