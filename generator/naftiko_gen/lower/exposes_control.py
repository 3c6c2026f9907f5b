"""``exposes`` of type control: management, and what is observed of the calls."""

from __future__ import annotations

from collections.abc import Container

from naftiko_gen import ir
from naftiko_gen.ir_servers import Logs, ScriptLimits

from .access import lower_access
from .addresses import Address, base_uri
from .node import Node
from .scripts import STATEMENTS, TIMEOUT
from .templates import Settings

_NAME = "control"


def control_name(taken: Container[str]) -> str:
    """What the adapter, which has no namespace, is called on the command line."""
    name, count = _NAME, 1
    while name in taken:
        count += 1
        name = f"{_NAME}-{count}"
    return name


def lower_control(
    node: Node, namespace: str, ident: str, settings: Settings
) -> ir.ControlAdapter:
    """The control adapter."""
    management = node.child("management")
    for key in ("reload", "validate"):
        if management.flag(key):
            management.report.add(
                "W204",
                f"`{key}` has no endpoint",
                management.key_span(key),
                "a package is built from the document: build it again, or use "
                "`naftiko-gen validate`",
            )
    observability = node.child("observability")
    observed = observability.flag("enabled") is not False
    metrics = observability.child("metrics").child("local")
    traces = observability.child("traces").child("local")
    size = traces.child("buffer-size").value
    port = node.child("port").value
    return ir.ControlAdapter(
        access=lower_access(node, settings, namespace),
        namespace=namespace,
        ident=ident,
        address=node.text("address", "127.0.0.1"),
        port=port if isinstance(port, int) else 0,
        health=management.flag("health") is not False,
        # The schema says that it is off unless it is asked for, the engine that it is on.
        info=management.flag("info") is not False,
        metrics=observed and metrics.flag("enabled") is not False,
        buffer_size=(
            (size if isinstance(size, int) else 100)
            if observed and traces.flag("enabled") is not False
            else None
        ),
        logs=_logs(management),
        scripts=_scripts(management.child("scripting")),
    )


def _scripts(node: Node) -> ScriptLimits | None:
    if not isinstance(node.value, dict):
        return None
    timeout, most = node.child("timeout").value, node.child("statementLimit").value
    allowed = node.child("allowedLanguages").value
    return ScriptLimits(
        location=node.text("defaultLocation"),
        language=node.text("defaultLanguage"),
        timeout=timeout if isinstance(timeout, int) else TIMEOUT,
        statements=most if isinstance(most, int) else STATEMENTS,
        allowed=tuple(allowed) if isinstance(allowed, list) else (),
    )


def _logs(management: Node) -> Logs | None:
    logs = management.child("logs")
    if logs.value is True:
        return Logs(level_control=True, subscribers=0)
    if not isinstance(logs.value, dict):
        return None
    most = logs.child("max-subscribers").value
    most = most if isinstance(most, int) else 5
    return Logs(
        level_control=logs.flag("level-control") is not False,
        subscribers=most if logs.flag("stream") else 0,
    )


def lower_observability(
    node: Node, label: str, settings: Settings
) -> ir.Observability | None:
    """What the control adapter says of the calls; None when they are not observed."""
    block = node.child("observability")
    if block.flag("enabled") is False:
        return None
    traces = block.child("traces")
    sampling = traces.child("sampling").value
    otlp = block.child("exporters").child("otlp")
    address = Address("")
    if otlp.has("endpoint"):
        address = base_uri(otlp, settings, "endpoint")
    number = isinstance(sampling, int | float) and not isinstance(sampling, bool)
    return ir.Observability(
        service=f"naftiko-{label}" if label else "naftiko",
        sampling=float(sampling) if number else 1.0,
        propagation="b3" if traces.text("propagation") == "b3" else "w3c",
        endpoint=address.text,
        endpoint_template=address.template,
        endpoint_variables=address.variables,
    )
