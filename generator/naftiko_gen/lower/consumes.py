"""Consumes blocks: upstreams and their operations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from naftiko_gen import ir
from naftiko_gen.files import Files
from naftiko_gen.names import Scope, constant, identifier, kebab

from . import placeholders, scopes
from .addresses import base_uri
from .authentication import check_credential, lower_authentication, lower_errors
from .binds import Binds
from .formats import Schemas, lower_format
from .input_types import Types, declared_types
from .node import Node, clash_error
from .outputs import Outputs, check_paths
from .parameters import lower_inputs
from .paths import check_path, path_parts
from .scripts import Scripting
from .signing import (
    lower_signing,
    takes_objects,
    with_own_scheme,
    without_filled,
)
from .signing_clouds import check_needs
from .signing_keys import check_keys
from .signing_outputs import check_sent
from .templates import Settings


@dataclass(slots=True)
class Consumed:
    """The upstreams of a capability while they are being read, found by namespace.

    ``shared`` are the identifiers that operations of several namespaces would get: all of
    these are called after their namespace too. ``complete`` is False when a namespace could not
    be read, and ``partial`` are those of which an operation could not: a call may mean it.
    ``aggregates`` are the functions by
    ``namespace.name``, None for one that could not be read.
    ``outputs`` are the mapped answers of all routes and tools; ``functions`` are the names of
    the operations, which flows must not have, and ``nodes`` are where these are declared.
    """

    settings: Settings
    schemas: Schemas
    upstreams: list[ir.Upstream] = field(default_factory=list)
    operations: dict[str, dict[str, ir.Operation]] = field(default_factory=dict)
    first: dict[str, Node] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    types: Types = field(default_factory=dict)
    complete: bool = True
    partial: set[str] = field(default_factory=set)
    outputs: Outputs = field(default_factory=Outputs)
    aggregates: dict[str, ir.Flow | None] = field(default_factory=dict)
    scripting: Scripting = field(default_factory=Scripting)
    functions: Scope = field(default_factory=lambda: Scope(scopes.OPERATIONS))
    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)


def lower_consumes(capability: Node, binds: Binds, files: Files) -> Consumed:
    """Every consumes block of ``capability``."""
    namespaces = [block.text("namespace") for block in capability.items("consumes")]
    credentials = Scope(scopes.credentials(namespaces))
    found = Consumed(
        Settings(binds, credentials), Schemas(files), shared=_shared(capability)
    )
    found.types = declared_types(capability)
    found.complete = _whole(capability, "consumes", "namespace")
    fields = Scope(scopes.upstreams(namespaces))
    functions = found.functions
    for block in capability.items("consumes"):
        if block.has("location") or block.has("import"):
            continue  # It could not be imported, which has been reported.
        namespace = block.text("namespace")
        if namespace in found.operations:
            line = found.first[namespace].span("namespace").start.line
            block.error(
                "E205",
                f"the namespace `{namespace}` is already used at line {line}",
                at="namespace",
            )
            continue
        found.operations[namespace] = {}
        if not _whole(block, "resources") or not all(
            _whole(resource, "operations", "name")
            for resource in block.items("resources")
        ):
            found.partial.add(namespace)
        found.first[namespace] = block
        ident, clash = fields.claim(namespace)
        if clash is not None:
            clash_error(block, "namespace", namespace, clash)
        upstream = _upstream(
            block, namespace, ident, binds, credentials, functions, found
        )
        check_keys(block, upstream.signing, found.upstreams, found.first)
        found.upstreams.append(with_own_scheme(upstream, found.upstreams))
    return found


def _whole(node: Node, key: str, name: str = "") -> bool:
    """Whether every item of the list at ``key`` could be read, with the text at its ``name``."""
    items = node.child(key)
    if not isinstance(items.value, list) or not items.value:
        return not (node.flawed() or items.flawed())
    return all(
        isinstance(item, dict) and (not name or isinstance(item.get(name), str))
        for item in items.value
    )


def _shared(capability: Node) -> frozenset[str]:
    owners: dict[str, set[str]] = {}
    for block in capability.items("consumes"):
        for resource in block.items("resources"):
            for node in resource.items("operations"):
                name = identifier(node.text("name"))
                owners.setdefault(name, set()).add(block.text("namespace"))
    return frozenset(name for name, spaces in owners.items() if len(spaces) > 1)


def _upstream(
    block: Node,
    namespace: str,
    ident: str,
    binds: Binds,
    credentials: Scope,
    functions: Scope,
    found: Consumed,
) -> ir.Upstream:
    base = base_uri(block, found.settings)
    signing = lower_signing(block, binds, credentials, base)
    errors = lower_errors(block, signing)
    operations = found.operations[namespace]
    lines: dict[str, int] = {}
    for resource in block.items("resources"):
        usable = check_path(resource, served=False)
        for node in resource.items("operations"):
            name = node.text("name")
            if name in operations:
                node.error(
                    "E206",
                    f"the operation `{name}` is already declared at line {lines[name]}",
                    at="name",
                    hint="a call could not tell the two apart: rename one",
                )
                continue
            lines[name] = node.span("name").start.line
            full = f"{namespace}-{name}" if identifier(name) in found.shared else name
            found.nodes[namespace, name] = node
            function, clash = functions.claim(full)
            if clash is not None:
                clash_error(node, "name", name, clash)
            operations[name] = _operation(
                node,
                resource,
                block,
                name,
                function,
                kebab(full),
                ident,
                base_path=urlsplit(base.template).path,
                signing=signing,
                errors=errors,
                types=found.types,
                usable=usable,
                settings=found.settings,
                schemas=found.schemas,
            )
    return ir.Upstream(
        namespace=namespace,
        ident=ident,
        variable=constant(namespace),
        base_uri=base.text,
        base_template=base.template,
        base_variables=base.variables,
        description=block.text("description"),
        authentication=lower_authentication(block, found.settings),
        signing=signing,
        errors=errors,
        operations=tuple(operations.values()),
    )


def _operation(
    node: Node,
    resource: Node,
    block: Node,
    name: str,
    ident: str,
    command: str,
    upstream_ident: str,
    *,
    base_path: str,
    signing: ir.Signing | None,
    errors: ir.ErrorRules | None,
    types: Types,
    usable: bool,
    settings: Settings,
    schemas: Schemas,
) -> ir.Operation:
    path = resource.text("path")
    if not path.startswith("/"):
        path = f"/{path}"
    slots = placeholders.names(path) if usable else None
    for holder in (block, resource, node):
        check_credential(holder, block)
    check_paths(node)
    found = lower_inputs(
        (block, resource, node),
        slots,
        types.get((block.text("namespace"), name), {}),
        settings,
    )
    signed = signing is not None and node.text("signing") != "none"
    if signed:
        kept = without_filled(node, found.parameters, signing)
        found = replace(found, parameters=kept)
        check_needs(node, path, kept, signing)
    objects = signing is not None and takes_objects(signing)
    if signed and objects and found.payload and not found.payload.document:
        node.unsupported("body", "a signed body that is not a JSON object")
    prefixes = block.child("signing").child("paths").value
    covered = not isinstance(prefixes, list) or any(
        (base_path + path).startswith(str(p)) for p in prefixes
    )
    if signing is not None and signed and covered:
        check_sent(node, signing)
    return ir.Operation(
        namespace=block.text("namespace"),
        upstream_ident=upstream_ident,
        name=name,
        ident=ident,
        command=command,
        title=node.text("description") or node.text("label") or name,
        summary=node.text("summary"),
        method=node.text("method", "GET"),
        path=path,
        path_parts=path_parts(path, found.parameters) if usable else (),
        parameters=found.parameters,
        body=found.body,
        public=signing is not None and (not covered or node.text("signing") == "none"),
        cost=_cost(node),
        permission=node.text("permission"),
        answer=_answer(node, errors),
        sample=_sample(node, errors),
        settings=found.settings,
        payload=found.payload,
        format=lower_format(node, errors, schemas),
    )


def _cost(node: Node) -> float:
    value = node.child("cost").value
    return float(value) if isinstance(value, int | float) else 1.0


def _answer(node: Node, errors: ir.ErrorRules | None) -> ir.JsonObject:
    result = node.child("result").value
    schema: ir.JsonObject = result if isinstance(result, dict) else {}
    if errors is None or errors.envelope == "none":
        return schema
    return {
        "type": "object",
        "required": [errors.member],
        "properties": {
            errors.member: {"type": "array", "items": {"type": "string"}},
            "result": schema,
        },
    }


def _sample(node: Node, errors: ir.ErrorRules | None) -> ir.JsonValue:
    # The sandbox of a signing scheme puts samples into the provider's envelope itself.
    sample = node.child("sample").value if node.has("sample") else {}
    if errors is None or errors.envelope != "build":
        return sample
    return {errors.member: [], "result": sample}
