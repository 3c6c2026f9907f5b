"""A second reading of a capability, which shares nothing with the generator's.

It goes from the YAML data straight to the request that one call of a route or tool has to make,
by the rules that are stated for documents of the wild: what ``with`` says comes first, then
names, then inputs that nobody declared.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, unquote

from .callers import (
    ABSENT,
    PLACEHOLDER,
    READING,
    Caller,
    Input,
    RestCaller,
    Unit,
    Wanted,
    alike,
    as_text,
    segment,
)
from .operations import (
    TEMPLATE,
    TEXTS,
    bare,
    credential,
    data_of,
    leaves,
    name_of,
    passes,
    path_of,
    route_of,
    sends,
    texts_of,
)

_OF_CALLER = re.compile(r"^(tools|rest)\.")


class Operator(dict[str, str]):
    """What the operator sets, by the names that the document has for it.

    ``environment`` has the same by the names of the variables. What is written in capitals and
    declared nowhere is a variable all the same.
    """

    def __init__(self, data: Any) -> None:
        super().__init__()
        self.environment: dict[str, str] = {}
        for holder in (data, data["capability"]):
            for bind in holder.get("binds") or []:
                for name, variable in (bind.get("keys") or {}).items():
                    self[name] = self.environment[variable] = f"s-{variable}"

    def __missing__(self, name: str) -> str:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", name):
            raise KeyError(name)
        self.environment[name] = self[name] = f"s-{name}"
        return self[name]

    def named(self, name: str) -> bool:
        """Whether a template of this name is one of the operator's."""
        return name.startswith("env.") or name in self

    def value(self, name: str) -> str:
        """The value of ``NAME`` or ``env.NAME``."""
        return self[name.removeprefix("env.")]

    def rendered(self, text: object) -> str:
        """``text`` with the operator's values in it."""
        return TEMPLATE.sub(lambda found: self.value(found[1]), str(text))


