"""W159: a key of the format is spelled in another way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naftiko_gen.names import plain
from naftiko_gen.source import JsonValue, Source

from .rule import Finding, Rule
from .structure import At, Reading

_INPUTS = dict.fromkeys(
    ("parameters", "params", "inputs", "arguments", "args", "inputparams"),
    "inputParameters",
)
_OUTPUTS = dict.fromkeys(("outputs", "output", "outputparams"), "outputParameters")
_ADDRESS = ("baseurl", "url", "uri", "endpoint", "server", "serverurl", "apiurl")
_ANY = {"title": "label", "displayname": "label", "summary": "description"}
_ANY |= {"desc": "description"}
#: The same on both sides of a capability.
_RESOURCE = {
    "id": "name",
    "uri": "path",
    "url": "path",
    "route": "path",
    "operation": "operations",
    "methods": "operations",
    **_INPUTS,
}
_PARAMETER = {"location": "in", "placement": "in", "key": "name"}

#: What authors call the keys of a kind, by the letters of what they write.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "": {
        "capabilities": "capability",
        "metadata": "info",
        "bind": "binds",
        "bindings": "binds",
    },
    # The label has a rule of its own.
    "Info": {
        "title": "",
        "displayname": "label",
        "keywords": "tags",
        "updated": "modified",
        "owners": "stakeholders",
    },
    "Person": {"name": "fullName", "mail": "email"},
    "Binding": {"name": "namespace", "variables": "keys", "vars": "keys"},
    "Capability": {
        "expose": "exposes",
        "consume": "consumes",
        "aggregate": "aggregates",
        "bind": "binds",
    },
    "ConsumesHttp": {
        **dict.fromkeys(_ADDRESS, "baseUri"),
        "ns": "namespace",
        "name": "namespace",
        "id": "namespace",
        "resource": "resources",
        "endpoints": "resources",
        **_INPUTS,
    },
    "ConsumedHttpResource": _RESOURCE,
    "ConsumedHttpOperation": {
        "operationid": "name",
        "verb": "method",
        "httpmethod": "method",
        "responseformat": "outputRawFormat",
        **_INPUTS,
        **_OUTPUTS,
    },
    "ConsumedInputParameter": _PARAMETER,
    "ExposedInputParameter": _PARAMETER,
    "ConsumedOutputParameter": {"mapping": "value", "path": "value"},
    "ExposesRest": {"name": "namespace", "id": "namespace", "auth": "authentication"},
    "ExposesMcp": {
        "name": "namespace",
        "id": "namespace",
        "tool": "tools",
        "auth": "authentication",
    },
    "ExposesSkill": {"name": "namespace", "id": "namespace", "skill": "skills"},
    "ExposedResource": _RESOURCE,
    "ExposedOperation": {
        "id": "name",
        "operationid": "name",
        "verb": "method",
        "httpmethod": "method",
        "operation": "call",
        "calls": "call",
        **_INPUTS,
        **_OUTPUTS,
    },
    "McpTool": {
        "id": "name",
        "operation": "call",
        "calls": "call",
        "annotations": "hints",
        **_INPUTS,
        **_OUTPUTS,
    },
    "McpToolHints": {
        "readonlyhint": "readOnly",
        "destructivehint": "destructive",
        "idempotenthint": "idempotent",
        "openworldhint": "openWorld",
    },
}


class _Keys(Reading):
    leaves = False

    def keys(self, node: dict[str, JsonValue], at: At) -> Mapping[str, str | None]:
        known = at.kind.keys
        if not known or node.keys() <= known.keys() or not at.kind.closed:
            return {}
        letters = {plain(key): key for key in known}
        words = {**_ANY, **_WORDS.get(at.kind.name, {})}
        if not at.before and not {"naftiko", "capability"} & {*map(plain, node)}:
            words = {}  # It is something else that has, say, metadata.
        taken = set(node)
        meant: dict[str, str | None] = {}
        for table in (letters, words):
            for key in node:
                new = table.get(plain(key), "")
                if key in known or key in meant or new not in known or new in taken:
                    continue
                taken.add(new)
                meant[key] = new
                said = f"`{key}` of this {at.kind.title}: read as `{new}`"
                self.say((*at.before, key), said)
        return meant


def _find(source: Source) -> Iterator[Finding]:
    return _Keys(source).found()


RULE = Rule(
    "W159",
    _find,
    """\
capability:
  consumes:
    - {type: http, namespace: shop, base_url: https://shop.example}
""",
    """\
capability:
  consumes:
    - {type: http, namespace: shop, baseUri: https://shop.example}
""",
)
