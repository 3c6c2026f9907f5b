"""Where spans are exported to, by the standard variables of OpenTelemetry."""

from __future__ import annotations

from .environment import Environment


def read_endpoint(environment: Environment, default: str) -> str:
    """The address of the collector; empty when nothing is exported.

    `OTEL_EXPORTER_OTLP_ENDPOINT` replaces the default, `OTEL_TRACES_EXPORTER=none`
    switches the export off.
    """
    exporter = environment.choice("OTEL_TRACES_EXPORTER", ("otlp", "none"))
    address = environment.url("OTEL_EXPORTER_OTLP_ENDPOINT", default)
    return "" if exporter == "none" else address
