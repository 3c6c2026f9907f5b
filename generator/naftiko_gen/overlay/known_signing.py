"""Hosts and spellings of credentials that mean a signing scheme with a module of its own."""

from __future__ import annotations

from naftiko_gen import aws_hosts
from naftiko_gen.ir import JsonObject, JsonValue
from naftiko_gen.names import constant
from naftiko_gen.signing_modules import MODULES, signing_of

#: Hosts of AWS that everybody may read.
_PUBLIC = ("redfin-public-data.",)
_STATIC = ("apikey", "basic", "bearer")
_AWS = {"accessKeyId": "access_key_id", "secretKey": "secret_access_key"}
_AWS |= {"secretAccessKey": "secret_access_key", "sessionToken": "session_token"}


def host_profile(
    base_uri: str, credential: JsonObject, namespace: str
) -> JsonObject | None:
    """A profile that signs, where the static ``credential`` cannot work at this address."""
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


def spelled(host: str, credential: JsonObject) -> JsonObject | None:
    """The ``signing`` block that a spelling of the catalogue means; None for any other."""
    kind = credential.get("type")
    if kind == "aws-sig-v4":
        return _aws(credential)
    if kind == "hmac" and host == "api.veracode.com":
        found = {"key": credential.get("apiId"), "secret": credential.get("apiKey")}
        return {"scheme": "veracode-hmac", "credentials": _given(found)}
    return None


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
