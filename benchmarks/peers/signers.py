"""The signers of a generated package against the providers' own clients, in one process.

`benchmarks.signing` runs it with the peers' interpreter. It prints seconds for a call of
each, one number for each round, as JSON.
"""

import argparse
import base64
import importlib
import inspect
import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from benchmarks.pairs import interleave

PACKAGE = "signers_capability"
SECRET = base64.b64encode(bytes(range(64))).decode()
NONCE = "1700000000000000"
HOST = "provider.example"
FORM = {"symbol": "BTCUSDT", "side": "BUY", "type": "LIMIT", "quantity": "1"}
Call = Callable[[], object]
Case = tuple[str, str, Call, Call]

#: Exchange of ccxt, what it calls its private API, and a call.
EXCHANGES: dict[str, tuple[str, Any, str, str]] = {
    "kraken-spot": ("kraken", ["private"], "POST", "AddOrder"),
    "kraken-futures": ("krakenfutures", ["private"], "GET", "accounts"),
    "binance": ("binance", ["private"], "GET", "account"),
    "bybit-v5": ("bybit", ["private"], "GET", "v5/account/wallet-balance"),
    "okx-v5": ("okx", ["private"], "GET", "account/balance"),
    "coinbase-exchange": ("coinbaseexchange", ["private"], "GET", "accounts"),
    "bitfinex-v2": ("bitfinex", ["private"], "POST", "auth/r/wallets"),
    "kucoin-v2": ("kucoin", ["private"], "GET", "accounts"),
    "gate-v4": ("gate", ["private", "spot"], "GET", "accounts"),
    "bitget-v2": ("bitget", ["private", "spot"], "GET", "v2/spot/account/assets"),
    "mexc-v3": ("mexc", ["spot", "private"], "GET", "account"),
    "bitstamp-v2": ("bitstamp", ["private"], "POST", "account_balances/"),
    "gemini": ("gemini", ["private"], "POST", "v1/balances"),
    "htx-v2": ("htx", ["private"], "GET", "account/accounts"),
    "deribit": ("deribit", ["private"], "GET", "get_account_summary"),
}


def generated(scheme: str, key: str = SECRET, **options: str) -> Any:
    """The signer of a scheme, as the package sets it up."""
    module = importlib.import_module(f"{PACKAGE}.signing_{scheme.replace('-', '_')}")
    secret = importlib.import_module(f"{PACKAGE}.environment").Secret
    [kind] = (
        found
        for found in vars(module).values()
        if inspect.isclass(found) and found.__module__ == module.__name__
    )
    given: dict[str, Any] = {}
    for role, parameter in inspect.signature(kind).parameters.items():
        if role == "base_uri":
            given[role] = f"https://{HOST}"
        elif role in options:
            given[role] = options[role]
        elif parameter.default is inspect.Parameter.empty:
            optional = "None" in str(parameter.annotation)
            text = key if role in ("secret", "signing_key") else "some-key"
            given[role] = None if optional else secret(text)
    return kind(**given)


def exchanges() -> Iterator[Case]:
    """Calls of ccxt, and the same calls signed by the package."""
    ccxt: Any = importlib.import_module("ccxt")
    keys = {
        "apiKey": "account-key",
        "secret": SECRET,
        "password": "some-key",
        "uid": "1",
    }
    for scheme, (name, api, method, path) in EXCHANGES.items():
        theirs, ours = getattr(ccxt, name)(keys), generated(scheme)
        if method == "POST":
            params, target, body = FORM, f"/{path}", dict(FORM)
        else:
            params = {"symbol": "BTCUSDT", "limit": "10"}
            target, body = f"/{path}?symbol=BTCUSDT&limit=10", None
        yield (
            scheme,
            "ccxt",
            partial(ours.sign, method, target, {}, body, NONCE),
            partial(theirs.sign, path, api, method, params),
        )


def krakenex() -> Iterator[Case]:
    peer: Any = importlib.import_module("krakenex")
    ours, theirs = generated("kraken-spot"), peer.API("some-key", SECRET)
    data = {"nonce": NONCE, **FORM}
    yield (
        "kraken-spot",
        "krakenex",
        lambda: ours.sign("POST", "/0/private/AddOrder", {}, FORM, NONCE),
        lambda: theirs._sign(data, "/0/private/AddOrder"),
    )


def aws() -> Iterator[Case]:
    """A call with a body, and one with a query; making its request is a part of botocore's."""
    auth: Any = importlib.import_module("botocore.auth")
    request: Any = importlib.import_module("botocore.awsrequest").AWSRequest
    keys = importlib.import_module("botocore.credentials").Credentials(
        "some-key", "key"
    )
    content = importlib.import_module(f"{PACKAGE}.encoding").Content
    kind = "application/x-amz-json-1.0"
    headers = {"Content-Type": kind, "X-Amz-Target": "DynamoDB_20120810.ListTables"}
    data = b'{"Limit":10}'
    ours = generated("aws-sigv4", region="us-east-1", service="dynamodb")
    theirs = auth.SigV4Auth(keys, "dynamodb", "us-east-1")
    yield (
        "aws-sigv4",
        "botocore",
        lambda: ours.sign("POST", "/", headers, content(data, kind), ""),
        lambda: theirs.add_auth(
            request("POST", f"https://{HOST}/", dict(headers), data=data)
        ),
    )
    target = "/folder/a%20file?versionId=3&x=1"
    files = generated("aws-sigv4", region="us-east-1", service="s3")
    others = auth.S3SigV4Auth(keys, "s3", "us-east-1")
    yield (
        "aws-sigv4 of S3",
        "botocore",
        lambda: files.sign("GET", target, {}, None, ""),
        lambda: others.add_auth(request("GET", f"https://{HOST}{target}", {})),
    )


