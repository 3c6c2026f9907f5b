"""``settings.py``: everything that an operator can set, typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    from_import,
    ident,
    joined,
    literal,
    statement,
)

from . import control, formats, guards, pools
from .credentials import credentials

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import Settings

#: What an operator allows of the tools.
_CHOSEN: tuple[tuple[str, str, str, Value], ...] = (
    ("mcp_tools", "tuple[str, ...]", "words", ()),
)


def view(capability: ir.Capability) -> Settings:
    """The context of the template."""
    agent = f"{capability.distribution}/{capability.release}"
    fields: list[Code] = []
    values: list[Code] = []

    def add(name: str, kind: str, value: Call) -> None:
        fields.append(joined(ident(name), code(": "), annotation(kind)))
        values.append(literal(value, 12, f"{name}=", ","))

    names: list[str] = []
    for upstream in capability.upstreams:
        names.append(upstream.ident)
        reader = (code("environment"), upstream.variable, _base(upstream), agent)
        size = formats.max_response(capability, upstream)
        usual = size == formats.USUAL
        more = () if usual else (("max_response", size),)
        add(upstream.ident, "Transport", Call(code("read_transport"), reader, more))
        if granted(upstream) is not None:
            names.append(f"{upstream.ident}_grant")
            add(f"{upstream.ident}_grant", "Grant", _grant(upstream))
    numbered = {
        credential.variable
        for upstream in pools.pools(capability)
        for credential in (upstream.signing.credentials if upstream.signing else ())
    }
    for credential in credentials(capability):
        if credential.variable in numbered:
            continue
        names.append(credential.ident)
        kind = "Secret" if credential.required else "Secret | None"
        add(credential.ident, kind, _secret(credential))
    for upstream in capability.upstreams:
        if upstream.signing is not None and pools.pooled(capability, upstream):
            names.append(f"{upstream.ident}_keys")
            keys = pools.read_keys(upstream.signing)
            add(f"{upstream.ident}_keys", "tuple[Key, ...]", keys)
        for suffix, kind, value in _signing(upstream):
            names.append(f"{upstream.ident}_{suffix}")
            add(f"{upstream.ident}_{suffix}", kind, value)
    if numbered:
        names.append("nonce_sharing")
        add("nonce_sharing", "Sharing", pools.read_sharing(capability))
    for text, reader_code in _adjustables(capability):
        names.append(text.ident)
        add(text.ident, "str", Call(reader_code, (text.variable, text.default)))
    if capability.observability is not None:
        names.append("otlp_endpoint")
        add("otlp_endpoint", "str", control.endpoint(capability.observability))
    prefix = constant(capability.package)
    server: tuple[tuple[str, str, str, Value], ...] = (
        ("body_limit", "int", "integer", 1_048_576),
        ("allow_unknown_fields", "bool", "flag", False),
        ("allowed_hosts", "tuple[str, ...]", "words", ()),
        ("allowed_origins", "tuple[str, ...]", "words", ()),
        ("drain_timeout", "float", "number", 10.0),
        *(_CHOSEN if capability.mcp else ()),
        *((("docs", "bool", "flag", False),) if capability.docs else ()),
    )
    for name, kind, reader_name, default in server:
        names.append(name)
        keywords: tuple[tuple[str, Value], ...] = ()
        if reader_name in ("integer", "number"):
            keywords = (("minimum", 1 if reader_name == "integer" else 0),)
        read = joined(code("environment."), ident(reader_name))
        add(name, kind, Call(read, (f"{prefix}_{name.upper()}", default), keywords))
    names.append("safeguards")
    guarded = Call(code("read_safeguards"), (code("environment"), prefix))
    add("safeguards", "Safeguards", guarded)
    return {
        "doc": docstring(
            f"The settings of {capability.label}, from the environment.", 0
        ),
        "imports": _imports(capability),
        "files": [_file(file) for file in bind_files(capability)],
        "environment": _environment(capability),
        "transports": bool(capability.upstreams),
        "fields": fields,
        "values": [
            joined(ident(name), code("="), value, code(","))
            for name, value in zip(names, values, strict=True)
        ],
    }


def _base(upstream: ir.Upstream) -> Value:
    if not upstream.base_variables:
        return upstream.base_uri
    address = ir.Address(upstream.base_template, upstream.base_variables)
    return _filled(f"{upstream.variable}_BASE_URI", address)


def _filled(setting: str, address: ir.Address) -> Value:
    if not address.variables:
        return address.template
    arguments: tuple[Value, ...] = (setting, address.template, address.variables)
    return Call(code("environment.address"), arguments)


def _grant(upstream: ir.Upstream) -> Call:
    grant = granted(upstream)
    assert grant is not None
    # Who sets the endpoint need not set what only the addresses of the capability need.
    setting = f"{upstream.variable}_TOKEN_ENDPOINT"
    keywords: dict[str, Value] = {"issuer": _filled(setting, grant.issuer)}
    if grant.endpoint.template:
        keywords["endpoint"] = _filled(setting, grant.endpoint)
    if grant.scopes:
        keywords["scopes"] = grant.scopes
    for name, text in (("resource", grant.resource), ("audience", grant.audience)):
        if text:
            keywords[name] = text
    arguments = (code("environment"), upstream.variable)
    return Call(code("read_grant"), arguments, tuple(keywords.items()))


def granted(upstream: ir.Upstream) -> ir.TokenGrant | None:
    """The grant of an upstream that takes access tokens."""
    authentication = upstream.authentication
    return None if authentication is None else authentication.grant


def variables_of_addresses(upstream: ir.Upstream) -> list[str]:
    """The variables of the addresses, which are no secrets."""
    grant = granted(upstream)
    more = () if grant is None else (*grant.issuer.variables, *grant.endpoint.variables)
    return list(dict.fromkeys((*upstream.base_variables, *more)))


def _imports(capability: ir.Capability) -> list[Code]:
    names = [] if bind_files(capability) else ["Environment"]
    pooled = pools.pools(capability)
    own = {c for u in pooled for c in (u.signing.credentials if u.signing else ())}
    names += ["Secret"] if set(credentials(capability)) - own else []
    lines = [from_import(code(".environment"), names)] if names else []
    if bind_files(capability):
        helpers = ["BindFile", "BoundEnvironment"]
        lines.insert(0, from_import(code(".bind_files"), helpers))
    if private_keys(capability):
        lines.append(code("from .key_settings import read_key"))
    if pooled:
        helpers = ["Key", "Sharing", "read_keys", "read_sharing"]
        lines.append(from_import(code(".numbered_keys"), helpers))
    if any(granted(upstream) is not None for upstream in capability.upstreams):
        lines.append(code("from .oauth import Grant, read_grant"))
    if capability.observability is not None:
        lines.append(code("from .otlp import read_endpoint"))
    return lines


def _file_name(file: ir.BindFile) -> str:
    return f"{constant(file.namespace)}_FILE"


def _file(file: ir.BindFile) -> Code:
    made = Call(code("BindFile"), (file.variable, file.path, dict(file.keys)))
    return assign(_file_name(file), made)


def _environment(capability: ir.Capability) -> Code:
    files = [ident(_file_name(file)) for file in bind_files(capability)]
    kind = code("BoundEnvironment") if files else code("Environment")
    return statement(code("environment ="), Call(kind, (code("values"), *files)), 8)


def bind_files(capability: ir.Capability) -> list[ir.BindFile]:
    """The files of binds, each with the values that the package uses."""
    known = credentials(capability)
    used = {c.variable for c in known} | {c.password for c in known if c.password}
    for upstream in capability.upstreams:
        used |= set(variables_of_addresses(upstream))
    used |= {text.variable for text, _ in _adjustables(capability)}
    used |= set(control.variables(capability.observability))
    files = [
        replace(file, keys=tuple(pair for pair in file.keys if pair[0] in used))
        for file in capability.bind_files
    ]
    return [file for file in files if file.keys]


def _adjustables(capability: ir.Capability) -> list[tuple[ir.Adjustable, Code]]:
    """Every text about callers that an operator can replace, once, and how it is read."""
    found: dict[str, tuple[ir.Adjustable, Code]] = {}
    for _, access in guards.guarded(capability):
        if access.oauth is not None:
            issuer, resource = access.oauth.issuer, access.oauth.resource
            found.setdefault(issuer.variable, (issuer, code("environment.url")))
            found.setdefault(resource.variable, (resource, code("environment.text")))
    return list(found.values())


def private_keys(capability: ir.Capability) -> list[ir.Credential]:
    """The secrets that are private keys."""
    return [c for c in credentials(capability) if c.decode == "pem"]


def _secret(credential: ir.Credential) -> Call:
    if credential.decode == "pem":
        key = (code("environment"), credential.variable, credential.keys)
        password = (("password", credential.password),) if credential.password else ()
        return Call(code("read_key"), key, password)
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
    found: list[tuple[str, str, Call]] = []
    if signing.delivery == "window":
        window = (signing.window_variable, 0)
        read = Call(code("environment.integer"), window, minimum)
        found.append(("window", "int", read))
    found += [
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
