"""What emitted modules say of formats: converters of answers, and who wants them raw."""

from __future__ import annotations

from collections.abc import Iterable

from naftiko_gen import ir
from naftiko_gen.pycode import Call, Code, code, from_import, ident, joined

#: What a package reads of an answer at most when nothing is said, in bytes.
USUAL = 33_554_432
#: The static module of each format.
_MODULES = {
    "binary": "format_binary",
    "csv": "format_csv",
    "psv": "format_csv",
    "tsv": "format_csv",
    "xml": "format_xml",
    "yaml": "format_yaml",
    "html": "format_html",
    "markdown": "format_markdown",
    "avro": "format_avro",
    "protobuf": "format_protobuf",
}
#: Formats that are no text.
_BYTES = ("avro", "protobuf")
#: The modules that these need besides `converted`.
_NEEDED = {
    "format_avro": ("schema_files",),
    "format_markdown": ("format_yaml",),
    "format_protobuf": ("schema_files",),
}
#: The libraries that these modules need, as requirements of a package.
_REQUIREMENTS = {
    "format_avro": ("fastavro>=1.9,<2",),
    "format_html": ("lxml>=5.3,<7", "cssselect>=1.2,<2"),
    "format_markdown": ("markdown-it-py>=3,<5",),
    "format_protobuf": ("protobuf>=5.29,<8",),
    "format_xml": ("defusedxml>=0.7.1,<1",),
    "format_yaml": ("PyYAML>=6.0.1,<7",),
}


def used(operations: Iterable[ir.Operation]) -> list[str]:
    """The static modules for the formats of ``operations``."""
    modules = {_MODULES[o.format.kind] for o in operations if o.format}
    return sorted({*modules, *(name for m in modules for name in _NEEDED.get(m, ()))})


def schemas(operations: Iterable[ir.Operation]) -> dict[str, bytes]:
    """The schemas of ``operations`` by file name."""
    found = [o.format for o in operations if o.format and o.format.file]
    return {form.file: form.schema for form in found}


def every_requirement() -> list[str]:
    """What packages can depend on for formats."""
    return sorted({name for names in _REQUIREMENTS.values() for name in names})


def requirements(operations: Iterable[ir.Operation]) -> list[str]:
    """What the package of ``operations`` depends on for their formats."""
    modules = used(operations)
    return sorted({name for m in modules for name in _REQUIREMENTS.get(m, ())})


def imports(
    operations: Iterable[ir.Operation], passed: Iterable[ir.Runnable]
) -> list[Code]:
    """The imports of the converters, sorted; some answers are ``passed`` on as they come."""
    names: dict[str, set[str]] = {}
    for operation in operations:
        if operation.format is not None:
            kind = operation.format.kind
            names.setdefault(_MODULES[kind], set()).add(f"convert_{kind}")
    if any(isinstance(runs, ir.Operation) and is_bytes(runs) for runs in passed):
        names["converted"] = {"as_bytes"}
    return [
        from_import(joined(code("."), ident(module)), sorted(found))
        for module, found in sorted(names.items())
    ]


def is_bytes(operation: ir.Operation) -> bool:
    """Whether an answer that comes as it is is no text."""
    return operation.format is not None and operation.format.kind in _BYTES


def converter(operation: ir.Operation) -> Call | None:
    """``convert_csv(reply)``; None for an operation that answers in JSON."""
    if operation.format is None:
        return None
    form = operation.format
    if form.kind == "binary":
        named = [form.choice] if form.choice else []
        return Call(code("convert_binary"), (code("reply"), code("max_size"), *named))
    options = [text for text in (form.file, form.choice) if text]
    return Call(ident(f"convert_{form.kind}"), (code("reply"), *options))


def raw(capability: ir.Capability) -> list[ir.Runnable]:
    """The operations that some route, tool or resource answers with as they come."""
    exposed: list[ir.Route | ir.Tool | ir.Resource] = [*capability.routes]
    exposed += [*capability.tools, *capability.resources]
    return [unit.runs for unit in exposed if is_raw(unit.runs, unit.output)]


def is_raw(runs: ir.Runnable, output: ir.Output | None) -> bool:
    """Whether an answer is passed on unconverted: there is nothing to map."""
    form = written(runs)
    return form is not None and form.kind != "binary" and output is None


def is_binary(runs: ir.Runnable) -> bool:
    """Whether an answer is never converted, whoever asks for it."""
    form = written(runs)
    if isinstance(runs, ir.Flow) and isinstance(runs.work, ir.Single):
        form = runs.work.step.operation.format
    return form is not None and form.kind == "binary"


def written(runs: ir.Runnable) -> ir.Format | None:
    """What the answer of an operation is written in; a flow makes JSON."""
    return runs.format if isinstance(runs, ir.Operation) else None


def max_response(capability: ir.Capability, upstream: ir.Upstream) -> int:
    """The size of answers that ``upstream`` has to be allowed for its binary ones."""
    runs = [unit.runs for unit in capability.routes]
    runs += [unit.runs for unit in capability.tools]
    runs += [unit.runs for unit in capability.resources]
    called = [o for o in runs if isinstance(o, ir.Operation)]
    sizes = [
        o.format.limit or o.format.at_most or 0
        for o in called
        if o.format is not None and o.namespace == upstream.namespace
    ]
    return max([USUAL, *sizes])
