"""Hosts and spellings of credentials that mean a signing scheme with a module of its own."""

from __future__ import annotations

import re

from naftiko_gen import aws_hosts, cloud_hosts, presets
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.names import constant
from naftiko_gen.signing_modules import MODULES, signing_of

#: Hosts of AWS that everybody may read.
_PUBLIC = ("redfin-public-data.",)
_MASTERCARD = re.compile(r"https://([a-z]+\.)*api\.mastercard\.com(/.*)?")
_MASTERCARD_ROLES = {"consumerKey": "consumer_key", "signingKey": "signing_key"}
_SNOWFLAKE = re.compile(r"https://[^/]+\.snowflakecomputing\.com(/.*)?")
_KEY_PAIR = "snowflake-jwt"
_STATIC = ("apikey", "basic", "bearer")
_AWS = {"accessKeyId": "access_key_id", "secretKey": "secret_access_key"}
_AWS |= {"secretAccessKey": "secret_access_key", "sessionToken": "session_token"}


def host_profile(
    base_uri: str, credential: JsonObject, namespace: str
) -> JsonObject | None:
    """A profile that signs, where the static ``credential`` cannot work at this address."""
    if _MASTERCARD.fullmatch(base_uri) and credential.get("type") in _STATIC:
        signing = signing_of("mastercard")
        title = MODULES["mastercard"].title
        return {"host": "api.mastercard.com", "title": title, "signing": signing}
    if _SNOWFLAKE.fullmatch(base_uri) and _short_lived(credential):
        signing = {"scheme": _KEY_PAIR, **presets.usual(_KEY_PAIR)}
        return {
            "host": "snowflakecomputing.com",
            "title": "Snowflake",
            "signing": signing,
        }
    cloud = cloud_hosts.read_host(base_uri)
    if cloud is not None:
        return _cloud(base_uri, cloud, credential, namespace)
    host = aws_hosts.read_host(base_uri)
    if host is None or credential.get("type") not in _STATIC:
        return None
    if not aws_hosts.takes_only_signatures(host) or any(p in base_uri for p in _PUBLIC):
        return None
    signing = signing_of("aws-sigv4")
    variables = signing["credentials"]
    if isinstance(variables, dict) and not host.region and host.placeholder is None:
        variables["region"] = f"{constant(namespace)}_REGION"
    title = MODULES["aws-sigv4"].title
    return {"host": "amazonaws.com", "title": title, "signing": signing}


def _cloud(
    base_uri: str, host: cloud_hosts.CloudHost, credential: JsonObject, namespace: str
) -> JsonObject | None:
    # The catalogue also writes `name` for `key`.
    key = credential.get("key", credential.get("name"))
    kind, value = credential.get("type"), credential.get("value")
    if kind not in _STATIC:
        return None
    if not cloud_hosts.takes_only_signatures(host, kind, key, value):
        return None
    signing = signing_of(host.scheme)
    variables = signing["credentials"]
    needs_region = host.scheme == "volcengine-v4" and not host.region
    if isinstance(variables, dict) and host.placeholder is None and needs_region:
        variables["region"] = f"{constant(namespace)}_REGION"
    if isinstance(variables, dict) and "account" in variables:
        # The address says it.
        del variables["account"]
    title = MODULES[host.scheme].title
    address = base_uri.partition("//")[2].partition("/")[0]
    return {"host": address, "title": title, "signing": signing}


def spelled(host: str, credential: JsonObject) -> JsonObject | None:
    """The ``signing`` block that a spelling of the catalogue means; None for any other."""
    kind = credential.get("type")
    if kind == "aws-sig-v4":
        return _aws(credential)
    if kind == "oauth1" and "signingKey" in credential:
        found = {r: credential.get(key) for key, r in _MASTERCARD_ROLES.items()}
        return {"scheme": "mastercard", "credentials": _given(found)}
    if kind == "hmac" and host == "api.veracode.com":
        found = {"key": credential.get("apiId"), "secret": credential.get("apiKey")}
        return {"scheme": "veracode-hmac", "credentials": _given(found)}
    return None


def _short_lived(credential: JsonObject) -> bool:
    """Whether this is a token of a key pair, which is good for an hour; others last."""
    token = credential.get("token")
    return credential.get("type") == "bearer" and "JWT" in str(token).upper()


def _aws(credential: JsonObject) -> JsonObject:
    block = signing_of("aws-sigv4")
    own = _given({r: credential[k] for k, r in _AWS.items() if k in credential})
    usual = block["credentials"]
    names: JsonObject = {**usual, **own} if isinstance(usual, dict) else own
    if "session_token" not in own:
        # Which variable holds it depends on the one that holds the key.
        del names["session_token"]
    for key in ("region", "service"):
        value = credential.get(key)
        if isinstance(value, str) and "{{" in value and key == "region":
            names["region"] = value
        elif isinstance(value, str) and value:
            block[key] = value
    block["credentials"] = names
    return block


def _given(found: dict[str, JsonValue]) -> JsonObject:
    return {role: value for role, value in found.items() if isinstance(value, str)}
