"""``mappings.py``: one function for each mapped answer, in straight lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from naftiko_gen import ir
from naftiko_gen import ir_mapping as m
from naftiko_gen.pycode import (
    Call,
    Code,
    Parameter,
    Value,
    annotation,
    code,
    docstring,
    dotted,
    from_import,
    ident,
    joined,
    signature,
)

from .calls import parameter_name, parameters_of
from .mapping_code import LIST_OR_NONE, Block, Writer
from .mapping_paths import collect, value_at
from .values import TYPES

if TYPE_CHECKING:
    from naftiko_gen.contexts.calls import Mappings
    from naftiko_gen.contexts.parts import Function

_DOCUMENT = code("document: JsonValue")
#: Helpers that are not in ``json_values``.
_MODULES = {"concat": "wire", "said_number": "mocks", "said_boolean": "mocks"}
_BODY_OF = "the body of"


def outputs(capability: ir.Capability) -> list[tuple[m.Output, list[str]]]:
    """The mapped answers, and the routes, tools and resources that give each."""
    found: dict[str, tuple[m.Output, list[str]]] = {}
    users = [(r.output, f"{r.method} {r.path}") for r in capability.routes]
    users += [(t.output, f"the tool {t.name}") for t in capability.tools]
    users += [
        (step.projection, f"steps that call {step.operation.name}")
        for flow in capability.flows
        for step in flow.work.calls
    ]
    users += [(r.output, f"the resource {r.name}") for r in capability.resources]
    users += [
        (flow.work.output, f"the function {flow.namespace}.{flow.name}")
        for flow in capability.flows
        if isinstance(flow.work, ir.Single)
    ]
    for output, user in users:
        if output is not None:
            known = found.setdefault(output.ident, (output, []))[1]
            known.extend([] if user in known else [user])
    for route in capability.routes:
        for item in route.inputs:
            if item.pick is not None:
                user = f"{_BODY_OF} {route.method} {route.path}"
                found.setdefault(item.pick.ident, (item.pick, []))[1].append(user)
    return list(found.values())


def helper_modules(capability: ir.Capability) -> Iterator[str]:
    """The static modules that some answers alone need."""
    found = (part for output, _ in outputs(capability) for part in output.rendered)
    silent = any(not flow.work.calls for flow in capability.flows)
    if silent or any(part.kind != "string" for part in found):
        yield "mocks"


def view(capability: ir.Capability) -> Mappings:
    """The context of the template."""
    helpers: set[str] = set()
    functions = [
        function_of(output, users, helpers) for output, users in outputs(capability)
    ]
    return {
        "doc": docstring(f"What {capability.label} answers with.", 0),
        "imports": [
            *_imports(helpers, ("json_values", "mocks")),
            code("from .reply import JsonValue"),
            *_imports(helpers, ("wire",)),
        ],
        "functions": functions,
    }


def _imports(helpers: set[str], modules: tuple[str, ...]) -> list[Code]:
    found = [
        (module, [h for h in helpers if _MODULES.get(h, "json_values") == module])
        for module in modules
    ]
    return [
        from_import(joined(code("."), ident(module)), sorted(names))
        for module, names in found
        if names
    ]


def function_of(output: m.Output, users: list[str], helpers: set[str]) -> Function:
    names = parameters_of(output)
    writer = Writer(helpers, names.values())
    block = Block(writer, 1)
    for number, mapping in enumerate(output.alternatives, 1):
        value = _value(block, mapping, "document", "answer")
        never_null = isinstance(mapping, m.Constant) or mapping == m.Members(
            m.Path(), getattr(mapping, "members", ())
        )
        if never_null or number == len(output.alternatives):
            block.statement(code("return"), value)
            break
        name = block.variable("answer", value)
        block.put(joined(code("if "), name, code(" is not None:")))
        block.inner().put(joined(code("return "), name))
    head = joined(code("def "), ident(output.ident))
    return {
        "signature": signature(head, _parameters(output, names), code("JsonValue")),
        "doc": docstring(
            f"A value in {', '.join(users)}."
            if all(user.startswith(_BODY_OF) for user in users)
            else f"The answer of {', '.join(users)}."
        ),
        "lines": writer.lines,
    }


def _parameters(output: m.Output, names: Mapping[str, str]) -> list[Parameter | Code]:
    if not names:
        return [_DOCUMENT]
    return [_DOCUMENT, code("*"), *(_parameter(v, names) for v in output.variables)]


def _parameter(variable: ir.Variable, names: Mapping[str, str]) -> Parameter:
    kind = TYPES[variable.type]
    optional = "" if variable.type == "json" else " | None"
    return Parameter(names[variable.ident], annotation(f"{kind}{optional}"))


def _rendered(block: Block, mapping: m.Rendered) -> Value:
    parts = tuple(
        part if isinstance(part, str) else ident(parameter_name(part.ident))
        for part in mapping.text.parts
        if not isinstance(part, ir.Credential)
    )
    made = Call(block.writer.helper("concat"), parts)
    if mapping.kind == "string":
        return made
    helper = "said_boolean" if mapping.kind == "boolean" else "said_number"
    return Call(block.writer.helper(helper), (made,))


def _value(block: Block, mapping: m.Mapping, base: str, hint: str) -> Value:
    """What ``mapping`` gives for the variable ``base``; ``hint`` may name a new variable."""
    if isinstance(mapping, m.Constant):
        return mapping.value
    if isinstance(mapping, m.Rendered):
        return _rendered(block, mapping)
    if isinstance(mapping, m.At):
        if mapping.path.rest:
            return collect(block, mapping.path, base, hint)
        return value_at(block, base, mapping.path.stem)
    if isinstance(mapping, m.Each):
        return _each(block, mapping, base, hint)
    if mapping.base.segments:
        return _based(block, mapping, base, hint)
    return {name: _value(block, part, base, name) for name, part in mapping.members}


def _source(block: Block, path: m.Path, base: str, hint: str) -> Code:
    """A variable that holds what stands at ``path``."""
    if path.rest:
        return collect(block, path, base, hint)
    return block.variable(hint, value_at(block, base, path.stem))


def _each(block: Block, mapping: m.Each, base: str, hint: str) -> Value:
    if mapping.item is None and mapping.path.rest:
        return collect(block, mapping.path, base, hint)
    source = _source(block, mapping.path, base, "found")
    result = block.declare(hint, LIST_OR_NONE)
    inner = block.when(joined(code("isinstance("), source, code(", list)")))
    if mapping.item is None:
        inner.statement(joined(result, code(" =")), source)
        return result
    inner.put(joined(result, code(" = []")))
    loop, entry = inner.loop("entry", source)
    value = _value(loop, mapping.item, entry, "part")
    loop.call(dotted(result, "append"), value)
    return result


def _based(block: Block, mapping: m.Members, base: str, hint: str) -> Value:
    source = _source(block, mapping.base, base, "found")
    result = block.declare(hint, annotation("JsonValue"))
    inner = block.when(joined(source, code(" is not None")))
    members = {
        name: _value(inner, part, source, name) for name, part in mapping.members
    }
    inner.statement(joined(result, code(" =")), members)
    return result
