"""Parameters and body of a consumed operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from naftiko_gen import ir
from naftiko_gen.names import Scope

from . import scopes
from .bodies import lower_body
from .constants import CLIENT_HEADERS, check_constant
from .levels import (
    body_is_field,
    check_together,
    environment,
    merged,
    of_caller,
    of_one_name,
    two_bodies,
    used_settings,
)
from .node import Node
from .payloads import (
    Draft,
    finish_payload,
    is_form_data,
    passes_body,
    raw,
    read_payload,
    value_body,
)
from .templates import Names, Pieces, Settings, finish

_TYPES: dict[str, ir.Scalar] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
}
_KINDS: dict[str, ir.Scalar] = {**_TYPES, "array": "array", "object": "object"}
_LOCATIONS: dict[str, ir.Location] = {
    "path": "path",
    "query": "query",
    "header": "header",
    "cookie": "cookie",
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an operation takes: parameters, a body of the caller, and settings of the operator."""

    parameters: tuple[ir.Parameter, ...]
    body: ir.Body | None
    payload: ir.Payload | None
    settings: tuple[ir.Credential, ...]


def lower_inputs(
    holders: Sequence[Node],
    slots: tuple[str, ...] | None,
    types: Mapping[str, ir.Scalar],
    settings: Settings,
) -> Inputs:
    """What an operation takes; ``slots`` are the placeholders of its path, if it could be read.

    ``holders`` are the consumes block, the resource and the operation: of parameters with one
    name and place, the last one counts. ``types`` are those that routes and tools declare for
    parameters that have no type here.
    """
    node = holders[-1]
    items = merged(holders)
    own = Settings(settings.binds, settings.scope, environment(items, settings))
    names = Names(own, {i.text("name") for i in items if of_caller(i)})
    written = node.has("body") and not passes_body(node)
    reader = _Reader(names, slots, types, (written, body_is_field(items)))
    for item in items:
        reader.read(item)
    if node.has("body") and node.has("requestBody"):
        two_bodies(
            node,
            "body",
            "`body` says what is sent, and `requestBody` that the caller does",
        )
    if written:
        reader.draft = read_payload(node, names, reader.content_type())
    elif reader.fixed is not None:
        reader.draft = raw(reader.fixed, names, reader.content_type())
    elif reader.valued:
        reader.draft = value_body(reader.content_type())
    elif node.has("body") and reader.body is None:
        reader.body = lower_body(None, declared_required=False, description="")
    body = reader.body
    schema = node.child("requestBody").value
    if isinstance(schema, dict):
        body = lower_body(schema, declared_required=False, description="")
    declared = {p.name for p in reader.parameters if p.location == "path"}
    for slot in slots or ():
        if slot not in declared:
            declared.add(slot)
            reader.add_slot(slot, holders[-2])
    parameters, payload = reader.finish()
    whole = body is not None or reader.fixed is not None or reader.valued
    check_together(node, parameters, whole)
    return Inputs(parameters, body, payload, used_settings(parameters, payload))


