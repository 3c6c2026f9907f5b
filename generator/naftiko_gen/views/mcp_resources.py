"""``mcp_resources.py``: what reads each resource, and the published files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen.pycode import (
    Call,
    Code,
    Value,
    annotation,
    assign,
    code,
    docstring,
    from_import,
    ident,
    joined,
    signature,
)

from . import calls
from .contracts import folders_of, resources_name
from .rest import TEXTS

if TYPE_CHECKING:
    from naftiko_gen.contexts.parts import Function
    from naftiko_gen.contexts.serving import McpResources

_SIGNATURE = (code("arguments: Mapping[str, str]"), code("context: Context"))


def view(capability: ir.Capability) -> McpResources:
    """The context of the template."""
    adapters = [adapter for adapter in capability.mcp if adapter.exposed]
    resources = [item for adapter in adapters for item in adapter.resources]
    return {
        "doc": docstring(
            f"The MCP resources of {capability.label}: what reads each of them.", 0
        ),
        "imports": _imports(resources),
        "handlers": [_handler(resource) for resource in resources],
        "adapters": [_adapter(adapter) for adapter in adapters],
        "files": _files(adapters),
        "changing": not all(resource.reads for resource in resources),
        "table": assign(
            "ADAPTERS",
            {
                adapter.namespace: (
                    ident(adapter.ident.upper()),
                    resources_name(capability, adapter),
                )
                for adapter in adapters
            },
            annotation=annotation(
                "dict[str, tuple[tuple[Resource[Context], ...], str]]"
            ),
        ),
    }


def _files(adapters: list[ir.McpAdapter]) -> Code | None:
    files: dict[str, Value] = {
        adapter.namespace: {
            file.uri: file.path
            for folder in folders_of(adapter)
            for file in folder.files
        }
        for adapter in adapters
        if folders_of(adapter)
    }
    kind = annotation("dict[str, dict[str, str]]")
    return assign("FILES", files, annotation=kind) if files else None


def _imports(resources: list[ir.Resource]) -> list[Code]:
    checked = any(resource.inputs for resource in resources)
    mapped = any(resource.output for resource in resources)
    parts = (("check", checked), ("mappings", mapped))
    modules = [name for name, used in parts if used]
    modules += calls.modules(resource.runs for resource in resources)
    lines = [from_import(code("."), sorted(modules))] if modules else []
    if any(_given(resource) for resource in resources):
        lines.append(code("from .arguments import given"))
    lines += [
        code("from .context import Context"),
        code("from .contract import read_contract"),
    ]
    lines += [code("from .faults import Faults")] if checked else []
    lines += [code("from .mapped import mapped")] if mapped else []
    lines += [code("from .reply import Reply")] if resources else []
    lines.append(code("from .resource_support import Resource, add_resources"))
    helpers = calls.helpers(f for resource in resources for f in resource.fixed)
    return [*lines, from_import(code(".wire"), sorted(helpers))] if helpers else lines


def _given(resource: ir.Resource) -> bool:
    return calls.needs_given(resource.runs, resource.fixed)


def _handler(resource: ir.Resource) -> Function:
    lines: list[Code] = []
    if resource.inputs:
        lines.append(calls.CHECKED)
        lines += [calls.take(item.target, _text(item)) for item in resource.inputs]
        lines.append(calls.REFUSED)
    taken = frozenset(item.target.name for item in resource.inputs)
    lines += calls.answer(resource.runs, resource.fixed, resource.output, taken)
    head = joined(code("async def "), ident(resource.ident))
    return {
        "signature": signature(head, _SIGNATURE, code("Reply")),
        "doc": docstring(f"{resource.uri}: {resource.runs.title}"),
        "lines": lines,
    }


def _text(item: ir.Input) -> Call:
    arguments: tuple[Value, ...] = (
        code("faults"),
        Call(code("arguments.get"), (item.name,)),
        f"/{item.name}",
    )
    required = (("required", True),)
    return Call(TEXTS[item.target.type], arguments, required)


def _adapter(adapter: ir.McpAdapter) -> Code:
    return assign(
        adapter.ident.upper(),
        tuple(_entry(resource) for resource in adapter.resources),
        annotation=annotation("tuple[Resource[Context], ...]"),
    )


def _entry(resource: ir.Resource) -> Call:
    keywords: list[tuple[str, Value]] = []
    if resource.mime_type:
        keywords.append(("mime_type", resource.mime_type))
    if resource.binary:
        keywords.append(("binary", True))
    if not resource.reads:
        keywords.append(("reads", False))
    arguments = (resource.literals, resource.variables, ident(resource.ident))
    return Call(code("Resource"), arguments, tuple(keywords))
