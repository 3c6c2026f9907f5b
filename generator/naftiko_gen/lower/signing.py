"""``signing`` of a consumes block: the scheme, the variables that hold its secrets, its pace."""

from __future__ import annotations

from dataclasses import replace

from naftiko_gen import ir, presets
from naftiko_gen.diagnostics import closest
from naftiko_gen.ir_scheme import Scheme
from naftiko_gen.ir_signing import Option
from naftiko_gen.names import Scope, constant
from naftiko_gen.signing_clouds import CLOUDS
from naftiko_gen.signing_modules import MODULES, VARIANT, variant

from .addresses import Address
from .binds import Binds, check_variable
from .node import Node, clash_error
from .signing_aws import aws_names
from .signing_clouds import cloud_names
from .signing_message import message_options
from .signing_outputs import check_roles
from .signing_scheme import KEYS, read_scheme

#: The credential that is the password of a private key.
_PASSWORD = "password"


def known() -> tuple[str, ...]:
    """The names that ``scheme`` can have."""
    modules = {name for name in MODULES if VARIANT not in name}
    return tuple(sorted({*modules, *presets.names()}))


def lower_signing(
    block: Node, binds: Binds, scope: Scope, base: Address
) -> ir.Signing | None:
    """The signing scheme of ``block``, from the block itself or a provider profile."""
    node = block.child("signing")
    if not isinstance(node.value, dict):
        return None
    name = variant(node.text("scheme"), _method(node))
    if name in MODULES:
        return _static(block, node, name, binds, scope, base)
    if name in presets.names():
        found = presets.source(name)
        preset = Node(found, node.report, (), found.data)
    elif node.has("payload") or node.has("jwt"):
        preset = Node(node.source, node.report, node.path, {})
        name = name or f"{block.text('namespace')}-signature"
    else:
        near = closest(name, known())
        node.error(
            "E215",
            (
                f"unknown signing scheme `{name}`"
                if name
                else "a signing scheme is needed"
            ),
            at="scheme" if node.has("scheme") else None,
            hint=f"did you mean `{near}`?" if near else f"known: {', '.join(known())}",
        )
        return None
    return _compiled(block, node, preset, name, binds, scope)


def _method(node: Node) -> str:
    """How the block wants to sign, for the schemes that leave it open."""
    return node.text("signatureMethod") or node.text("algorithm")


def with_own_scheme(upstream: ir.Upstream, others: list[ir.Upstream]) -> ir.Upstream:
    """``upstream``, whose scheme has a name of its own where it differs from another of its name."""
    signing = upstream.signing
    if signing is None or signing.model is None:
        return upstream
    models = [u.signing.model for u in others if u.signing and u.signing.model]
    if all(m == signing.model for m in models if m.name == signing.scheme):
        return upstream
    name = f"{signing.scheme}-{upstream.namespace}"
    model = replace(signing.model, name=name)
    return replace(upstream, signing=replace(signing, scheme=name, model=model))


def takes_objects(signing: ir.Signing) -> bool:
    """Whether the scheme writes the body itself, or moves its fields elsewhere."""
    if signing.model is None:
        return MODULES[signing.scheme].objects
    return signing.model.carrier is not None


def filled(signing: ir.Signing | None) -> set[tuple[str, str]]:
    """The fields that the scheme fills in: place, and name in lower case."""
    if signing is None:
        return set()
    if signing.model is None:
        return {("header", name) for name in MODULES[signing.scheme].fills}
    injected = {(f.place, f.name.lower()) for f in signing.model.inject}
    return injected | {(f.place, f.name.lower()) for f in signing.model.output}


def without_filled(
    node: Node, parameters: tuple[ir.Parameter, ...], signing: ir.Signing | None
) -> tuple[ir.Parameter, ...]:
    """The ``parameters`` of an operation that are not the scheme's own; W205 for each that is."""
    own = filled(signing)
    kept = []
    for parameter in parameters:
        place = "body" if parameter.location == "field" else parameter.location
        if (place, parameter.name.lower()) not in own:
            kept.append(parameter)
            continue
        node.report.add(
            "W205",
            f"`{parameter.name}` is filled in by the signature, and no input",
            node.span("name"),
            "remove the parameter: no caller's value is ever sent in its place",
        )
    return tuple(kept)


