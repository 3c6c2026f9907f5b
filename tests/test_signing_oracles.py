"""1,000 random requests for each scheme: generated signers against other implementations.

Oracles are the providers' own clients and ccxt; where none is light enough to be installed,
a few lines written from the provider's documentation. Each is asked only what it can say;
where that is less than a signer gets, the case says so.
Set SIGNING_SEED to repeat a run: it stands in each message.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import importlib
import json
import os
import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import ccxt  # type: ignore[import-untyped]
import duo_client.client as duo  # type: ignore[import-untyped]
import krakenex  # type: ignore[import-untyped]
import pytest
from akamai.edgegrid.edgegrid import EdgeGridAuthHeaders  # type: ignore[import-untyped]
from azure.cosmos import auth as cosmos
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from standardwebhooks import Webhook
from telesign.rest import RestClient  # type: ignore[import-untyped]

from emitted import ROOT
from signing_packages import PRESETS, TOKENS, VECTORS, module, signer

RUNS = 1000
SEED = int(os.environ.get("SIGNING_SEED", "0")) or random.randrange(1, 2**31)
HOST = "api.provider.example"
FORM, JSON, TEXT = "application/x-www-form-urlencoded", "application/json", "text/plain"
#: Letters, what URLs reserve, and what is more than one byte; a few of them at a time.
LETTERS = "abcXYZ0189-._~ !\"#$%&'()*+,/:;<=>?@[\\]^`{|}éßñ漢字🐙\u200d\x7f\n\t"
CREDENTIALS: dict[str, dict[str, str]] = {}
for _vector in VECTORS:
    CREDENTIALS.setdefault(_vector["scheme"], _vector["credentials"])


@dataclass(frozen=True, slots=True)
class Request:
    """A request before it is signed, its nonce, and the time in nanoseconds."""

    method: str
    path: str
    pairs: tuple[tuple[str, str], ...]
    body: bytes
    media_type: str
    nonce: str
    now: int

    @property
    def query(self) -> str:
        return urlencode(self.pairs, quote_via=quote, safe="")

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.pairs else self.path

    @property
    def time(self) -> datetime:
        return datetime.fromtimestamp(self.now // 10**9, UTC)


def text(rng: random.Random, least: int = 0) -> str:
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(least, 8)))


def pairs(rng: random.Random) -> tuple[tuple[str, str], ...]:
    found = [(text(rng, 1), text(rng)) for _ in range(rng.choice((0, 0, 1, 2, 3)))]
    if found and rng.random() < 0.4:
        found.append((rng.choice(found)[0], text(rng)))
    return tuple(found)


def content(rng: random.Random, method: str) -> tuple[bytes, str]:
    """A body and its type: none, a form, JSON, a text, or the parts of an upload."""
    kind = rng.choice(("none", FORM, JSON, TEXT, "upload"))
    if kind == "none" or method in ("GET", "DELETE"):
        return b"", ""
    if kind == FORM:
        data = urlencode(pairs(rng), quote_via=quote, safe="").encode()
        return data, FORM if data else ""
    if kind == JSON:
        members = {text(rng, 1): text(rng) for _ in range(rng.randint(0, 3))}
        return json.dumps(members, ensure_ascii=False).encode(), JSON
    if kind == TEXT:
        return text(rng, 1).encode(), TEXT
    head = '--b\r\nContent-Disposition: form-data; name="f"; filename="a.bin"\r\n\r\n'
    data = head.encode() + rng.randbytes(rng.randint(0, 60)) + b"\r\n--b--\r\n"
    return data, "multipart/form-data; boundary=b"


def request(rng: random.Random) -> Request:
    method = rng.choice(("GET", "POST", "PUT", "DELETE"))
    parts = [quote(text(rng, 1), safe="") for _ in range(rng.randint(1, 3))]
    # A path has no dot segments: whoever fills it in is refused.
    path = "/" + "/".join("x" if part in (".", "..") else part for part in parts)
    nonce = str(rng.randrange(10**15, 10**16))
    now = rng.randrange(10**18, 2 * 10**18)
    return Request(method, path, pairs(rng), *content(rng, method), nonce, now)


class Signing:
    """The generated signer of a scheme, at any time."""

    def __init__(self, scheme: str, **options: Any) -> None:
        injects = options.pop("injects", True)
        address = options.pop("base_uri", f"https://{HOST}")
        self.now = 0
        self.content = module(scheme, "encoding", injects=injects).Content
        self.signer = signer(
            scheme,
            options.pop("credentials", CREDENTIALS[scheme]),
            base_uri=address,
            clock=lambda: self.now,
            injects=injects,
            options=options,
        )

    def sign(self, made: Request, **headers: str) -> Any:
        body = self.content(made.body, made.media_type) if made.body else None
        return self.sign_body(made.method, made.target, body, made, **headers)

    def sign_body(
        self, method: str, target: str, body: Any, made: Request, **headers: str
    ) -> Any:
        self.now = made.now
        return self.signer.sign(method, target, headers, body, made.nonce)


def requests(scheme: str) -> Any:
    """Random requests, and a message that says how to get them again."""
    rng = random.Random(f"{SEED} {scheme}")
    for number in range(RUNS):
        made = request(rng)
        yield rng, made, f"SIGNING_SEED={SEED}, request {number}: {made}"


def same(sent: Mapping[str, str], expected: Mapping[str, str], message: str) -> None:
    found = {name.lower(): value for name, value in sent.items()}
    for name, value in expected.items():
        assert found.get(name.lower()) == value, f"{name}: {message}"


# Exchanges, against ccxt. It writes queries and bodies itself, from a dictionary: no key
# is repeated, and what it leaves unencoded in a query has no reserved characters here.


@dataclass(frozen=True, slots=True)
class Exchange:
    """How ccxt calls a private operation; ``plain`` when it does not encode queries."""

    name: str
    api: tuple[str, ...]
    paths: Mapping[str, str]
    plain: bool = False
    injects: bool = True


EXCHANGES = {
    "kraken-futures": Exchange(
        "krakenfutures", ("private",), {"GET": "fills", "POST": "sendorder"}
    ),
    "binance": Exchange(
        *("binance", ("private",), {"GET": "myTrades", "POST": "order"}),
        injects=False,
    ),
    "bybit-v5": Exchange(
        "bybit",
        ("private",),
        {"GET": "v5/order/realtime", "POST": "v5/order/create"},
        plain=True,
    ),
    "okx-v5": Exchange(
        "okx", ("private",), {"GET": "account/balance", "POST": "trade/order"}
    ),
    "coinbase-exchange": Exchange(
        "coinbaseexchange", ("private",), {"GET": "fills", "POST": "orders"}
    ),
    "bitfinex-v2": Exchange("bitfinex", ("private",), {"POST": "auth/r/wallets"}),
    "kucoin-v2": Exchange(
        *("kucoin", ("private",), {"GET": "accounts", "POST": "hf/orders"}), plain=True
    ),
    "gate-v4": Exchange(
        "gate", ("private", "spot"), {"GET": "accounts", "POST": "orders"}
    ),
    "bitget-v2": Exchange(
        "bitget",
        ("private", "spot"),
        {"GET": "v2/spot/account/assets", "POST": "v2/spot/trade/place-order"},
    ),
    "mexc-v3": Exchange("mexc", ("spot", "private"), {"GET": "account"}, injects=False),
    "bitstamp-v2": Exchange("bitstamp", ("private",), {"POST": "user_transactions/"}),
    "gemini": Exchange("gemini", ("private",), {"POST": "v1/mytrades"}),
    "htx-v2": Exchange(
        "htx",
        ("spot", "private"),
        {"GET": "v1/order/orders", "POST": "v1/order/place"},
    ),
    "deribit": Exchange("deribit", ("private",), {"GET": "get_positions"}),
}
#: What ccxt sends on its own account.
OWN_HEADERS = re.compile(
    "content-type|accept|source|referer|kc-api-partner.*|x-channel.*"
)
HTX = {"AccessKeyId", "SignatureMethod", "SignatureVersion", "Timestamp", "Signature"}


def client_of(name: str, credentials: Mapping[str, str]) -> Any:
    exchange = getattr(ccxt, name)(
        {
            "apiKey": credentials["key"],
            "secret": credentials["secret"],
            "password": credentials.get("passphrase"),
        }
    )
    exchange.options["timeDifference"] = 0
    return exchange


def set_clock(client: Any, scheme: str, made: Request) -> None:
    milliseconds = made.now // 10**6
    if scheme == "htx-v2":
        milliseconds -= milliseconds % 1000  # ccxt rounds seconds.
    client.milliseconds = lambda: milliseconds
    client.seconds = lambda: milliseconds // 1000
    counted = {"coinbase-exchange": milliseconds // 1000}
    nonce = int(made.nonce)
    own = scheme in ("bitfinex-v2", "gemini", "deribit")
    client.nonce = lambda: nonce if own else counted.get(scheme, milliseconds)
    client.incrementing_nonce = lambda *_: nonce
    client.uuid = lambda *_: made.nonce


@pytest.mark.parametrize("scheme", EXCHANGES)
def test_ccxt_signs_alike(scheme: str) -> None:
    exchange = EXCHANGES[scheme]
    client = client_of(exchange.name, CREDENTIALS[scheme])
    api: Any = list(exchange.api)
    called, path = next(iter(exchange.paths.items()))
    address = urlsplit(client.sign(path, api, called)["url"])
    base_uri = f"https://{address.netloc}"
    ours = Signing(scheme, injects=exchange.injects, base_uri=base_uri)
    for rng, made, message in requests(scheme):
        method = rng.choice(list(exchange.paths))
        fields = dict(made.pairs)
        if exchange.plain and method == "GET":
            fields = {name: str(i) for i, name in enumerate("ab"[: len(fields)])}
        if scheme == "htx-v2":
            # Where names of the caller stand among those of the scheme is not documented.
            fields = dict(zip("abcd", fields.values(), strict=False))
        set_clock(client, scheme, made)
        signed = client.sign(exchange.paths[method], api, method, fields)
        url = urlsplit(signed["url"])
        query, body, target = url.query, signed["body"], f"{url.path}?{url.query}"
        media_type = signed["headers"].get("Content-Type", "")
        if scheme == "htx-v2":
            parts = [f for f in query.split("&") if f.partition("=")[0] not in HTX]
            query = "&".join(parts)
        elif scheme in ("binance", "mexc-v3"):
            query = re.sub("&signature=[^&]*$", "", query)
            body = body and re.sub("&signature=[^&]*$", "", body)
        content: Any = ours.content(body.encode(), media_type) if body else None
        unsigned = f"{url.path}?{query}" if query else url.path
        if scheme == "gemini":
            content = fields
        if scheme == "kraken-futures":
            # ccxt sends none, which is hashed as an empty text.
            made = replace(made, nonce="")
        done = ours.sign_body(method, unsigned, content, made)
        expected = {
            name: value
            for name, value in signed["headers"].items()
            if not OWN_HEADERS.fullmatch(name.lower())
        }
        same(done.headers, expected, message)
        assert done.target == (target if url.query else url.path), message
        if scheme == "binance" and method == "POST":
            assert done.data.decode() == signed["body"], message


def test_krakenex_signs_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "generated" / "kraken"))
    package = "kraken_capability"
    hidden = importlib.import_module(f"{package}.environment").Secret
    kind = importlib.import_module(f"{package}.signing").KrakenSpotSigner
    own = CREDENTIALS["kraken-spot"]
    ours = kind(hidden(own["key"]), hidden(own["secret"]))
    client = krakenex.API(own["key"], own["secret"])
    for _, made, message in requests("kraken-spot"):
        fields: dict[str, Any] = dict(made.pairs)
        done = ours.sign("POST", made.target, {}, fields, made.nonce)
        # Its body is a form with the nonce where it stands in the dictionary.
        expected = client._sign({"nonce": made.nonce, **fields}, made.target)
        assert done.headers["API-Sign"] == expected, message
        form = parse_qsl(done.data.decode(), keep_blank_values=True)
        assert dict(form) == {"nonce": made.nonce, **fields}, message
        # A list makes the body JSON, which krakenex does not write.
        done = ours.sign(
            "POST", made.target, {}, {**fields, "a": [made.path]}, made.nonce
        )
        inner = hashlib.sha256(made.nonce.encode() + done.data).digest()
        key = base64.b64decode(own["secret"])
        digest = _mac(key, made.target.encode() + inner, "sha512")
        assert done.headers["API-Sign"] == _base64(digest), message


# What the others want to find, by scheme: headers, or the fields that end the query.

Expected = Mapping[str, str]
STAMPS = {
    "http": lambda made: format_datetime(made.time, usegmt=True),
    "rfc2822": lambda made: formatdate(made.now // 10**9),
}


def _mac(key: bytes, data: bytes | str, digest: str = "sha256") -> bytes:
    return hmac.digest(key, data.encode() if isinstance(data, str) else data, digest)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _sorted(made: Request) -> list[tuple[str, str]]:
    return sorted(made.pairs)


def edgegrid(made: Request, own: Mapping[str, str]) -> Expected:
    tokens = (own["client_token"], own["secret"], own["access_token"])
    asked = SimpleNamespace(
        url=f"https://{HOST}{made.target}",
        method=made.method,
        headers={},
        body=made.body,
    )
    stamp = made.time.strftime("%Y%m%dT%H:%M:%S+0000")
    made_header = EdgeGridAuthHeaders(*tokens).make_auth_header
    return {"Authorization": made_header(asked, stamp, made.nonce)}


def _duo(made: Request, own: Mapping[str, str], version: int, digest: Any) -> Expected:
    carried = made.method in ("POST", "PUT")
    fields = parse_qsl(made.body.decode(), keep_blank_values=True) if carried else []
    params: dict[str, list[str]] = {}
    for name, value in fields if carried else made.pairs:
        params.setdefault(name, []).append(value)
    # From version 5 on, what a body says is signed as the body.
    body = made.body.decode() if version == 5 else None
    signed = {} if version == 5 and carried else params
    date = STAMPS["rfc2822"](made)
    keys = (own["ikey"], own["secret"], made.method, HOST, made.path, date, version)
    header = duo.sign(*keys, signed, body=body, digestmod=digest)
    return {"Date": date, "Authorization": header}


def telesign(made: Request, own: Mapping[str, str]) -> Expected:
    found = RestClient.generate_telesign_headers(
        *(own["key"], own["secret"], made.method, made.path, made.body.decode()),
        date_rfc2616=STAMPS["http"](made),
        nonce=made.nonce,
        content_type=made.media_type,
    )
    return {name: found[name] for name in ("Authorization", "Date", "x-ts-nonce")}


def link(rng: random.Random) -> str:
    """The path of a resource: kinds and names, which are signed as they read without escapes."""
    parts = []
    for kind in ("dbs", "colls", "docs")[: rng.randint(1, 3)]:
        name = text(rng, 1).replace("/", "-")
        parts += [kind, quote(f"n{name}", safe="")]
    return "/" + "/".join(parts[: rng.choice((None, -1))])


def azure(made: Request, own: Mapping[str, str]) -> Expected:
    segments = [unquote(part) for part in made.path.strip("/").split("/")]
    kinds = segments[-1] if len(segments) % 2 else segments[-2]
    link = "/".join(segments[:-1] if len(segments) % 2 else segments)
    date = STAMPS["http"](made).lower()
    sign: Any = cosmos._get_authorization_header
    client = SimpleNamespace(master_key=own["secret"], resource_tokens=None)
    header = sign(
        client, made.method, made.path, link, True, kinds, {"x-ms-date": date}
    )
    return {"authorization": quote(header, safe="")}


def webhooks(made: Request, own: Mapping[str, str]) -> Expected:
    body = made.body.decode()
    signature = Webhook(own["secret"]).sign(made.nonce, made.time, body)
    return {"webhook-signature": signature, "webhook-id": made.nonce}


def github(made: Request, own: Mapping[str, str]) -> Expected:
    """docs.github.com, "Validating webhook deliveries"."""
    digest = _mac(own["secret"].encode(), made.body).hex()
    return {"X-Hub-Signature-256": f"sha256={digest}"}


def marvel(made: Request, own: Mapping[str, str]) -> Expected:
    """developer.marvel.com, "Authorizing and signing requests"."""
    stamp = str(made.now // 10**9)
    digest = hashlib.md5(f"{stamp}{own['secret']}{own['key']}".encode()).hexdigest()
    return {"?": f"ts={stamp}&apikey={own['key']}&hash={digest}"}


def podcasts(made: Request, own: Mapping[str, str]) -> Expected:
    """podcastindex-org.github.io, "Authentication details"."""
    stamp = str(made.now // 10**9)
    digest = hashlib.sha1(f"{own['key']}{own['secret']}{stamp}".encode()).hexdigest()
    return {"X-Auth-Date": stamp, "X-Auth-Key": own["key"], "Authorization": digest}


def veracode(made: Request, own: Mapping[str, str]) -> Expected:
    """docs.veracode.com, "Enable HMAC": keys of nonce, time and version."""
    stamp = str(made.now // 10**6)
    key = bytes.fromhex(own["secret"])
    for part in (bytes.fromhex(made.nonce), stamp.encode(), b"vcode_request_version_1"):
        key = _mac(key, part)
    data = f"id={own['key']}&host={HOST}&url={made.target}&method={made.method}"
    parts = f"id={own['key']},ts={stamp},nonce={made.nonce},sig={_mac(key, data).hex()}"
    return {"Authorization": f"VERACODE-HMAC-SHA-256 {parts}"}


def tuya(made: Request, own: Mapping[str, str]) -> Expected:
    """developer.tuya.com, "Signature": values as they are meant, names in order."""
    query = "&".join(f"{name}={value}" for name, value in _sorted(made))
    stamp, digest = str(made.now // 10**6), hashlib.sha256(made.body).hexdigest()
    url = f"{made.path}?{query}" if query else made.path
    data = f"{own['key']}{own['access_token']}{stamp}{made.method}\n{digest}\n\n{url}"
    signature = _mac(own["secret"].encode(), data).hex().upper()
    return {"sign": signature, "t": stamp, "client_id": own["key"]}


def exoscale(made: Request, own: Mapping[str, str]) -> Expected:
    """openapi-v2.exoscale.com, "API request signature"; a name that is repeated is not described."""
    expires = str(made.now // 10**9 + 600)
    values = "".join(value for _, value in _sorted(made))
    lines = (f"{made.method} {made.path}", made.body.decode(), values, "", expires)
    signature = _base64(_mac(own["secret"].encode(), "\n".join(lines)))
    names = ";".join(name for name, _ in _sorted(made))
    listed = f",signed-query-args={names}" if names else ""
    head = f"EXO2-HMAC-SHA256 credential={own['key']}{listed},expires={expires}"
    return {"Authorization": f"{head},signature={signature}"}


def cybersource(made: Request, own: Mapping[str, str]) -> Expected:
    """developer.cybersource.com, "Generate HTTP signature"."""
    lines = [f"host: {HOST}", f"date: {STAMPS['http'](made)}"]
    lines += [f"request-target: {made.method.lower()} {made.target}"]
    names = "host date request-target"
    found: dict[str, str] = {}
    if made.method in ("POST", "PUT"):
        found["Digest"] = f"SHA-256={_base64(hashlib.sha256(made.body).digest())}"
        lines, names = [*lines, f"digest: {found['Digest']}"], f"{names} digest"
    lines += [f"v-c-merchant-id: {own['merchant_id']}"]
    key = base64.b64decode(own["secret"])
    signature = _base64(_mac(key, "\n".join(lines)))
    found["Signature"] = (
        f'keyid="{own["key"]}", algorithm="HmacSHA256", '
        f'headers="{names} v-c-merchant-id", signature="{signature}"'
    )
    return found


PEM = load_pem_private_key(CREDENTIALS["oci-http-signature"]["secret"].encode(), None)


def oracle_cloud(made: Request, own: Mapping[str, str]) -> Expected:
    """docs.oracle.com, "Request signatures" (draft-cavage-http-signatures-08)."""
    names = "date (request-target) host"
    lines = [f"date: {STAMPS['http'](made)}"]
    lines += [f"(request-target): {made.method.lower()} {made.target}", f"host: {HOST}"]
    if made.method in ("POST", "PUT"):
        names += " content-length content-type x-content-sha256"
        lines += [f"content-length: {len(made.body)}"]
        # Their clients send this type with an empty body.
        lines += [f"content-type: {made.media_type or JSON}"]
        lines += [f"x-content-sha256: {_base64(hashlib.sha256(made.body).digest())}"]
    assert isinstance(PEM, RSAPrivateKey)
    data = "\n".join(lines).encode()
    signature = _base64(PEM.sign(data, padding.PKCS1v15(), hashes.SHA256()))
    head = f'Signature algorithm="rsa-sha256",headers="{names}",keyId="{own["key"]}"'
    found = {"authorization": f'{head},signature="{signature}",version="1"'}
    if made.method in ("POST", "PUT"):
        found["content-type"] = made.media_type or JSON
    return found


def _form_only(made: Request) -> bool:
    return made.media_type in ("", FORM)


def _text_only(made: Request) -> bool:
    return not made.media_type.startswith("multipart")


def _typed(made: Request) -> bool:
    """Their client says that an empty body is a form; ours sends no type, and signs none."""
    return _text_only(made) and bool(made.body or made.method in ("GET", "DELETE"))


def _any(made: Request) -> bool:
    return True


def _once(made: Request) -> bool:
    return _text_only(made) and len(dict(made.pairs)) == len(made.pairs)


#: What signs alike, and the requests that it can be asked about.
ORACLES: dict[
    str, tuple[Callable[[Request, Mapping[str, str]], Expected], Callable[..., bool]]
] = {
    "akamai-edgegrid": (edgegrid, _any),
    "azure-cosmos-masterkey": (azure, _any),
    "cybersource-http-signature": (cybersource, _any),
    "duo-v2": (lambda made, own: _duo(made, own, 2, hashlib.sha1), _form_only),
    "duo-v5": (lambda made, own: _duo(made, own, 5, hashlib.sha512), _text_only),
    "exoscale-exo2": (exoscale, _once),
    "hmac-body": (github, _any),
    "marvel-md5": (marvel, _any),
    "oci-http-signature": (oracle_cloud, _any),
    "podcastindex": (podcasts, _any),
    "standard-webhooks": (webhooks, _text_only),
    "telesign-tsa": (telesign, _typed),
    "tuya": (tuya, _any),
    "veracode-hmac": (veracode, _any),
}


@pytest.mark.parametrize("scheme", ORACLES)
def test_another_implementation_signs_alike(scheme: str) -> None:
    ours = Signing(scheme)
    oracle, speaks_of = ORACLES[scheme]
    for rng, made, message in requests(scheme):
        while not speaks_of(made):
            made = request(rng)
        if scheme == "azure-cosmos-masterkey":
            made = replace(made, path=link(rng))
        done = ours.sign(made)
        expected = dict(oracle(made, CREDENTIALS[scheme]))
        added = expected.pop("?", "")
        mark = "&" if made.pairs else "?"
        target = f"{made.target}{mark}{added}" if added else made.target
        assert done.target == target, message
        assert (done.data or b"") == made.body, message
        same(done.headers, expected, message)


def test_every_preset_has_another_implementation() -> None:
    # What signs with a token is compared with PyJWT, in tests of its own.
    assert {*EXCHANGES, *ORACLES} == set(PRESETS) - set(TOKENS)