def oauth() -> Iterator[Case]:
    client: Any = importlib.import_module("oauthlib.oauth1").Client
    ours, theirs = generated("oauth1"), client("some-key", "some-key")
    target = "/1/statuses?include_entities=true&page=2"
    yield (
        "oauth1",
        "oauthlib",
        lambda: ours.sign("GET", target, {}, None, NONCE),
        lambda: theirs.sign(f"https://{HOST}{target}", "GET"),
    )


def private_keys() -> Iterator[Case]:
    """Schemes with a private key, which takes nearly all of the time."""
    forms: Any = importlib.import_module("cryptography.hazmat.primitives.serialization")
    folder = "cryptography.hazmat.primitives.asymmetric"
    rsa = importlib.import_module(f"{folder}.rsa").generate_private_key(65537, 2048)
    ed25519 = importlib.import_module(f"{folder}.ed25519")
    other = ed25519.Ed25519PrivateKey.generate()

    def pem(key: Any) -> str:
        how = forms.Encoding.PEM, forms.PrivateFormat.PKCS8, forms.NoEncryption()
        text: bytes = key.private_bytes(*how)
        return text.decode()

    mastercard: Any = importlib.import_module("oauth1.oauth").OAuth
    target = "/atms/v1/atm?PageOffset=0&PageLength=10&PostalCode=11101"
    ours = generated("mastercard", pem(rsa))
    yield (
        "mastercard",
        "mastercard-oauth1-signer",
        lambda: ours.sign("GET", target, {}, None, NONCE),
        lambda: mastercard.get_authorization_header(
            f"https://{HOST}{target}", "GET", "", "some-key", rsa
        ),
    )
    jwt: Any = importlib.import_module("jwt")
    token = generated("coinbase-cdp-jwt", pem(other))

    def encode() -> object:
        now = int(time.time())
        claims = {"sub": "some-key", "iss": "cdp", "nbf": now, "exp": now + 120}
        claims["uri"] = f"GET {HOST}/v3/accounts"
        headers = {"kid": "some-key", "nonce": NONCE}
        return jwt.encode(claims, other, "EdDSA", headers)

    yield (
        "coinbase-cdp-jwt",
        "PyJWT",
        lambda: token.sign("GET", "/v3/accounts", {}, None, NONCE),
        encode,
    )


def others() -> Iterator[Case]:
    webhook: Any = importlib.import_module("standardwebhooks").Webhook(SECRET)
    moment: Any = importlib.import_module("datetime")
    content = importlib.import_module(f"{PACKAGE}.encoding").Content
    hook = generated("standard-webhooks")
    event = content(b'{"event":"ping"}', "application/json")
    yield (
        "standard-webhooks",
        "standardwebhooks",
        lambda: hook.sign("POST", "/hook", {}, event, NONCE),
        lambda: webhook.sign(
            NONCE, moment.datetime.now(moment.UTC), '{"event":"ping"}'
        ),
    )
    duo: Any = importlib.import_module("duo_client.client")
    formatdate: Any = importlib.import_module("email.utils").formatdate
    lists = {"realname": ["First Last"], "username": ["root"]}
    flat = {"realname": "First Last", "username": "root"}
    ours, path = generated("duo-v2"), "/accounts/v1/list"
    yield (
        "duo-v2",
        "duo-client",
        lambda: ours.sign("POST", path, {}, flat, NONCE),
        # Writing the body is a part of ours.
        lambda: (
            duo.sign("key", SECRET, "POST", HOST, path, formatdate(), 2, lists),
            duo.canon_params(lists),
        ),
    )


def cases() -> Iterator[Case]:
    """Scheme, peer, our call and the peer's."""
    for some in (exchanges, krakenex, aws, oauth, private_keys, others):
        yield from some()


def timed(call: Call, calls: int) -> float:
    """Seconds of CPU for one call."""
    started = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - started) / calls


def main() -> None:
    """Measure, and print one object for each case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--calls", type=int, default=300)
    options = parser.parse_args()
    found = []
    for scheme, peer, ours, theirs in cases():
        variants = {
            "ours": partial(timed, ours, options.calls),
            "theirs": partial(timed, theirs, options.calls),
        }
        samples = interleave(variants, options.rounds)
        found.append({"scheme": scheme, "peer": peer, **samples})
    print(json.dumps(found))


if __name__ == "__main__":
    main()
