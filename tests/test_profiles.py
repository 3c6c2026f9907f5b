"""The provider profiles that the generator ships, checked as data.

A build trusts these files, so whatever a contributor can get wrong has to fail here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from naftiko_gen.diagnostics import Report
from naftiko_gen.overlay.profile import PROVIDERS, load

FILES = sorted(PROVIDERS.iterdir())
SCHEMAS = PROVIDERS.parent / "schemas"

ACCOUNT_DATA = (
    "Balance",
    "BalanceEx",
    "TradeBalance",
    "OpenOrders",
    "ClosedOrders",
    "QueryOrders",
    "TradesHistory",
    "QueryTrades",
    "OpenPositions",
    "Ledgers",
    "QueryLedgers",
    "TradeVolume",
)


def profile_of(host: str) -> dict[str, Any]:
    report = Report()
    profile = load(host, report)
    assert report.diagnostics == ()
    assert profile is not None
    return profile


def complaints(schema: Any, value: Any) -> list[str]:
    validator = Draft202012Validator(schema)
    return [f"{e.json_path}: {e.message}" for e in validator.iter_errors(value)]


def nodes(value: Any) -> Iterator[Any]:
    yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, (dict, list)):
            yield from nodes(item)


@pytest.fixture(params=[file.stem for file in FILES], name="profile")
def _profile(request: pytest.FixtureRequest) -> dict[str, Any]:
    return profile_of(request.param)


@pytest.fixture(name="kraken")
def _kraken() -> dict[str, Any]:
    return profile_of("api.kraken.com")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.name))
def test_a_file_is_named_after_its_host(file: Path) -> None:
    assert file.name == f"{profile_of(file.stem)['host']}.yaml"


def test_the_profile_has_the_documented_format(profile: dict[str, Any]) -> None:
    schema = json.loads((SCHEMAS / "provider-profile.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert complaints(schema, profile) == []


def test_the_format_refuses_a_keyword_that_is_not_compiled(
    kraken: dict[str, Any],
) -> None:
    schema = json.loads((SCHEMAS / "provider-profile.json").read_text("utf-8"))
    body = kraken["operations"]["POST /0/private/Balance"]["requestBody"]
    body["properties"]["x"] = {"type": "string", "description": "x", "pattern": "x"}
    (complaint,) = complaints(schema, kraken)
    assert "'pattern' was unexpected" in complaint


def test_schemas_are_json_schema_and_samples_fit(profile: dict[str, Any]) -> None:
    for name, operation in profile["operations"].items():
        Draft202012Validator.check_schema(operation["requestBody"])
        Draft202012Validator.check_schema(operation["result"])
        assert complaints(operation["result"], operation["sample"]) == [], name


def test_samples_name_only_documented_members(profile: dict[str, Any]) -> None:
    def closed(schema: Any) -> Any:
        """``schema`` with every object of named members closed."""
        if isinstance(schema, list):
            return [closed(item) for item in schema]
        if not isinstance(schema, dict):
            return schema
        copy = {key: closed(value) for key, value in schema.items()}
        if isinstance(copy.get("properties"), dict) and "type" in copy:
            copy.setdefault("additionalProperties", False)
        return copy

    for name, operation in profile["operations"].items():
        assert complaints(closed(operation["result"]), operation["sample"]) == [], name


def test_defaults_and_required_members_fit_their_schemas(
    profile: dict[str, Any],
) -> None:
    for operation in profile["operations"].values():
        body = operation["requestBody"]
        assert set(body.get("required", [])) <= set(body["properties"])
        for name, schema in body["properties"].items():
            if "default" in schema:
                assert complaints(schema, schema["default"]) == [], name
                assert name not in body.get("required", [])


def test_no_rule_is_hidden_by_an_earlier_one(profile: dict[str, Any]) -> None:
    prefixes = [rule["prefix"] for rule in profile["errors"]["rules"]]
    for position, prefix in enumerate(prefixes):
        hiding = [p for p in prefixes[:position] if prefix.startswith(p)]
        assert hiding == [], f"{prefix!r} is never reached"
        assert not prefix.startswith(tuple(profile["errors"]["ignore"]))


def test_signing_names_credentials_that_exist(profile: dict[str, Any]) -> None:
    signing = profile["signing"]
    assert set(signing["optional"]) <= set(signing["credentials"])
    variables = [*signing["credentials"].values(), *signing["settings"].values()]
    assert len(set(variables)) == len(variables)
    counter = profile["limits"]["counter"]
    assert counter["default"] in counter["tiers"]


def test_what_the_signer_adds_is_nowhere_an_input(kraken: dict[str, Any]) -> None:
    facts = [kraken["operations"], kraken["shared"]]
    keys = {key for node in nodes(facts) if isinstance(node, dict) for key in node}
    assert keys.isdisjoint({"nonce", "otp"})
    for operation in kraken["operations"].values():
        assert not re.search(r"\b(nonce|otp)\b", json.dumps(operation), re.IGNORECASE)


def test_kraken_describes_the_account_data_operations(kraken: dict[str, Any]) -> None:
    expected = [f"POST /0/private/{name}" for name in ACCOUNT_DATA]
    assert list(kraken["operations"]) == expected
    for operation in kraken["operations"].values():
        rebase = operation["requestBody"]["properties"]["rebase_multiplier"]
        assert rebase["enum"] == ["rebased", "base", None]
        assert operation["permission"]
        assert operation["cost"] in (1, 2)


def test_kraken_history_calls_count_twice(kraken: dict[str, Any]) -> None:
    operations = kraken["operations"].items()
    double = [name for name, operation in operations if operation["cost"] == 2]
    assert double == ["POST /0/private/TradesHistory", "POST /0/private/Ledgers"]


@pytest.mark.parametrize(
    ("name", "body", "good"),
    [
        ("Balance", {}, True),
        ("Balance", {"rebase_multiplier": None}, True),
        ("Balance", {"rebase_multiplier": "other"}, False),
        ("Balance", {"nonce": 1}, False),
        ("Balance", {"otp": "1"}, False),
        ("OpenOrders", {"trades": True, "userref": -(2**31)}, True),
        ("OpenOrders", {"userref": 2**31}, False),
        ("OpenOrders", {"trades": "true"}, False),
        ("ClosedOrders", {"start": 1767182400, "end": "OA7KZQ-3MWTR-PX2VHD"}, True),
        ("ClosedOrders", {"start": 1.5}, False),
        ("ClosedOrders", {"closetime": "never"}, False),
        ("ClosedOrders", {"ofs": -1}, False),
        ("QueryOrders", {}, False),
        ("QueryOrders", {"txid": "OA7KZQ-3MWTR-PX2VHD"}, True),
        ("TradesHistory", {"type": "any position"}, True),
        ("QueryTrades", {"trades": True}, False),
        ("OpenPositions", {"consolidation": "market", "docalcs": True}, True),
        ("Ledgers", {"type": "nft_rebate", "asset": "XXBT,ZUSD"}, True),
        ("QueryLedgers", {"trades": True}, False),
        ("TradeVolume", {"pair": "XBTUSD,ETHUSD", "fee_schedule": True}, True),
        ("TradeVolume", {"pair": [{"asset": "XBTUSD", "aclass": "forex"}]}, True),
        ("TradeVolume", {"pair": ["XBTUSD"]}, False),
    ],
)
def test_kraken_request_bodies(
    kraken: dict[str, Any], name: str, body: Any, good: bool
) -> None:
    schema = kraken["operations"][f"POST /0/private/{name}"]["requestBody"]
    assert (complaints(schema, body) == []) is good


@pytest.mark.parametrize(
    ("message", "status", "kind"),
    [
        ("EAPI:Invalid key", 502, "credentials"),
        ("EAPI:Invalid signature", 502, "credentials"),
        ("EAPI:Invalid nonce", 503, "nonce"),
        ("EAPI:Rate limit exceeded", 429, "rate_limit"),
        ("EService: Throttled: 1767265200", 429, "throttle"),
        ("EService:Unavailable", 503, "outage"),
        ("EService:Busy", 503, "outage"),
        ("EService:Deadline elapsed", 504, "outage"),
        ("EService:Market in cancel_only mode", 503, "request"),
        ("EGeneral:Permission denied", 403, "permission"),
        ("EGeneral:Invalid arguments:txid", 400, "request"),
        ("EGeneral:Temporary lockout", 503, "lockout"),
        ("EGeneral:Internal error:17", 502, "outage"),
        ("EGeneral:Unknown method", 502, "request"),
        ("EQuery:Unknown asset pair", 404, "request"),
        ("EQuery:Unknown asset", 404, "request"),
        ("EOrder:Unknown order", 404, "request"),
        ("EOrder:Unknown position", 404, "request"),
        ("EOrder:Insufficient funds", 422, "request"),
        ("EAuth:Account unconfirmed", 403, "permission"),
        ("EAuth:Too many requests", 429, "rate_limit"),
        ("EBM:limit exceeded:CAL", 409, "request"),
        ("ENew:Something", 502, "request"),
    ],
)
def test_kraken_error_messages(
    kraken: dict[str, Any], message: str, status: int, kind: str
) -> None:
    rules = kraken["errors"]["rules"]
    found = [rule for rule in rules if message.startswith(rule["prefix"])]
    rule = found[0] if found else kraken["errors"]["otherwise"]
    assert (rule["status"], rule["kind"]) == (status, kind)
    assert ("after" in rule) is (kind == "throttle")


@pytest.mark.parametrize("name", ["min_fee", "minfee"])
def test_kraken_fee_tiers_in_both_spellings(kraken: dict[str, Any], name: str) -> None:
    result = kraken["operations"]["POST /0/private/TradeVolume"]["result"]
    for value in ("0.10", 0.1, None):
        answer = {"fees": {"XXBTZUSD": {name: value}, "XETHZUSD": None}}
        assert complaints(result, answer) == []
    assert complaints(result, {"fees": {"XXBTZUSD": {name: []}}}) != []


def test_kraken_consolidated_positions_are_a_list(kraken: dict[str, Any]) -> None:
    result = kraken["operations"]["POST /0/private/OpenPositions"]["result"]
    entry = {"pair": "XBTUSD", "positions": "2", "type": "buy", "vol": "0.3"}
    assert complaints(result, [entry]) == []
    assert complaints(result, "none") != []
