"""``control.py`` and ``observability.py``: management, and what is observed of the calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.ir_servers import ScriptLimits
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    assign,
    code,
    docstring,
    dotted,
    joined,
    literal,
)

if TYPE_CHECKING:
    from naftiko_gen.contexts.serving import Control, Observability, Scripts

#: The version whose meaning a package has: later documents are read as what they mean in it.
_VERSION = "1.0.0-alpha2"
_OBSERVED = (
    "hidden",
    "metrics",
    "observed_client",
    "observing",
    "otlp",
    "peers",
    "telemetry",
    "tracing",
)


def view(capability: ir.Capability) -> Control:
    """The context of the template of ``control.py``."""
    control = capability.control
    assert control is not None
    logs = control.logs
    return {
        "doc": docstring(f"The control adapter of {capability.label}.", 0),
        "imports": _imports(capability, control),
        "about": assign("ABOUT", Call(code("About"), (capability.label, _VERSION))),
        "app": (
            code("app")
            if control.access is None
            else code("protect(app, guard_of(namespace, context.settings))")
        ),
        "health": literal(control.health),
        "info": literal(control.info),
        "metrics": control.metrics,
        "traces": (
            None if control.buffer_size is None else literal(control.buffer_size)
        ),
        "observed": capability.observability is not None,
        "scripts": _scripts(control.scripts),
        "logs": (
            None
            if logs is None
            else {
                "level_control": literal(logs.level_control),
                "subscribers": literal(logs.subscribers),
            }
        ),
    }


def _imports(capability: ir.Capability, control: ir.ControlAdapter) -> list[Code]:
    observed = capability.observability is not None
    logs, scripts = control.logs is not None, control.scripts is not None
    guarded = control.access is not None
    lines = (
        (guarded, code("from .access import protect")),
        (True, code("from .context import Context")),
        (logs, code("from .control_logs import attach_logs, log_endpoints")),
        (control.metrics, code("from .control_metrics import metrics_endpoints")),
        (True, code("from .control_support import About, build_control_app")),
        (
            control.buffer_size is not None,
            code("from .control_traces import trace_endpoints"),
        ),
        (guarded, code("from .guards import guard_of")),
        (logs, code("from .hidden import secrets_of")),
        (observed, code("from .observing import OBSERVING")),
        (logs, code("from .recent_logs import RecentLogs")),
        (True, code("from .rest_support import Endpoints")),
        (True, code("from .running import RUNNING")),
        (
            scripts,
            code("from .script_control import SCRIPTING, Limits, script_endpoints"),
        ),
    )
    return [line for used, line in lines if used]


def _scripts(limits: ScriptLimits | None) -> Scripts | None:
    if limits is None:
        return None
    settled: dict[str, Value] = {}
    if limits.location:
        settled["defaultLocation"] = limits.location
    if limits.language:
        settled["defaultLanguage"] = limits.language
    return {
        "settled": literal(settled, 8, "", ","),
        "timeout": literal(limits.timeout),
        "statements": literal(limits.statements),
        "allowed": literal(limits.allowed, 4, "limits = replace(limits, allowed=", ")"),
    }


def observability_view(capability: ir.Capability) -> Observability:
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
    names = ["control_support", "running", "watching"]
    names += ["control_metrics"] if control.metrics else []
    names += ["control_traces"] if control.buffer_size is not None else []
    names += (
        ["control_logs", "hidden", "recent_logs"] if control.logs is not None else []
    )
    if control.scripts is not None:
        names += ["script_control", "scripts"]
    if capability.observability is not None:
        names += _OBSERVED
        names += ["mcp_observed"] if capability.mcp else []
        names += ["observed_steps"] if capability.flows else []
    return tuple(names)


#: The standard variable of OpenTelemetry for the address of a collector.
_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def endpoint(observability: ir.Observability) -> Call:
    """The address of the collector, read from the environment."""
    default: Value = observability.endpoint
    if observability.endpoint_variables:
        arguments: tuple[Value, ...] = (
            _ENDPOINT,
            observability.endpoint_template,
            observability.endpoint_variables,
        )
        default = Call(code("environment.address"), arguments)
    return Call(code("read_endpoint"), (code("environment"), default))


def variables(observability: ir.Observability | None) -> tuple[str, ...]:
    """The variables in the address of the collector, each once."""
    names = () if observability is None else observability.endpoint_variables
    return tuple(dict.fromkeys(names))


def settings(observability: ir.Observability | None) -> list[tuple[str, str, str]]:
    """The variables about spans: name, meaning, default."""
    if observability is None:
        return []
    meaning = "Collector that spans are exported to (OTLP over HTTP)"
    default = observability.endpoint
    if observability.endpoint_variables:
        meaning, default = f"{meaning}, in place of {default}", ""
    switch = ("OTEL_TRACES_EXPORTER", "none exports no spans", "otlp")
    return [(_ENDPOINT, meaning, default), switch]
