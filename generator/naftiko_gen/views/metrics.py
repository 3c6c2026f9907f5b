"""Numbers for Prometheus where no control adapter tells them: the modules, the wiring, the settings."""

from __future__ import annotations

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, code, joined, statement

_MODULES = (
    "control_metrics",
    "hidden",
    "metering",
    "metrics",
    "observed_client",
    "peers",
    "telemetry",
)
_HEAD = (
    code("def metered("),
    code("    package: Package[Settings, Context], values: Mapping[str, str]"),
    code(") -> Package[Settings, Context]:"),
    code(
        '    """The package with its calls counted, and an adapter that tells of them."""'
    ),
)


def modules(capability: ir.Capability) -> list[str]:
    """The static modules of metrics on demand."""
    if not capability.metrics:
        return []
    found = [*_MODULES]
    found += ["metering_tools"] if capability.mcp else []
    found += ["measured_steps"] if capability.flows else []
    return found


def wiring(capability: ir.Capability) -> list[Code]:
    """The function of ``parts.py`` that loads it all; no line without metrics."""
    if not capability.metrics:
        return []
    arguments = (code("package"), code("values"), capability.label)
    lines = [*_HEAD]
    if capability.flows:
        lines += [
            code("    from .measured_steps import TOLD"),
            code("    from .metering import count_step, metered\n"),
            code("    TOLD[:] = [count_step]"),
        ]
    else:
        lines.append(code("    from .metering import metered\n"))
    made = statement(code("return"), Call(code("metered"), arguments), 4)
    return [*lines, joined(code("    "), made, code("\n\n"))]


def settings(prefix: str) -> list[tuple[str, str, str]]:
    """The variables: name, meaning, default."""
    return [
        (
            f"{prefix}_METRICS_PORT",
            "Count calls, and tell Prometheus on this port (GET /metrics)",
            "",
        ),
        (f"{prefix}_METRICS_HOST", "Address of that port", "127.0.0.1"),
    ]
