"""``settings.py``, and the list of variables for the README and the example file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    code,
    docstring,
    ident,
    joined,
    literal,
)

from . import guards


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable of the emitted package."""

    variable: str
    meaning: str
    default: str = ""
    required: bool = False
    serving: bool = False


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    agent = f"{capability.distribution}/0.1.0"
    fields: list[Code] = []
    values: list[Code] = []

    def add(name: str, kind: str, value: Call) -> None:
        fields.append(joined(ident(name), code(": "), annotation(kind)))
        values.append(literal(value, 12, f"{name}=", ","))

    names: list[str] = []
    for upstream in capability.upstreams:
        names.append(upstream.ident)
        reader = (code("environment"), upstream.variable, _base(upstream), agent)
        add(upstream.ident, "Transport", Call(code("read_transport"), reader))
    for credential in credentials(capability):
        names.append(credential.ident)
        kind = "Secret" if credential.required else "Secret | None"
        add(credential.ident, kind, _secret(credential))
    for upstream in capability.upstreams:
        for suffix, kind, value in _signing(upstream):
            names.append(f"{upstream.ident}_{suffix}")
            add(f"{upstream.ident}_{suffix}", kind, value)
    for text, reader_code in _adjustables(capability):
        names.append(text.ident)
        add(text.ident, "str", Call(reader_code, (text.variable, text.default)))
    prefix = constant(capability.package)
    for name, kind, reader_name, default in (
        ("body_limit", "int", "integer", 1_048_576),
        ("allow_unknown_fields", "bool", "flag", False),
        ("allowed_hosts", "tuple[str, ...]", "words", ()),
        ("allowed_origins", "tuple[str, ...]", "words", ()),
        ("drain_timeout", "float", "number", 10.0),
    ):
        names.append(name)
        keywords: tuple[tuple[str, Value], ...] = ()
        if reader_name in ("integer", "number"):
            keywords = (("minimum", 1 if reader_name == "integer" else 0),)
        read = joined(code("environment."), ident(reader_name))
        add(name, kind, Call(read, (f"{prefix}_{name.upper()}", default), keywords))
    return {
        "doc": docstring(
            f"The settings of {capability.label}, from the environment.", 0
        ),
        "secrets": bool(credentials(capability)),
        "fields": fields,
        "values": [
            joined(ident(name), code("="), value, code(","))
            for name, value in zip(names, values, strict=True)
        ],
    }


def _base(upstream: ir.Upstream) -> Value:
    if not upstream.base_variables:
        return upstream.base_uri
    arguments: tuple[Value, ...] = (
        f"{upstream.variable}_BASE_URI",
        upstream.base_template,
        upstream.base_variables,
    )
    return Call(code("environment.address"), arguments)


def credentials(capability: ir.Capability) -> tuple[ir.Credential, ...]:
    """Every secret that the package reads, once."""
    found: dict[str, ir.Credential] = {}
    for upstream in capability.upstreams:
        for holder in (upstream.authentication, upstream.signing):
            for credential in holder.credentials if holder else ():
                found.setdefault(credential.variable, credential)
    for credential in _of_templates(capability):
        found.setdefault(credential.variable, credential)
    for _, access in guards.guarded(capability):
        for credential in access.credentials:
            found.setdefault(credential.variable, credential)
    return tuple(found.values())


def _adjustables(capability: ir.Capability) -> list[tuple[ir.Adjustable, Code]]:
    """Every text about callers that an operator can replace, once, and how it is read."""
    found: dict[str, tuple[ir.Adjustable, Code]] = {}
    for _, access in guards.guarded(capability):
        if access.oauth is not None:
            issuer, resource = access.oauth.issuer, access.oauth.resource
            found.setdefault(issuer.variable, (issuer, code("environment.url")))
            found.setdefault(resource.variable, (resource, code("environment.text")))
    return list(found.values())


