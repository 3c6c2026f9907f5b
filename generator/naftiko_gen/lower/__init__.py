"""Lower a checked document to the IR: resolve calls, references and binds, wire parameters.

What cannot be compiled is a diagnostic with its position, never a hole in the output.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from naftiko_gen import ir
from naftiko_gen.diagnostics import Report, Span
from naftiko_gen.files import Files
from naftiko_gen.names import Scope, identifier, kebab
from naftiko_gen.source import Source

from . import exposes_control, exposes_mcp, exposes_rest, exposes_skill, schemes, scopes
from .acknowledging import acknowledging
from .aggregates import lower_aggregates
from .binds import Binds
from .consumes import Consumed, lower_consumes
from .guesses import note_guesses
from .node import Node, clash_error, line_of
from .reading import changing, with_reads
from .samples import with_samples
from .scripts import Scripting
from .selection import Selection, told
from .unused_binds import note_unused

__all__ = ["Selection", "lower"]

_ALL = Selection()


def lower(
    source: Source,
    report: Report,
    name: str,
    files: Files | None = None,
    *,
    allow_scripts: bool = False,
    selection: Selection = _ALL,
    acknowledge: bool = False,
) -> ir.Capability | None:
    """The capability in ``source``, called ``name``; None after an error was reported.

    ``files`` are those beside the spec (unless they are given, of the place it was read from),
    and ``allow_scripts`` whether scripts among them may become a part of the package;
    ``selection`` is what is wanted of it; with ``acknowledge``, destructive tools are confirmed.
    """
    files = Files.beside(source.file) if files is None else files
    source = schemes.split(source)
    root = Node(source, report, (), source.data)
    capability = root.child("capability")
    silent = isinstance(capability.value, dict) and not capability.has("exposes")
    if silent and not capability.flawed():
        capability.error(
            "E334",
            "the capability exposes nothing, so that nobody could call it",
            hint="add `exposes` with an adapter, of type `rest` or `mcp` for example",
        )
    binds = Binds(root)
    consumed = lower_consumes(capability, binds, files)
    consumed.scripting = Scripting.of(capability, files, allow_scripts)
    lower_aggregates(capability, consumed)
    rest, mcp, skill = _exposes(capability, consumed, files)
    rest, mcp = with_reads(rest, mcp)
    skill = [told(adapter, changing(rest, mcp)) for adapter in skill]
    rest, mcp, skill = selection.of(rest, mcp, skill, capability)
    mcp = [*map(acknowledging, mcp)] if acknowledge else mcp
    info = root.child("info")
    label = info.text("label", name)
    control, observability = _control(capability, consumed, label)
    if not report.ok:
        return None
    adapters: tuple[ir.Adapter, ...] = (*rest, *mcp)
    called = {
        (operation.namespace, operation.name)
        for adapter in adapters
        for operation in _operations(adapter)
    }
    if report.strict:
        note_guesses(capability, called)
    note_unused(root, binds, tuple(consumed.upstreams))
    targets = {forward.namespace for adapter in rest for forward in adapter.forwards}
    upstreams = tuple(
        _only_called(upstream, called, upstream.namespace in targets)
        for upstream in consumed.upstreams
    )
    upstreams = tuple(u for u in upstreams if u.operations or u.namespace in targets)
    upstreams, (rest, mcp) = with_samples(upstreams, rest, mcp)
    return ir.Capability(
        name=name,
        distribution=f"{kebab(name)}-capability",
        package=f"{identifier(name)}_capability".replace("__", "_"),
        label=label,
        description=info.text("description"),
        version=info.text("version"),
        tags=_tags(info),
        upstreams=upstreams,
        rest=tuple(rest),
        mcp=tuple(mcp),
        operations=tuple(
            operation for upstream in upstreams for operation in upstream.operations
        ),
        flows=_flows((*rest, *mcp)),
        skill=tuple(skill),
        control=control,
        observability=observability,
        bind_files=tuple(binds.files),
    )


def _tags(info: Node) -> tuple[str, ...]:
    found = info.child("tags").value
    return (
        tuple(t for t in found if isinstance(t, str)) if isinstance(found, list) else ()
    )


def _exposes(
    capability: Node, consumed: Consumed, files: Files
) -> tuple[list[ir.RestAdapter], list[ir.McpAdapter], list[ir.SkillAdapter]]:
    rest: list[ir.RestAdapter] = []
    mcp: list[ir.McpAdapter] = []
    skill: list[ir.SkillAdapter] = []
    siblings = exposes_skill.targets(capability.items("exposes"))
    adapters = Scope(scopes.ADAPTERS)
    routes, functions = Scope(scopes.ROUTES), exposes_mcp.Functions()
    namespaces: dict[str, Span] = {}
    ports: dict[int, Span] = {}
    for node in capability.items("exposes"):
        kind = node.text("type")
        if kind not in ("rest", "mcp", "skill"):
            continue
        namespace = node.text("namespace")
        if namespace in namespaces:
            node.error(
                "E205",
                f"the namespace `{namespace}` is already used at"
                f" {line_of(namespaces[namespace], node.span())}",
                at="namespace",
            )
            continue
        namespaces[namespace] = node.span("namespace")
        _check_port(node, ports)
        ident, clash = adapters.claim(namespace)
        if clash is not None:
            clash_error(node, "namespace", namespace, clash)
        if kind == "rest":
            rest.append(exposes_rest.lower_rest(node, consumed, ident, routes))
        elif kind == "skill":
            skill.append(
                exposes_skill.lower_skill(
                    node, ident, siblings, files, consumed.settings
                )
            )
        else:
            mcp.append(exposes_mcp.lower_mcp(node, consumed, ident, functions, files))
    return rest, mcp, skill


def _control(
    capability: Node, consumed: Consumed, label: str
) -> tuple[ir.ControlAdapter | None, ir.Observability | None]:
    nodes = [n for n in capability.items("exposes") if n.text("type") == "control"]
    if not nodes:
        return None, None
    first, *others = nodes
    for other in others:
        line = line_of(first.span("type"), other.span("type"))
        other.error(
            "E229",
            f"a capability has one control adapter; the first is {line}",
            at="type",
        )
    business = [n for n in capability.items("exposes") if n not in nodes]
    _check_port(first, _ports(business))
    name = exposes_control.control_name({n.text("namespace") for n in business})
    return (
        exposes_control.lower_control(first, name, identifier(name), consumed.settings),
        exposes_control.lower_observability(first, label, consumed.settings),
    )


def _ports(nodes: list[Node]) -> dict[int, Span]:
    """The place of each port."""
    return {
        node.child("port").value: node.span("port")
        for node in reversed(nodes)
        if isinstance(node.child("port").value, int)
    }


def _check_port(node: Node, ports: dict[int, Span]) -> None:
    port = node.child("port").value
    if not isinstance(port, int) or isinstance(port, bool):
        return
    if port in ports:
        node.error(
            "E209",
            f"port {port} is already used by the adapter at {line_of(ports[port], node.span())}",
            at="port",
        )
    else:
        ports[port] = node.span("port")


def _runs(adapter: ir.Adapter) -> list[ir.Runnable]:
    if isinstance(adapter, ir.RestAdapter):
        return [route.runs for route in adapter.routes]
    resources = [resource.runs for resource in adapter.resources]
    return [*(tool.runs for tool in adapter.tools), *resources]


def _flows(adapters: Iterable[ir.Adapter]) -> tuple[ir.Flow, ...]:
    """Every flow that something runs, once."""
    found = (runs for adapter in adapters for runs in _runs(adapter))
    return tuple({f.ident: f for f in found if isinstance(f, ir.Flow)}.values())


def _operations(adapter: ir.Adapter) -> list[ir.Operation]:
    return [
        operation
        for runs in _runs(adapter)
        for operation in (runs.operations if isinstance(runs, ir.Flow) else (runs,))
    ]


def _only_called(
    upstream: ir.Upstream, called: set[tuple[str, str]], target: bool
) -> ir.Upstream:
    """``upstream`` with the operations that are called; a ``target`` of forwarding keeps the others."""
    used = [(o, (o.namespace, o.name) in called) for o in upstream.operations]
    return replace(
        upstream,
        operations=tuple(o for o, of_unit in used if of_unit),
        forwarded=tuple(o for o, of_unit in used if target and not of_unit),
    )
