"""``__main__.py``, the only place where the parts meet, and ``parts.py``, which loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.names import constant
from naftiko_gen.pycode import (
    Call,
    Code,
    annotation,
    assign,
    code,
    docstring,
    dotted,
    ident,
    joined,
    literal,
)

from . import metrics, pools, sandbox
from .guards import guarded

if TYPE_CHECKING:
    from naftiko_gen.contexts.running import Init, Main, Parts

_GUARD = (
    code("def guard(namespace: str, settings: Settings) -> Any:"),
    code(
        '    """What checks the callers of an adapter; None for one that is open to all."""'
    ),
    code("    from .guards import guard_of\n"),
    code("    return guard_of(namespace, settings)\n\n"),
)
_APP_ARGUMENTS = code("(namespace, context, access_log=access_log)")
#: The first lines of `connect` without and with what is observed.
_CONNECT = (
    (code("from . import context\n"),),
    (
        code("from . import context, observability\n"),
        code("observability.start(settings)"),
    ),
)
#: The first lines of `load_settings` without and with hooks, which are looked at first.
_LOAD = (
    (code("from .settings import Settings\n"),),
    (
        code("from .hooks_check import check_hooks"),
        code("from .settings import Settings\n"),
        code("check_hooks()"),
    ),
)
_CLOSE = (
    code("from . import observability\n"),
    code("await observability.stop()"),
)
_SERVED = "an adapter that is not of MCP"


def view(capability: ir.Capability) -> Main:
    """The context of the template."""
    nothing = not capability.runnables
    return {
        "doc": docstring(
            f"Run {capability.label}: `python -m {capability.package} --help`.", 0
        ),
        "guarded": bool(guarded(capability)),
        "program": literal(capability.distribution),
        "prefix": literal(constant(capability.package)),
        "adapters": assign(
            "ADAPTERS",
            tuple(
                Call(
                    code("Adapter"),
                    (
                        adapter.namespace,
                        kind(adapter),
                        adapter.address,
                        adapter.port,
                    ),
                )
                for adapter in capability.servers
            ),
            annotation=annotation("tuple[Adapter, ...]"),
        ),
        "operations": assign(
            "OPERATIONS",
            tuple(runs.command for runs in capability.runnables),
            annotation=annotation("tuple[str, ...]") if nothing else code(""),
        ),
        "watched": capability.control is not None,
        "observed": capability.observability is not None,
        "metered": capability.metrics,
        "refusals": _refusals(capability),
        "windows": [
            literal(upstream.signing.window_variable)
            for upstream in capability.upstreams
            if upstream.signing is not None and upstream.signing.delivery == "window"
        ],
    }


def init_view(capability: ir.Capability) -> Init:
    """The context of the template of ``__init__.py``."""
    return {
        "doc": docstring(capability.label, 0),
        "version": literal(capability.release),
    }


def parts_view(capability: ir.Capability) -> Parts:
    """The context of the template of ``parts.py``."""
    return {
        "doc": docstring(
            f"The parts of {capability.label}, each imported when it is needed: nothing waits "
            "for what it does not use.",
            0,
        ),
        "imports": [
            code("from .context import Context"),
            *([code("from .package import Package")] if capability.metrics else []),
            code("from .reply import JsonObject, Reply"),
            *sandbox.kind_imports(capability),
            code("from .settings import Settings"),
        ],
        "functions": [
            *(_GUARD if guarded(capability) else ()),
            *metrics.wiring(capability),
        ],
        "mcp": bool(capability.mcp),
        "load": _LOAD[capability.hooks],
        "connect": _CONNECT[capability.observability is not None],
        "close": _CLOSE if capability.observability is not None else (),
        "app_doc": docstring(
            f"The application of {_SERVED if capability.skill or capability.control else 'a REST adapter'}; "
            "KeyError for an unknown one."
        ),
        "app": _app(capability),
        "sandbox_kind": sandbox.kind(capability),
    }


def _app(capability: ir.Capability) -> list[Code]:
    """The lines that find the application of an adapter."""
    control = () if capability.control is None else (capability.control,)
    lines: list[Code] = []
    for module, adapters in (("skill", capability.skill), ("control", control)):
        if adapters:
            mine = literal(tuple(a.namespace for a in adapters))
            made = joined(ident(module), code(".create_app"))
            lines += [
                joined(code("if namespace in "), mine, code(":")),
                joined(code("    from . import "), ident(module), code("\n")),
                joined(code("    return "), made, _APP_ARGUMENTS),
            ]
    if not capability.rest:
        return [*lines, code("raise KeyError(namespace)")]
    own = joined(code("return create_app"), _APP_ARGUMENTS)
    return [*lines, code("from .rest import create_app\n"), own]


def kind(server: ir.Server) -> str:
    """What the command line calls a kind of adapter."""
    if isinstance(server, ir.RestAdapter):
        return "rest"
    if isinstance(server, ir.ControlAdapter):
        return "control"
    return "skill" if isinstance(server, ir.SkillAdapter) else "mcp"


def _refusals(capability: ir.Capability) -> list[Code]:
    """The lines that give a reason to refuse several workers."""
    lines: list[Code] = []
    for upstream in capability.upstreams:
        signing = upstream.signing
        if signing is None or signing.delivery == "free":
            continue
        pooled = pools.pooled(capability, upstream)
        depth = 4
        window = dotted("settings", f"{upstream.ident}_window")
        if pooled:
            keys = dotted("settings", f"{upstream.ident}_keys")
            covers = code("settings.nonce_sharing.covers")
            test = Call(covers, (keys, code("workers")))
            if signing.delivery == "window" and not signing.tiers:
                both = joined(literal(test), code(" and not "), window)
                lines.append(_line(4, code("if not "), both, code(":")))
                lines.append(_return(8, _reason(upstream, signing, pooled)))
                continue
            lines.append(_line(4, code("if not "), literal(test, 4, "if not ", ":")))
            lines[-1] = joined(lines[-1], code(":"))
            depth = 8
        if signing.delivery == "window":
            lines.append(_line(depth, code("if not "), window, code(":")))
            lines.append(_return(depth + 4, _reason(upstream, signing, pooled)))
        else:
            lines.append(_return(depth, _reason(upstream, signing, pooled)))
            if not pooled:
                return lines[-1:]
            continue
        if signing.tiers:
            tier = dotted("settings", f"{upstream.ident}_tier")
            lines.append(_line(depth, code("if "), tier, code(" is not None:")))
            lines.append(_return(depth + 4, _tier_reason(signing, pooled)))
    return [*lines, _line(4, code("return None"))]


def _line(depth: int, *parts: Code) -> Code:
    return joined(*[code("    ")] * (depth // 4), *parts)


def _return(depth: int, reason: str) -> Code:
    return _line(depth, code("return "), literal(reason, depth, "return "))


def _reason(upstream: ir.Upstream, signing: ir.Signing, pooled: bool) -> str:
    key = signing.credentials[0].variable
    reason = (
        f"several processes would use {key}, each with nonces of its own, and {upstream.namespace} "
        "refuses a nonce that arrives after a higher one: "
    )
    ways = ["run one worker for each key"]
    if pooled:
        ways = [
            f"run one worker for each key ({key}_1, {key}_2, ...)",
            "set SIGNING_LEASE_URL",
        ]
    if signing.delivery == "window":
        ways.append(
            f"set {signing.window_variable} to the nonce window that the key is configured with"
        )
    return reason + ", or ".join(ways)


def _tier_reason(signing: ir.Signing, pooled: bool) -> str:
    ways = "run one worker for each key" if pooled else "run one worker"
    return (
        f"{signing.tier_variable} keeps the calls of one process below the account's limit, and "
        f"several processes would count apart: {ways}, or leave the tier unset"
    )
