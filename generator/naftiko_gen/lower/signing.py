"""``signing`` of a consumes block: the scheme, the variables that hold its secrets, its pace."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.names import Scope, constant

from . import presets
from .binds import Binds, check_variable
from .node import Node, clash_error
from .signing_scheme import read_scheme

#: Schemes that are static modules, with the form of each credential in the environment.
MODULES: dict[str, dict[str, ir.SecretForm]] = {
    "kraken-spot": {"key": "none", "secret": "base64", "otp": "none"},
}


def known() -> tuple[str, ...]:
    """The names that ``scheme`` can have."""
    return tuple(sorted({*MODULES, *presets.names()}))


def lower_signing(block: Node, binds: Binds, scope: Scope) -> ir.Signing | None:
    """The signing scheme of ``block``, from the block itself or a provider profile."""
    node = block.child("signing")
    if not isinstance(node.value, dict):
        return None
    name = node.text("scheme")
    if name in MODULES:
        return _static(block, node, name, binds, scope)
    if name in presets.names():
        preset = presets.preset(name, node.report)
    elif node.has("payload"):
        preset = Node(node.source, node.report, node.path, {})
        name = name or f"{block.text('namespace')}-signature"
    else:
        near = closest(name, known())
        node.error(
            "E215",
            f"unknown signing scheme `{name}`" if name else "a signing scheme is needed",
            at="scheme" if node.has("scheme") else None,
            hint=f"did you mean `{near}`?" if near else f"known: {', '.join(known())}",
        )
        return None
    return _compiled(block, node, preset, name, binds, scope)


def _compiled(
    block: Node, node: Node, preset: Node, name: str, binds: Binds, scope: Scope
) -> ir.Signing:
    defaults = preset.child("credentials").value or {}
    own = node.child("credentials").value
    roles = tuple(dict.fromkeys([*defaults, *(own if isinstance(own, dict) else ())]))
    secret = "secret" if "secret" in roles else roles[-1] if roles else ""
    model = read_scheme(node, preset, name, roles, secret)
    optional = (node if node.has("optional") else preset).child("optional").value or []
    credentials = []
    for role in roles:
        variable = _variable(node, binds, role) or str(defaults.get(role, ""))
        form = model.form if role == secret else "none"
        ident = _claim(node.child("credentials"), role, scope, variable)
        credentials.append(
            ir.Credential(variable, ident, role not in optional, form)
        )
    if not roles:
        node.error("E215", f"signing scheme `{name}` needs `credentials`")
    nonce = (node if node.has("nonce") else preset).child("nonce")
    delivery = nonce.text("delivery", "free" if model.nonce is None else "")
    if model.nonce is not None and model.nonce.kind != "increasing":
        delivery = delivery or "free"
    return _paced(block, node, name, tuple(credentials), delivery or "serial", model)


def _static(
    block: Node, node: Node, name: str, binds: Binds, scope: Scope
) -> ir.Signing:
    optional = node.child("optional").value or []
    credentials = []
    for role, form in MODULES[name].items():
        variable = _variable(node, binds, role)
        if not variable:
            node.error(
                "E215",
                f"signing scheme `{name}` needs the credential `{role}`",
                at="credentials",
            )
            continue
        ident = _claim(node.child("credentials"), role, scope, variable)
        required = role not in optional
        credentials.append(ir.Credential(variable, ident, required, form))
    return _paced(block, node, name, tuple(credentials), "window", None)


def _paced(
    block: Node,
    node: Node,
    name: str,
    credentials: tuple[ir.Credential, ...],
    delivery: str,
    model: ir.Scheme | None,
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
