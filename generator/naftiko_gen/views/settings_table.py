"""The list of all settings, for the README, the example file and client configurations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from naftiko_gen import ir
from naftiko_gen.names import constant

from . import control, docs, formats, guards, metrics, pools, safeguards
from .credentials import credentials, credentials_of_calls
from .settings import bind_files, granted, variables_of_addresses


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable of the emitted package."""

    variable: Annotated[str, "its name"]
    meaning: Annotated[str, "what it is for"]
    default: Annotated[str, "its value when it is not set, if it has one"] = ""
    required: Annotated[bool, "whether it must be set"] = False
    serving: Annotated[bool, "whether it must be set to serve"] = False
    secret: Annotated[bool, "whether it is a secret"] = False


def table(capability: ir.Capability) -> list[Setting]:
    """Every variable, the ones that must be set first."""
    callers = _callers(capability)
    held = {
        variable: f", in place of {key} in the file of {file.namespace}"
        for file in bind_files(capability)
        for variable, key in file.keys
    }
    numbered = {
        c.variable
        for upstream in pools.pools(capability)
        for c in (upstream.signing.credentials if upstream.signing else ())
    }
    secrets = [
        Setting(
            c.variable,
            _kind(c)
            + ("" if c.required else ", only if the key needs it")
            + held.get(c.variable, "")
            + (", numbered for several keys" if c.variable in numbered else ""),
            required=c.required and c.variable not in held,
            secret=True,
        )
        for c in credentials(capability)
        if c.variable not in callers
    ]
    secrets += [
        Setting(
            c.password,
            f"Password of {c.variable}, only if it is encrypted",
            secret=True,
        )
        for c in credentials(capability)
        if c.password
    ]
    known = {setting.variable for setting in secrets}
    for upstream in capability.upstreams:
        for variable in variables_of_addresses(upstream):
            if variable not in known:
                known.add(variable)
                meaning = f"Part of the address of the upstream {upstream.namespace}"
                meaning += held.get(variable, "")
                needed = variable not in held
                secrets.append(Setting(variable, meaning, required=needed))
    for variable in control.variables(capability.observability):
        if variable not in known:
            meaning = f"Part of the address of the collector{held.get(variable, '')}"
            needed = variable not in held
            secrets.append(Setting(variable, meaning, required=needed))
    for file in bind_files(capability):
        meaning = f"File or folder of the values of {file.namespace}"
        secrets.append(Setting(file.variable, meaning, file.path))
    secrets.sort(key=lambda setting: not setting.required)
    return [
        *secrets,
        *callers.values(),
        *_upstream_settings(capability),
        *(
            Setting(*row)
            for row in (pools.settings() if pools.pools(capability) else ())
        ),
        *(Setting(*row) for row in control.settings(capability.observability)),
        *_server_settings(capability),
    ]


def _kind(credential: ir.Credential) -> str:
    if credential.decode == "pem":
        return (
            "Private key in PEM form, or the path of a PEM file or a PKCS #12 key store"
        )
    return "Secret" + ("" if credential.decode == "none" else f" ({credential.decode})")


def _callers(capability: ir.Capability) -> dict[str, Setting]:
    """Variables about callers that nothing else needs."""
    found: dict[str, Setting] = {}
    for adapter, access in guards.guarded(capability):
        meaning = f"Secret that callers of {adapter.namespace} present"
        if access.oauth is not None:
            meaning = f"Who asks about the tokens of callers of {adapter.namespace}"
        for c in access.credentials:
            secret = Setting(c.variable, meaning, serving=True, secret=True)
            found.setdefault(c.variable, secret)
        for text, kind in zip(access.adjustables, ("Issuer", "Resource"), strict=False):
            meaning = f"{kind} of the access tokens for {adapter.namespace}"
            found.setdefault(
                text.variable,
                Setting(text.variable, meaning, text.default, serving=not text.default),
            )
    taken = {c.variable for c in credentials_of_calls(capability)}
    return {name: setting for name, setting in found.items() if name not in taken}


def _address(upstream: ir.Upstream) -> Setting:
    meaning = f"Address of the upstream {upstream.namespace}"
    if not upstream.base_variables:
        return Setting(f"{upstream.variable}_BASE_URI", meaning, upstream.base_uri)
    written = f"{meaning}, in place of {upstream.base_uri} with its variables"
    return Setting(f"{upstream.variable}_BASE_URI", written)