def _of_templates(capability: ir.Capability) -> Iterator[ir.Credential]:
    for operation in capability.operations:
        yield from operation.settings
    routes = [value for route in capability.routes for _, value in route.fixed]
    tools = [value for tool in capability.tools for _, value in tool.fixed]
    for value in (*routes, *tools):
        if isinstance(value, ir.Text):
            yield from (p for p in value.parts if isinstance(p, ir.Credential))


def _secret(credential: ir.Credential) -> Call:
    read = (
        code("environment.secret")
        if credential.required
        else code("environment.optional_secret")
    )
    arguments: tuple[Value, ...] = (credential.variable,)
    if credential.decode != "none":
        arguments = (credential.variable, credential.decode)
    return Call(read, arguments)


def _signing(upstream: ir.Upstream) -> list[tuple[str, str, Call]]:
    signing = upstream.signing
    if signing is None:
        return []
    minimum: tuple[tuple[str, Value], ...] = (("minimum", 0),)
    found = [
        (
            "window",
            "int",
            Call(code("environment.integer"), (signing.window_variable, 0), minimum),
        ),
        (
            "queue_limit",
            "int",
            Call(
                code("environment.integer"),
                (f"{upstream.variable}_QUEUE_LIMIT", 256),
                minimum,
            ),
        ),
    ]
    if signing.tiers:
        tiers = tuple(tier.name for tier in signing.tiers)
        found.append(
            (
                "tier",
                "str | None",
                Call(code("environment.choice"), (signing.tier_variable, tiers)),
            )
        )
    return found


def table(capability: ir.Capability) -> list[Setting]:
    """Every variable, the ones that must be set first."""
    secrets = [
        Setting(
            c.variable,
            "Secret"
            + (" (base64)" if c.decode == "base64" else "")
            + ("" if c.required else ", only if the key needs it"),
            required=c.required,
        )
        for c in credentials(capability)
        if c.variable not in _callers(capability)
    ]
    known = {setting.variable for setting in secrets}
    for upstream in capability.upstreams:
        for variable in dict.fromkeys(upstream.base_variables):
            if variable not in known:
                known.add(variable)
                meaning = f"Part of the address of the upstream {upstream.namespace}"
                secrets.append(Setting(variable, meaning, required=True))
    secrets.sort(key=lambda setting: not setting.required)
    secrets += _callers(capability).values()
    return [*secrets, *_upstream_settings(capability), *_server_settings(capability)]


def _callers(capability: ir.Capability) -> dict[str, Setting]:
    """Variables about callers that nothing else needs."""
    found: dict[str, Setting] = {}
    for adapter, access in guards.guarded(capability):
        for c in access.credentials:
            who = (
                "Secret that callers of" if access.oauth is None else "Client that asks"
            )
            what = "present" if access.oauth is None else "about tokens"
            meaning = f"{who} {adapter.namespace} {what}"
            if access.oauth is not None:
                meaning = f"{who} {what} of callers of {adapter.namespace}"
            found.setdefault(c.variable, Setting(c.variable, meaning, serving=True))
        for text, kind in zip(access.adjustables, ("Issuer", "Resource"), strict=False):
            meaning = f"{kind} of the access tokens for {adapter.namespace}"
            found.setdefault(
                text.variable,
                Setting(text.variable, meaning, text.default, serving=not text.default),
            )
    others = [u.authentication or u.signing for u in capability.upstreams]
    taken = {c.variable for held in others if held for c in held.credentials}
    taken |= {c.variable for c in _of_templates(capability)}
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
            Setting(f"{v}_MAX_RESPONSE", "Largest answer in bytes", "33554432"),
        ]
        if upstream.signing is not None:
            found += _signing_settings(upstream, upstream.signing)
    return found


def _signing_settings(upstream: ir.Upstream, signing: ir.Signing) -> list[Setting]:
    found = [
        Setting(
            signing.window_variable,
            "Nonce window that the key is configured with, in nanoseconds; "
            "any but 0 lets calls overlap and allows several workers",
            "0",
        ),
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
        Setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "WARNING"),
    ]