def _compiled(
    block: Node, node: Node, preset: Node, name: str, binds: Binds, scope: Scope
) -> ir.Signing:
    defaults = preset.child("credentials").value or {}
    own = node.child("credentials").value
    roles = tuple(dict.fromkeys([*defaults, *(own if isinstance(own, dict) else ())]))
    form = (node if node.has("secret") else preset).child("secret").text("decode")
    password = _PASSWORD if form == "pem" and _PASSWORD in roles else ""
    roles = tuple(role for role in roles if role != password)
    secret = "secret" if "secret" in roles else roles[-1] if roles else ""
    listed = (node if node.has("optional") else preset).child("optional").value or []
    # Nothing can be signed without the secret.
    optional = tuple(role for role in roles if role in listed and role != secret)
    model = replace(read_scheme(node, preset, name, roles, secret), optional=optional)
    if defaults:
        check_roles(node, name, [*defaults, _PASSWORD] if password else defaults, model)
    credentials = []
    for role in roles:
        variable = _variable(node, binds, role) or str(defaults.get(role, ""))
        form = model.form if role == secret else "none"
        ident = _claim(node.child("credentials"), role, scope, variable)
        made = ir.Credential(variable, ident, role not in optional, form)
        if form == "pem":
            phrase = _variable(node, binds, password) or str(defaults.get(password, ""))
            made = replace(made, keys=KEYS.get(model.algorithm, ()), password=phrase)
        credentials.append(made)
    if not roles:
        node.error("E215", f"signing scheme `{name}` needs `credentials`")
    nonce = (node if node.has("nonce") else preset).child("nonce")
    delivery = nonce.text("delivery", "free" if model.nonce is None else "")
    if model.nonce is not None and model.nonce.kind != "increasing":
        delivery = delivery or "free"
    paced = _paced(block, node, name, tuple(credentials), delivery or "serial", model)
    refusals = _refusals((node if node.has("refusals") else preset).child("refusals"))
    return replace(paced, refusals=refusals)


def _static(
    block: Node, node: Node, name: str, binds: Binds, scope: Scope, base: Address
) -> ir.Signing:
    module = MODULES[name]
    own = node.child("optional").value if node.has("optional") else module.optional
    optional = own if isinstance(own, list | tuple) else ()
    options: dict[str, Option] = {
        n: node.text(key) for key, n in module.options if node.text(key)
    }
    variables = dict(module.variables)
    if name == "aws-sigv4":
        aws_names(block, node, base, options, variables)
    elif name in CLOUDS:
        cloud_names(name, block, node, base, options, variables)
    if module.messages:
        options |= message_options(block, node)
    passwords = (module.password,) if module.password else ()
    check_roles(node, name.partition(VARIANT)[0], (*module.roles, *passwords))
    credentials, roles = [], []
    for role, form in module.roles.items():
        if role in options:
            continue
        variable = _variable(node, binds, role) or variables.get(role, "")
        if role == "access_key_id" and variable != module.variables[role]:
            # The token of one key is none of another's.
            prefix = constant(block.text("namespace"))
            variables["session_token"] = f"{prefix}_SESSION_TOKEN"
        if not variable:
            node.error(
                "E215",
                f"signing scheme `{name}` needs the credential `{role}`",
                at="credentials",
            )
            continue
        ident = _claim(node.child("credentials"), role, scope, variable)
        made = ir.Credential(variable, ident, role not in optional, form)
        if role in module.keys:
            password = module.password
            phrase = _variable(node, binds, password) or variables[password]
            kinds = module.algorithms.get(_method(node), module.keys[role])
            made = replace(made, keys=kinds, password=phrase)
        credentials.append(made)
        roles.append(role)
    paced = _paced(block, node, name, tuple(credentials), module.delivery, None)
    stated = tuple((key, text) for key, text in options.items() if text)
    return replace(
        paced,
        options=stated,
        roles=tuple(roles),
        refusals=_refusals(node.child("refusals")) or module.refusals,
    )


def _refusals(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(text), kind)
        for kind in ("clock", "nonce")
        for text in node.child(kind).value or ()
    )


def _paced(
    block: Node,
    node: Node,
    name: str,
    credentials: tuple[ir.Credential, ...],
    delivery: str,
    model: Scheme | None,
) -> ir.Signing:
    prefix = constant(block.text("namespace"))
    settings = node.child("settings")
    for key in ("window", "tier"):
        check_variable(settings, key, settings.text(key))
    tiers = _tiers(block.child("limits").child("counter"))
    free, window = delivery == "free", delivery == "window"
    return ir.Signing(
        scheme=name,
        paths=tuple(str(path) for path in node.child("paths").value or ()),
        credentials=credentials,
        delivery="free" if free else "window" if window else "serial",
        window_variable=settings.text("window", f"{prefix}_NONCE_WINDOW"),
        tier_variable=settings.text("tier", f"{prefix}_TIER"),
        tiers=tiers,
        slowest=max(
            tiers,
            key=lambda tier: tier.maximum / tier.decay,
            default=ir.Tier("", 1.0, 1.0),
        ),
        model=model,
    )


def _variable(node: Node, binds: Binds, role: str) -> str:
    """The environment variable of a role: its name, or a template of a bind."""
    holder = node.child("credentials")
    text = holder.text(role)
    if "{{" in text:
        return binds.secret(holder, role) or ""
    check_variable(holder, role, text)
    return text


def _claim(node: Node, key: str, scope: Scope, variable: str) -> str:
    """The identifier for ``variable``, which several upstreams may share."""
    ident, clash = scope.claim(variable)
    if clash not in (None, variable):
        clash_error(node, key, variable, str(clash))
    return ident


def _tiers(counter: Node) -> tuple[ir.Tier, ...]:
    found = []
    for name, tier in counter.members("tiers"):
        maximum, decay = tier.child("maximum").value, tier.child("decay").value
        if (
            isinstance(maximum, int | float)
            and isinstance(decay, int | float)
            and decay > 0
        ):
            found.append(ir.Tier(name, float(maximum), float(decay)))
    return tuple(found)