class _Reader:
    """Reads the parameters of one operation; templates are finished when all inputs are known."""

    def __init__(
        self,
        names: Names,
        slots: tuple[str, ...] | None,
        types: Mapping[str, ir.Scalar],
        kinds: tuple[bool, bool],
    ) -> None:
        self.names = names
        self.draft: Draft | None = None
        self._written, self._field = kinds
        self.parameters: list[ir.Parameter] = []
        self.body: ir.Body | None = None
        self.fixed: Node | None = None
        self.valued = False
        self._slots, self._types = slots, types
        self._scope = Scope(scopes.PARAMETERS)
        self._templates: dict[int, Pieces] = {}
        self._seen_body = False

    def read(self, item: Node) -> None:
        """One parameter, at whatever level it is declared."""
        location = item.text("in", "body")
        name = item.text("name")
        if location == "environment":
            if item.has("value"):
                self.names.fixed[name] = self._value(item)
        elif location == "body" and self._written:
            # The body is written in the capability: what it names is a value for it.
            if name != "body":
                self._parameter(item, "variable")
        elif location == "body" and (name != "body" or self._field):
            self._parameter(item, "field")
        elif location == "body" and not item.has("value"):
            self._read_body(item)
        elif location == "body":
            self._fix_body(item)
        elif location in _LOCATIONS:
            self._parameter(item, _LOCATIONS[location])

    def _fix_body(self, item: Node) -> None:
        """A body with a value is that text, as if it stood in the operation's `body`."""
        value = item.child("value")
        if self._seen_body:
            two_bodies(item, "in", "another parameter is the whole body already")
        elif isinstance(value.value, str):
            self._seen_body, self.fixed = True, value

    def _read_body(self, item: Node) -> None:
        if self._seen_body:
            two_bodies(item, "in", "another parameter is the whole body already")
        self._seen_body = True
        written = item.text("type")
        kind = _KINDS.get(written) or self._types.get("body", "object")
        if kind in ("object", "json"):
            needed, said = item.flag("required") is True, item.text("description")
            self.body = lower_body(None, declared_required=needed, description=said)
            return
        # A list or a single value has no members to check: it is a value that the body is.
        self._input("body", "variable", kind, item.flag("required") is not False)
        self.valued = True

    def add_slot(self, slot: str, resource: Node) -> None:
        """A placeholder of the path that no parameter declares."""
        if f"{{{{{slot}}}}}" in resource.text("path").replace(" ", ""):
            # Double braces may name a setting; single ones are always a parameter.
            setting = self.names.settings.find(resource.child("path"), slot)
            if setting is not None:
                text = ir.Text((setting,))
                self.parameters.append(
                    ir.Parameter(slot, "", "path", "string", True, {}, None, text)
                )
                return
        self._input(slot, "path", _scalar(self._types.get(slot)) or "string", True)

    def _input(
        self, name: str, location: ir.Location, kind: ir.Scalar, required: bool
    ) -> None:
        schema: ir.JsonObject = {} if kind == "json" else {"type": kind}
        self.parameters.append(
            ir.Parameter(
                name, self._scope.numbered(name), location, kind, required, schema
            )
        )

    def _value(self, item: Node) -> Pieces:
        return self.names.resolve(
            item.child("value"), item.text("value"), own=item.text("name")
        )

    def _parameter(self, item: Node, location: ir.Location) -> None:
        name = item.text("name")
        if location == "header" and name.lower() in CLIENT_HEADERS:
            item.error(
                "E336",
                f"the header `{name}` is about the connection, and the HTTP client writes it",
                at="name",
                hint="remove it",
            )
            return
        if location == "path" and self._slots is not None and name not in self._slots:
            item.error(
                "E210",
                f"the path has no placeholder for the parameter `{name}`",
                at="name",
                hint=f"write {{{name}}} where it belongs in the path of the resource",
            )
            return
        kind = self._type(item, location)
        if kind is None:
            return
        required = location == "path" or item.flag("required") is True
        constant = template = None
        if item.has("value"):
            found = self._value(item)
            self.names.fixed[name] = found
            texts = [piece for piece in found if isinstance(piece, str)]
            if len(texts) == len(found):
                constant = "".join(texts)
                check_constant(item, "value", name, kind, location, constant)
            else:
                template = found
                if required:
                    self.names.need(found)
        ident = self._scope.numbered(name) if template is None else ""
        schema: ir.JsonObject = {} if kind == "json" else {"type": kind}
        if item.text("description"):
            schema["description"] = item.text("description")
        if template is not None:
            self._templates[len(self.parameters)] = template
        self.parameters.append(
            ir.Parameter(name, ident, location, kind, required, schema, constant)
        )

    def _type(self, item: Node, location: ir.Location) -> ir.Scalar | None:
        name, written = item.text("name"), item.text("type")
        if location in ("field", "variable"):
            # A template decides by itself what it makes.
            fallback: ir.Scalar = "string" if item.has("value") else "json"
            return _KINDS.get(written) or self._types.get(name, fallback)
        kind = _TYPES.get(written or str(_scalar(self._types.get(name)) or "string"))
        if kind is None and not item.report.faulty(item.span("type")):
            item.error(
                "E336",
                f"what a {location} carries is a text, and never of type `{written}`",
                at="type",
                hint="write `type: string`, and the value as the upstream wants it written",
            )
        return kind

    def content_type(self) -> str:
        """The media type that a header parameter fixes."""
        found = (
            p.constant
            for p in self.parameters
            if p.location == "header" and p.name.lower() == "content-type"
        )
        return next((text for text in found if text is not None), "")

    def finish(self) -> tuple[tuple[ir.Parameter, ...], ir.Payload | None]:
        """All parameters, with the inputs that only templates name, and the written body."""
        names = self.names
        for name in names.added:
            kind = self._types.get(name, "json" if name in names.whole else "string")
            self._input(name, "variable", kind, name in names.needed)
        given = {
            index: parameter
            for index, parameter in enumerate(self.parameters)
            if index not in self._templates and parameter.constant is None
        }
        inputs = of_one_name(given.values(), names.needed)
        for index, parameter in given.items():
            one = inputs[parameter.name]
            self.parameters[index] = replace(
                parameter, type=one.type, required=one.required
            )
        for index, found in self._templates.items():
            text = finish(found, inputs)
            self.parameters[index] = replace(self.parameters[index], template=text)
        payload = None if self.draft is None else finish_payload(self.draft, inputs)
        if payload is None or payload.kind != "multipart":
            return tuple(self.parameters), payload
        # The header of a form is written with the form: it says where the parts end.
        kept = (p for p in self.parameters if not is_form_data(p.constant or ""))
        return tuple(kept), payload


def _scalar(kind: ir.Scalar | None) -> ir.Scalar | None:
    return kind if kind in _TYPES else None