class Reading:
    """The units of one document; without ``credentials`` nothing is said of these."""

    def __init__(self, data: Any, *, credentials: bool = True) -> None:
        capability = data["capability"]
        self._settings = Operator(data)
        self._credentials = credentials
        self._blocks = {b["namespace"]: b for b in capability.get("consumes") or []}
        self._exposes = capability.get("exposes") or []
        self._shared = {key for key, n in Counter(self._routes()).items() if n > 1}

    def _routes(self) -> Iterator[tuple[str, str, str]]:
        for adapter in self._exposes:
            for resource in adapter.get("resources") or []:
                for node in resource.get("operations") or []:
                    yield route_of(adapter, resource, node)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the operator sets for all that the document does."""
        list(self.units(everything=True))
        return self._settings.environment

    def units(self, *, everything: bool) -> Iterator[Unit]:
        """One call of each route and tool, with all inputs or with those that are needed."""
        for adapter in self._exposes:
            for resource in adapter.get("resources") or []:
                for node in resource.get("operations") or []:
                    if adapter["type"] == "rest" and "call" in node:
                        made: Callable[[bool], Caller] = partial(
                            RestCaller, adapter, resource, node
                        )
                        # All of it shows which of several is meant.
                        shared = route_of(adapter, resource, node) in self._shared
                        yield self._unit(made, adapter, node, everything or shared)
            for node in adapter.get("tools") or []:
                if adapter["type"] == "mcp" and "call" in node:
                    made = partial(Caller, adapter, node)
                    yield self._unit(made, adapter, node, everything)

    def _found(self, call: str) -> tuple[Any, Any, Any]:
        if not any(call.startswith(f"{namespace}.") for namespace in self._blocks):
            # Another name for the only block.
            (namespace,) = self._blocks
            call = f"{namespace}.{call.rpartition('.')[2]}"
        for namespace, block in self._blocks.items():
            if call.startswith(f"{namespace}."):
                for resource in block.get("resources") or []:
                    for node in resource.get("operations") or []:
                        if name_of(node) == call[len(namespace) + 1 :]:
                            return block, resource, node
        raise LookupError(call)

    def _unit(
        self,
        made: Callable[[bool], Caller],
        adapter: Any,
        node: Any,
        everything: bool,
    ) -> Unit:
        found = block, resource, operation = self._found(node["call"])
        path = path_of(block, resource, operation)
        inputs = self._inputs(found, path)
        where = "query" if operation.get("method", "GET") in READING else "body"
        inputs += [Input(name, where) for name in self._forgotten(found, inputs)]
        caller = made(passes(operation) and all(i.where != "body" for i in inputs))
        caller.unit.answers = str(operation.get("outputRawFormat", "json"))
        says, spare = self._says(node, adapter, found, inputs)
        caller.forget(spare)
        caller.alone = sum(i.where in ("body", "template") for i in inputs) == 1
        values: dict[str, Any] = {}
        for number, item in enumerate(inputs):
            said = says.get(alike(item.name, says) or item.name, ABSENT)
            name, place = item.name, ""
            if said is not ABSENT:
                reference = self._reference(said, adapter)
                if reference is None:
                    values[item.name] = self._constant(said)
                    continue
                name, place = reference
            needed = item.required or item.where == "path" or caller.must(name, item)
            if everything or needed:
                values[item.name] = caller.give(name, item, number, place)
        caller.unit.wanted = self._request(found, path, inputs, values)
        if caller.body is not ABSENT:
            caller.unit.wanted.body = caller.body
        caller.finish()
        return caller.unit

    def _says(
        self, node: Any, adapter: Any, found: tuple[Any, Any, Any], inputs: list[Input]
    ) -> tuple[dict[str, Any], set[str]]:
        """What ``with`` gives, and the names of inputs that would feed the credential alone."""
        says = {str(key): value for key, value in (node.get("with") or {}).items()}
        name = credential(found[0])
        if not name or any(item.name.lower() == name for item in inputs):
            return says, set()
        kept = {key: value for key, value in says.items() if key.lower() != name}
        used = {item.name.lower() for item in inputs}
        for value in kept.values():
            used.add((self._reference(value, adapter) or ("", ""))[0].lower())
        spare = {name}
        for key in says.keys() - kept.keys():
            spare.add((self._reference(says[key], adapter) or ("", ""))[0].lower())
        return kept, spare - used

    def _forgotten(
        self, found: tuple[Any, Any, Any], inputs: list[Input]
    ) -> dict[str, None]:
        """What the operation does not say, and whoever exposes it gives or declares."""
        more: dict[str, None] = {}
        known = [item.name for item in inputs]
        for node, inherited in self._exposing(found[2]):
            says = node.get("with") or {}
            if not inputs and not says:
                items = [*inherited, *(node.get("inputParameters") or [])]
                more |= dict.fromkeys(item["name"] for item in items)
            for key in says:
                if alike(key, known) is None and key.lower() != credential(found[0]):
                    more[key] = None
        return more

    def _exposing(self, operation: Any) -> Iterator[tuple[Any, Any]]:
        """The routes and tools that call the operation, with what their resources declare."""
        for adapter in self._exposes:
            for resource in adapter.get("resources") or []:
                for node in resource.get("operations") or []:
                    if "call" in node and self._found(node["call"])[2] is operation:
                        yield node, resource.get("inputParameters") or []
            for node in adapter.get("tools") or []:
                if "call" in node and self._found(node["call"])[2] is operation:
                    yield node, []

    def _reference(self, said: Any, adapter: Any) -> tuple[str, str] | None:
        """The input that a text of ``with`` names, and the place that it wants it from."""
        head, dot, name = str(said).partition(".")
        if not isinstance(said, str) or not dot:
            return None
        if head not in ("rest", "tools", adapter.get("namespace")):
            return None
        place, dot, rest = name.partition(".")
        if dot and place in ("query", "path", "header", "body"):
            return rest, place
        return name, ""

    def _constant(self, said: Any) -> Any:
        written = r"\{\{\s*(?:env\.)?([A-Z][A-Z0-9_]*)\s*\}\}|env\.(\w+)"
        found = re.fullmatch(written, said) if isinstance(said, str) else None
        return self._settings[found[1] or found[2]] if found else said

    def _inputs(self, found: tuple[Any, Any, Any], path: str) -> list[Input]:
        """What the operation takes from callers, in the order of the document."""
        block, resource, operation = found
        inputs: dict[str, Input] = {}
        for match in PLACEHOLDER.finditer(bare(path)):
            if not (match[0].startswith("{{") and self._settings.named(match[1])):
                inputs[match[1]] = Input(match[1], "path", "string", True)
        for holder in (operation, resource, block):
            for item in holder.get("inputParameters") or []:
                if item.get("name") and "value" not in item:
                    self._declare(inputs, item, block, operation)
        data, kind = data_of(operation)
        texts = list(texts_of(data))
        # A body that is nothing but one value, or one text that is put together, needs it.
        only = isinstance(data, str) or (
            len(texts) == 1
            and data
            and not TEMPLATE.fullmatch(texts[0])
            and leaves(data) == 1
        )
        for text in texts:
            whole = kind not in TEXTS and TEMPLATE.fullmatch(text)
            for name in self._variables(text):
                made = Input(name, "template", "json" if whole else "string", only)
                known = inputs.setdefault(name, made)
                known.required = known.required or only
                if known.where == "body":
                    known.where = "template"
        fixed = dict(parse_qsl(path.partition("#")[2]))
        return [item for item in inputs.values() if item.name not in fixed]

    def _declare(
        self, inputs: dict[str, Input], item: Any, block: Any, operation: Any
    ) -> None:
        name, kind = item["name"], item.get("type", "string")
        reads = operation.get("method", "GET") in READING
        where = item.get("in") or ("query" if reads else "body")
        if kind in ("array", "object") and where != "body":
            kind = "string"  # Callers write it as the upstream wants it.
        if sends(item, block):
            return
        known = inputs.get(name)
        if known is None:
            must = item.get("required") is True
            told = not item.keys().isdisjoint(("type", "required", "description"))
            inputs[name] = Input(name, where, kind, must, told)
        elif known.where == "path":
            known.type = kind

    def _variables(self, text: str) -> Iterator[str]:
        for name in TEMPLATE.findall(text):
            if not self._settings.named(name):
                yield _OF_CALLER.sub("", name)

    def _request(
        self,
        found: tuple[Any, Any, Any],
        path: str,
        inputs: list[Input],
        values: Mapping[str, Any],
    ) -> Wanted:
        block, resource, operation = found

        def filled(match: re.Match[str]) -> str:
            if match[1] in values:
                return segment(values[match[1]])
            return segment(self._settings.value(match[1]))

        query = path.partition("#")[0].partition("?")[2]
        fragment = path.partition("#")[2]
        wanted = Wanted(
            operation.get("method", "GET"),
            [unquote(p) for p in PLACEHOLDER.sub(filled, bare(path)).split("/")],
            parse_qsl(query, keep_blank_values=True),
            {},
        )
        for name, text in parse_qsl(fragment):
            _send(wanted, "header" if name.startswith("X-") else "query", name, text)
        body: dict[str, Any] = {}
        for item in inputs:
            if item.name in values and item.where == "body":
                body[item.name] = values[item.name]
            elif item.name in values:
                _send(wanted, item.where, item.name, as_text(values[item.name]))
        for holder in (operation, resource, block):
            for item in holder.get("inputParameters") or []:
                if "value" in item and not sends(item, block):
                    text = self._settings.rendered(item["value"])
                    _send(wanted, item.get("in", "query"), item["name"], text)
        data, kind = data_of(operation)
        if data:
            made = self._filled(data, values)
            wanted.body = {**made, **body} if isinstance(made, dict) else made
            if "form" in kind or "multipart" in kind:
                wanted.body = {k: as_text(v) for k, v in wanted.body.items()}
        elif body:
            wanted.body = body["body"] if list(body) == ["body"] else body
        if self._credentials:
            self._authenticate(block, wanted)
        return wanted

    def _filled(self, data: Any, values: Mapping[str, Any]) -> Any:
        """The data of a body with its templates filled; what is not given is left out."""
        if isinstance(data, dict):
            made = {key: self._filled(value, values) for key, value in data.items()}
            return {key: value for key, value in made.items() if value is not ABSENT}
        if isinstance(data, list):
            items = [self._filled(item, values) for item in data]
            return [item for item in items if item is not ABSENT]
        if not isinstance(data, str):
            return data

        def value(name: str) -> Any:
            if self._settings.named(name):
                return self._settings.value(name)
            return values.get(_OF_CALLER.sub("", name), ABSENT)

        if alone := TEMPLATE.fullmatch(data):
            return value(alone[1])
        if any(value(name) is ABSENT for name in TEMPLATE.findall(data)):
            return ABSENT
        return TEMPLATE.sub(lambda match: as_text(value(match[1])), data)

    def _authenticate(self, block: Any, wanted: Wanted) -> None:
        auth = block.get("authentication") or block.get("auth") or {}
        kind = str(auth.get("type")).lower()
        if kind == "bearer":
            token = self._settings.rendered(auth.get("token", auth.get("value")))
            wanted.headers["authorization"] = f"Bearer {token}"
        elif kind == "basic":
            parts = (auth.get("username"), auth.get("password") or "")
            pair = ":".join(self._settings.rendered(part) for part in parts)
            wanted.headers["authorization"] = (
                f"Basic {b64encode(pair.encode()).decode()}"
            )
        elif kind == "apikey":
            for name, text in (auth.get("headers") or {}).items():
                _send(wanted, "header", name, self._settings.rendered(text))
            key, value = auth.get("key", auth.get("name")), auth.get("value")
            value = auth.get("token") if value is None else value
            if "header" in auth:
                key, value = auth["header"], auth.get("value", auth.get("key"))
            if isinstance(key, str) and isinstance(value, str):
                place = auth.get("placement", auth.get("in", "header"))
                _send(wanted, place, key, self._settings.rendered(value))


def _send(wanted: Wanted, place: str, name: str, text: str) -> None:
    if place == "query":
        wanted.query.append((name, text))
    elif place == "header":
        wanted.headers[name.lower()] = text
    elif place == "body":
        wanted.body = {**({} if wanted.body is ABSENT else wanted.body), name: text}
    elif place == "cookie":
        wanted.headers["cookie"] = f"{name}={text}"
