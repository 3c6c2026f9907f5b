"""``resources`` of an MCP adapter: what upstreams answer, and files that are published."""

from __future__ import annotations

import os

from naftiko_gen import ir
from naftiko_gen.diagnostics import closest
from naftiko_gen.files import Files, Unusable
from naftiko_gen.ir_mcp import Folder, PublishedFile
from naftiko_gen.media_types import by_name
from naftiko_gen.names import Scope

from .consumes import Consumed
from .declared import sources
from .flows import Unit
from .mcp_names import claim, once
from .node import Node
from .rendered import Templates
from .runs import lower_output, lower_runs
from .uri_templates import BadUri, UriTemplate, parse
from .wiring import Wiring


def lower_resources(
    adapter: Node, consumed: Consumed, functions: Scope, files: Files
) -> tuple[ir.Resource | Folder, ...]:
    """The resources of ``adapter``, in document order."""
    found: list[ir.Resource | Folder] = []
    names: dict[str, int] = {}
    uris: dict[tuple[str, ...], int] = {}
    for node in adapter.items("resources"):
        if not once(node, "resource", names):
            continue
        template = _template(node)
        if template is None:
            continue
        if template.shape in uris:
            node.error(
                "E291",
                f"the resource at line {uris[template.shape]} has the same URI",
                at="uri",
            )
            continue
        uris[template.shape] = node.span("uri").start.line
        item: ir.Resource | Folder | None
        if node.has("location"):
            item = _folder(node, template, functions, files, adapter.text("namespace"))
        else:
            item = _resource(
                node, template, consumed, functions, adapter.text("namespace")
            )
        if item is not None:
            found.append(item)
    return tuple(found)


def _template(node: Node) -> UriTemplate | None:
    text = node.child("uri").value
    if not isinstance(text, str):
        return None
    try:
        return parse(text)
    except BadUri as problem:
        node.error("E292", problem.message, at="uri", hint=problem.hint)
        return None


def _folder(
    node: Node, template: UriTemplate, functions: Scope, files: Files, namespace: str
) -> Folder | None:
    if template.variables:
        node.error(
            "E292",
            "the URI of published files cannot have variables",
            at="uri",
            hint="each file is a resource of its own below the URI",
        )
        return None
    ident = claim(node, functions, namespace)
    if ident is None:
        return None
    uri, mime_type = node.text("uri"), node.text("mimeType")
    files = files.at(node.folder())
    try:
        place = files.locate(node.text("location"))
        contents = _contents(node, files, place)
    except Unusable as problem:
        node.error("E241", problem.message, at="location", hint=problem.hint)
        return None
    base = uri if uri.endswith("/") else f"{uri}/"
    return Folder(
        name=node.text("name"),
        ident=ident,
        title=node.text("label"),
        description=node.text("description"),
        uri=uri,
        files=tuple(
            PublishedFile(
                uri=f"{base}{path}" if path else uri,
                path=f"{ident}/{path or place.rpartition('/')[2]}",
                mime_type=mime_type or by_name(path or place),
                content=content,
            )
            for path, content in contents.items()
        ),
    )


def _contents(node: Node, files: Files, place: str) -> dict[str, bytes]:
    """The files at ``place`` by path, or the one file that it is. Raises Unusable."""
    if not place:
        raise Unusable(
            "the location is the folder of the capability itself",
            "put what is to be published into a folder of its own",
        )
    if os.path.isfile(files.base / place):
        return {"": files.read(place)}
    found = files.walk(place)
    hidden = [
        path for path in found if any(part.startswith(".") for part in path.split("/"))
    ]
    if hidden:
        node.report.add(
            "W291",
            f"hidden files of `{place}` are not published: {', '.join(hidden)}",
            node.span("location"),
            "move them elsewhere, or rename what is meant for clients",
        )
    visible = {path: found[path] for path in found if path not in hidden}
    if not visible:
        raise Unusable(
            f"the folder `{place}` holds nothing to publish",
            "put the files there, or remove the resource",
        )
    return visible


def _resource(
    node: Node,
    template: UriTemplate,
    consumed: Consumed,
    functions: Scope,
    namespace: str,
) -> ir.Resource | None:
    problems = node.report.faults
    name = node.text("name")
    declared = {variable: _variable(node, variable) for variable in template.variables}
    unit = Unit(namespace, name, tuple(declared.values()), frozenset(declared))
    found = lower_runs(node, consumed, unit, declared, "a resource")
    ident = claim(node, functions, namespace)
    if found is None or ident is None:
        return None
    runs, wiring = found
    names = (name, f"{name} resource", f"{namespace} {name} resource")
    templates = Templates(namespace, runs, wiring, declared, consumed.settings)
    output = lower_output(node, consumed, runs, names, templates.read)
    wiring = templates.wired()
    inputs = _inputs(node, template, runs, wiring)
    if node.report.faults == problems:
        _check_used(node, template, inputs)
    return ir.Resource(
        name=name,
        ident=ident,
        title=node.text("label"),
        description=node.text("description"),
        uri=node.text("uri"),
        mime_type=node.text("mimeType"),
        binary=node.flag("binary") is True,
        literals=template.literals,
        variables=template.variables,
        runs=runs,
        inputs=inputs,
        fixed=wiring.fixed(runs),
        output=output,
    )


def _variable(node: Node, name: str) -> Node:
    """A variable of the URI in the place of a declared input."""
    path = (*node.path, "uri")
    return Node(node.source, node.report, path, {"name": name, "type": "string"})


def _inputs(
    node: Node, template: UriTemplate, runs: ir.Runnable, wiring: Wiring
) -> tuple[ir.Input, ...]:
    """The variables of the URI, each with what it feeds; what nothing feeds must not be needed."""
    found: list[ir.Input] = []
    called_name = f"{runs.namespace}.{runs.name}"
    for source, parameter in sources(runs, wiring):
        if source not in template.variables:
            _check_unfed(node, source, parameter, wiring, template, called_name)
        elif parameter.type in ("array", "object"):
            node.error(
                "E218",
                f"`{parameter.name}` takes `{parameter.type}`, and a variable of a URI is a text",
                at="uri",
            )
        else:
            found.append(ir.Input(source, "argument", parameter, needed=True))
    if runs.body is not None and (runs.body.required or wiring.body):
        node.error(
            "E213",
            f"nothing supplies the request body that `{called_name}` needs",
            at="call",
            hint="a URI has no body: read this through a tool",
        )
    return tuple(found)


def _check_unfed(
    node: Node,
    source: str,
    parameter: ir.Parameter,
    wiring: Wiring,
    template: UriTemplate,
    called_name: str,
) -> None:
    if parameter.name in wiring.references or parameter in wiring.extras:
        near = closest(source, template.variables)
        place = node.child("with")
        node.report.add(
            "E203",
            f"the URI has no variable `{source}`",
            place.span(parameter.name if place.has(parameter.name) else None),
            f"did you mean `{near}`?" if near else f"write `{{{source}}}` in the URI",
        )
    elif parameter.required:
        node.error(
            "E213",
            f"nothing supplies `{parameter.name}`, which `{called_name}` needs",
            at="call",
            hint=f"write `{{{parameter.name}}}` in the URI, or give a value in `with`",
        )


def _check_used(
    node: Node, template: UriTemplate, inputs: tuple[ir.Input, ...]
) -> None:
    used = {item.name for item in inputs}
    for variable in template.variables:
        if variable not in used:
            node.error(
                "E293",
                f"the variable `{variable}` of the URI is used by nothing",
                at="uri",
                hint="hand it to a parameter in `with`, or take it out of the URI",
            )
