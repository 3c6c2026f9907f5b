"""``control.py`` and ``observability.py``: management, and what is observed of the calls."""

from __future__ import annotations

from collections.abc import Mapping

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Value,
    assign,
    code,
    docstring,
    dotted,
    joined,
    literal,
)

#: The version whose meaning a package has: later documents are read as what they mean in it.
_VERSION = "1.0.0-alpha2"
_OBSERVED = (
    "metrics",
    "observed_client",
    "observing",
    "otlp",
    "peers",
    "telemetry",
    "tracing",
)


def view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template of ``control.py``."""
    control = capability.control
    assert control is not None
    logs = control.logs
    return {
        "doc": docstring(f"The control adapter of {capability.label}.", 0),
        "about": assign("ABOUT", Call(code("About"), (capability.label, _VERSION))),
        "health": literal(control.health),
        "info": literal(control.info),
        "metrics": control.metrics,
        "traces": (
            None if control.buffer_size is None else literal(control.buffer_size)
        ),
        "observed": capability.observability is not None,
        "logs": (
            None
            if logs is None
            else {
                "level_control": literal(logs.level_control),
                "subscribers": literal(logs.subscribers),
            }
        ),
    }


def observability_view(capability: ir.Capability) -> Mapping[str, object]:
    """The context of the template of ``observability.py``."""
    observability, control = capability.observability, capability.control
    assert observability is not None and control is not None
    options: list[tuple[str, Value]] = [
        ("service", observability.service),
        ("capability", capability.label),
        ("sampling", observability.sampling),
        ("propagation", observability.propagation),
        ("buffer_size", control.buffer_size),
    ]
    namespaces = tuple(
        (dotted("settings", u.ident, "base_uri"), u.namespace)
        for u in capability.upstreams
    )
    return {
        "doc": docstring(f"What is observed of {capability.label}.", 0),
        "options": assign("OPTIONS", Call(code("Options"), (), tuple(options))),
        "namespaces": joined(
            code("namespaces="), literal(namespaces, 8, "namespaces=", ","), code(",")
        ),
    }


def modules(capability: ir.Capability) -> tuple[str, ...]:
    """The static modules that the control adapter needs."""
    control = capability.control
    if control is None:
        return ()
    names = ["control_support", "running"]
    names += ["control_metrics"] if control.metrics else []
    names += ["control_traces"] if control.buffer_size is not None else []
    names += ["control_logs", "recent_logs"] if control.logs is not None else []
    if capability.observability is not None:
        names += _OBSERVED
        names += ["mcp_observed"] if capability.mcp else []
    return tuple(names)
