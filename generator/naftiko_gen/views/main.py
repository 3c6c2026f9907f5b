"""``__main__.py``, the only place where the parts meet, and ``parts.py``, which loads them."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
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

from . import sandbox
from .guards import guarded

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
_CLOSE = (
    code("from . import observability\n"),
    code("await observability.stop()"),
)
_SERVED = "an adapter that is not of MCP"


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template."""
    signed = [u for u in capability.upstreams if _delivery(u) == "window"]
    serial = [u for u in capability.upstreams if _delivery(u) == "serial"]
    nothing = not capability.runnables
    return {
        "doc": docstring(
            f"Run {capability.label}: `python -m {capability.package} --help`.", 0
        ),
        "guarded": bool(guarded(capability)),
        "program": literal(capability.distribution),
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
        "alone": literal(_reason(serial[0]), 8, "return ") if serial else None,
        "signed": [
            {
                "window": dotted("settings", f"{upstream.ident}_window"),
                "reason": literal(_reason(upstream), 12, "return "),
                "variable": literal(upstream.signing.window_variable),
                "tier": (
                    dotted("settings", f"{upstream.ident}_tier")
                    if upstream.signing.tiers
                    else None
                ),
                "tier_reason": literal(_tier_reason(upstream.signing), 12, "return "),
            }
            for upstream in signed
            if upstream.signing is not None
        ],
    }


def parts_view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template of ``parts.py``."""
    return {
        "doc": docstring(
            f"The parts of {capability.label}, each imported when it is needed: nothing waits "
            "for what it does not use.",
            0,
        ),
        "guard": _GUARD if guarded(capability) else (),
        "mcp": bool(capability.mcp),
        "connect": _CONNECT[capability.observability is not None],
        "close": _CLOSE if capability.observability is not None else (),
        "app_doc": docstring(
            f"The application of {_SERVED if capability.skill or capability.control else 'a REST adapter'}; "
            "KeyError for an unknown one."
        ),
        "app": _app(capability),
        "sandbox_kind": sandbox.kind(capability),
        "sandbox_imports": sandbox.kind_imports(capability),
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


def _delivery(upstream: ir.Upstream) -> str:
    return "" if upstream.signing is None else upstream.signing.delivery


def _tier_reason(signing: ir.Signing) -> str:
    return (
        f"{signing.tier_variable} keeps the calls of one process below the account's limit, and "
        "several processes would count apart: run one worker, or leave the tier unset"
    )


def _reason(upstream: ir.Upstream) -> str:
    assert upstream.signing is not None
    key = upstream.signing.credentials[0].variable
    reason = (
        f"several processes would use {key}, each with nonces of its own, and {upstream.namespace} "
        "refuses a nonce that arrives after a higher one: run one worker for each key"
    )
    if upstream.signing.delivery != "window":
        return reason
    variable = upstream.signing.window_variable
    return f"{reason}, or set {variable} to the nonce window that the key is configured with"