def _upstream_settings(capability: ir.Capability) -> list[Setting]:
    found: list[Setting] = []
    for upstream in capability.upstreams:
        v = upstream.variable
        found += [
            _address(upstream),
            Setting(f"{v}_CONNECT_TIMEOUT", "Seconds to connect, 0 for no limit", "10"),
            Setting(
                f"{v}_READ_TIMEOUT", "Seconds between two reads, 0 for no limit", "30"
            ),
            Setting(
                f"{v}_TOTAL_TIMEOUT",
                "Seconds for a whole call, and to wait in line; 0 for no limit",
                "60",
            ),
            Setting(
                f"{v}_POOL_LIMIT", "Connections to the upstream, 0 for no limit", "100"
            ),
            Setting(
                f"{v}_MAX_RESPONSE",
                "Largest answer in bytes",
                str(formats.max_response(capability, upstream)),
            ),
        ]
        grant = granted(upstream)
        if grant is not None:
            found += _grant_settings(upstream, grant)
        if upstream.signing is not None:
            found += _signing_settings(upstream, upstream.signing)
    return found


def _grant_settings(upstream: ir.Upstream, grant: ir.TokenGrant) -> list[Setting]:
    v, meaning = upstream.variable, "Where access tokens come from"
    if not grant.endpoint.template:
        meaning += "; found out from the authorization server when not set"
    endpoint = "" if grant.endpoint.variables else grant.endpoint.template
    return [
        Setting(f"{v}_TOKEN_ENDPOINT", meaning, endpoint),
        Setting(
            f"{v}_CLIENT_AUTH",
            "How the client's credentials are sent: basic (a header) or post (the form)",
            "basic",
        ),
    ]


def _signing_settings(upstream: ir.Upstream, signing: ir.Signing) -> list[Setting]:
    found = []
    if signing.delivery == "window":
        found.append(
            Setting(
                signing.window_variable,
                "Nonce window that the key is configured with, in nanoseconds; "
                "any but 0 lets calls overlap and allows several workers",
                "0",
            )
        )
    found += [
        Setting(
            f"{upstream.variable}_QUEUE_LIMIT", "Calls that may wait for the key", "256"
        ),
    ]
    if signing.tiers:
        names = ", ".join(tier.name for tier in signing.tiers)
        found.append(
            Setting(
                signing.tier_variable,
                f"Tier of the account ({names}): calls are then held back before its limit",
            )
        )
    return found


def _server_settings(capability: ir.Capability) -> list[Setting]:
    prefix = constant(capability.package)
    return [
        Setting(f"{prefix}_BODY_LIMIT", "Largest request body in bytes", "1048576"),
        Setting(
            f"{prefix}_ALLOW_UNKNOWN_FIELDS",
            "Pass on fields that are not known",
            "false",
        ),
        Setting(
            f"{prefix}_ALLOWED_HOSTS",
            "More Host values that are answered, comma-separated; * for any",
        ),
        Setting(
            f"{prefix}_ALLOWED_ORIGINS",
            "More Origin values that are answered, comma-separated",
        ),
        Setting(
            f"{prefix}_DRAIN_TIMEOUT", "Seconds for calls in flight at shutdown", "10"
        ),
        *(_choice(prefix) if capability.mcp else ()),
        *(Setting(*row) for row in safeguards.settings(prefix)),
        *(_docs(capability) if capability.docs else ()),
        *(
            Setting(*row)
            for row in (metrics.settings(prefix) if capability.metrics else ())
        ),
        Setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "WARNING"),
    ]


def _docs(capability: ir.Capability) -> tuple[Setting]:
    meaning = (
        "REST adapters show their contract as a page, /docs; so they do with --sandbox"
    )
    return (Setting(docs.variable(capability), meaning, "false"),)


def _choice(prefix: str) -> tuple[Setting]:
    """What an operator allows of the tools."""
    return (
        Setting(
            f"{prefix}_MCP_TOOLS",
            "MCP tools that are offered, comma-separated, with * and ?; all unless set",
        ),
    )
