"""The schema check: what it accepts, and what it says about everything else.

In the documents below `§` stands right before the place that must be named.
"""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from naftiko_gen.diagnostics import Report
from naftiko_gen.schema import ALPHA2, BETA5, check, schema_text
from naftiko_gen.schema_choices import CHOICES, ByValue
from naftiko_gen.schema_later import LATER_CHOICES
from naftiko_gen.source import Source, read

COMPLETE = Path(__file__).parent / "schema" / "complete.yaml"

HEAD = "naftiko: 1.0.0-alpha2\n"
CAPABILITY = HEAD + "capability:\n"
CONSUMES = CAPABILITY + "  consumes:\n    -\n"
EXPOSES = CAPABILITY + "  exposes:\n    -\n"
BLOCK = (
    CONSUMES
    + "      type: http\n      namespace: up\n      baseUri: http://up.example\n"
)
OPERATION = BLOCK + (
    "      resources:\n        - name: r\n          path: /r\n          operations:\n"
    "            -\n"
)
REST = EXPOSES + "      type: rest\n      namespace: api\n      port: 1\n"
ROUTE = REST + (
    "      resources:\n        - path: /r\n          operations:\n            -\n"
)
MCP = EXPOSES + "      type: mcp\n      namespace: tools\n"
TOOL = MCP + "      port: 1\n      tools:\n        -\n"
MCP_WITH_TOOL = MCP + "      port: 1\n      tools: [{ref: a.b}]\n"
FUNCTION = CAPABILITY + (
    "  consumes: [{location: x, import: up}]\n  aggregates:\n    - label: A\n"
    "      namespace: a\n      functions:\n        -\n"
)
SKILL = EXPOSES + (
    "      type: skill\n      namespace: s\n      port: 1\n      skills:\n        -\n"
)
CONTROL = EXPOSES + "      type: control\n      port: 1\n"

# What stands around the part under test, and how deep that part stands in it.
FRAMES = {
    "root": ("", 0),
    "head": (CAPABILITY + "  consumes: [{location: x, import: up}]\n", 0),
    "capability": (CAPABILITY, 2),
    "consumed": (CONSUMES, 6),
    "block": (BLOCK, 6),
    "operation": (OPERATION, 14),
    "exposed": (EXPOSES, 6),
    "rest": (REST, 6),
    "route": (ROUTE, 14),
    "mcp with tool": (MCP_WITH_TOOL, 6),
    "tool": (TOOL, 10),
    "function": (FUNCTION, 10),
    "skill": (SKILL, 10),
    "control": (CONTROL, 6),
}

# frame, part, code, message
BAD = [
    # root and info
    ("root", "§capability: {consumes: [{location: x, import: y}]}", "E101",
     "`naftiko` is missing in this capability document"),
    ("root", "naftiko: §1.0.0-beta5\nconsumes: [{location: x, import: y}]", "E109",
     "format version `1.0.0-beta5` is not supported"),
    ("root", "naftiko: §1.0\nconsumes: [{location: x, import: y}]", "E109",
     "format version `1.0` is not supported"),
    ("root", "§naftiko: 1.0.0-alpha2", "E108",
     "this capability document has neither `capability` nor `consumes`"),
    ("root", "naftiko: 1.0.0-alpha2\n§capabilty: {}", "E102",
     "unknown key `capabilty` in this capability document"),
    ("head", "§consumes: [{location: x, import: up}]", "E108",
     "`capability` and `consumes` cannot stand together in this capability document"),
    ("head", "§title: x", "E102", "unknown key `title` in this capability document"),
    ("head", "info: §[]", "E103", "`info` must be a mapping, not a list"),
    ("head", "info:\n  §label: x", "E101",
     "`description` is missing in this info block"),
    ("head", "info: {label: §5, description: x}", "E103",
     "`label` must be text, not a number"),
    ("head", "info: {label: x, description: x, created: §2026-13-01}", "E105",
     "`created` is not a valid date"),
    ("head", "info: {label: x, description: x, tags: [a, §5]}", "E103",
     "item 2 of `tags` must be text, not a number"),
    ("head", "info: {label: x, description: x, stakeholders: [{role: a, fullName: b,"
     " email: §nobody}]}", "E105", "`email` is not a valid e-mail address"),
    ("head", "info: {label: x, description: x, stakeholders: [§{role: a}]}", "E101",
     "`fullName` is missing in this stakeholder"),
    # binds
    ("head", "binds: §[]", "E106", "`binds` must have at least 1 item"),
    ("head", "binds: [§{namespace: env}]", "E101", "`keys` is missing in this bind"),
    ("head", "binds: [{namespace: env, keys: {§token: x}}]", "E105",
     "`token` is not a valid variable name"),
    ("head", "binds: [{namespace: env, keys: {TOKEN: §a.b}}]", "E105",
     "`TOKEN` is not a valid name"),
    ("head", "binds: [{namespace: env, location: §here, keys: {}}]", "E105",
     "`location` is not a valid location"),
    # capability, consumes
    ("capability", "§binds: [{namespace: env, keys: {}}]", "E108",
     "this capability has neither `exposes` nor `consumes`"),
    ("capability", "consumes: §[]", "E106", "`consumes` must have at least 1 item"),
    ("capability", "consumes: [§text]", "E103",
     "item 1 of `consumes` must be a mapping, not text"),
    ("capability", "consumes:§", "E103", "`consumes` must be a list, not empty"),
    ("consumed", "§location: x", "E101", "`import` is missing in this import"),
    ("consumed", "location: x\nimport: y\n§namespace: z", "E102",
     "unknown key `namespace` in this import"),
    ("consumed", "type: §websocket\nnamespace: a\nbaseUri: http://a.example", "E107",
     "`type` cannot be `websocket`"),
    ("consumed", "§type: http\nnamespace: a", "E101",
     "`baseUri` is missing in this consumes block"),
    ("consumed", "type: http\nnamespace: §a_b\nbaseUri: http://a.example", "E105",
     "`namespace` is not a valid identifier"),
    ("consumed", "type: http\nnamespace: a\nbaseUri: §ftp://a.example", "E105",
     "`baseUri` is not a valid base URI"),
    ("block", "§baseuri: x", "E102", "unknown key `baseuri` in this consumes block"),
    ("block", "authentication: {type: §oauth3}", "E107",
     "unknown type `oauth3` of this authentication"),
    ("block", "authentication: §{token: x}", "E101",
     "`type` is missing in this authentication"),
    ("block", "authentication: {§typ: bearer}", "E102",
     "unknown key `typ` in this authentication"),
    ("block", "authentication: {type: §[basic]}", "E107",
     "`type` of this authentication must be one of: basic, apikey, bearer, digest,"
     " oauth2"),
    ("block", "authentication: §bearer", "E103",
     "`authentication` must be a mapping, not text"),
    ("block", "authentication: {type: apikey, §name: x}", "E102",
     "unknown key `name` in this API key authentication"),
    ("block", "authentication: {type: apikey, placement: §cookie}", "E104",
     "`placement` cannot be `cookie`"),
    ("block", "authentication: {type: basic, §token: x}", "E102",
     "unknown key `token` in this basic authentication"),
    ("block", "authentication: {type: bearer, token: §5}", "E103",
     "`token` must be text, not a number"),
    ("block", "authentication: {type: digest, §user: x}", "E102",
     "unknown key `user` in this digest authentication"),
    ("block", "authentication: §{type: oauth2, resource: x}", "E101",
     "`authorizationServerUri` is missing in this OAuth 2 authentication"),
    ("block", "resources: [§{name: r, path: /}]", "E101",
     "`operations` is missing in this consumed resource"),
    ("block", "resources: [{name: r, path: /, operations: §[]}]", "E106",
     "`operations` must have at least 1 item"),
    ("block", "inputParameters: [{name: a, in: §form}]", "E104",
     "`in` cannot be `form`"),
    ("block", "inputParameters: [{name: §page.size, in: query}]", "E105",
     "`name` is not a valid name"),
    ("block", "inputParameters: [{name: a, in: query, required: §'true'}]", "E103",
     "`required` must be `true` or `false`, not text"),
    ("operation", "name: a\nmethod: §get", "E104", "`method` cannot be `get`"),
    ("operation", "name: §|\n  a\nmethod: GET", "E105",
     "`name` is not a valid identifier"),
    ("operation", "name: a\nmethod: GET\noutputRawFormat: §text", "E104",
     "`outputRawFormat` cannot be `text`"),
    ("operation", "name: a\nmethod: GET\noutputParameters: [§{name: x, type: string}]",
     "E101", "`value` is missing in this consumed output parameter"),
    ("operation", "name: a\nmethod: PUT\nbody: §[]", "E103",
     "`body` must be text or a mapping, not a list"),
    ("operation", "name: a\nmethod: PUT\nbody: {type: §form, data: x}", "E107",
     "unknown type `form` of this request body"),
    ("operation", "name: a\nmethod: PUT\nbody: {type: json, data: §5}", "E103",
     "`data` must be text or a mapping or a list, not a number"),
    ("operation", "name: a\nmethod: PUT\nbody: {type: xml, data: §{}}", "E103",
     "`data` must be text, not a mapping"),
    ("operation", "name: a\nmethod: PUT\nbody: {type: formUrlEncoded, data: {a: §1}}",
     "E103", "`a` must be text, not a number"),
    ("operation", "name: a\nmethod: PUT\nbody: {type: multipartForm, data: [§{name: a}"
     "]}", "E101", "`value` is missing in this part of a multipart body"),
    # extension keys
    ("block", "signing: {scheme: hmac, credentials: {key: §a-b}}", "E105",
     "`key` is not a valid text"),
    ("block", "errors: {path: e, otherwise: {status: §200, kind: request}}", "E106",
     "`status` must be at least 400"),
    ("block", "errors: {path: e, rules: [§{prefix: a, status: 500}],"
     " otherwise: {status: 500, kind: request}}", "E101",
     "`kind` is missing in this in-band error rule"),
    ("block", "errors: {path: e, otherwise: {status: 500, kind: §outtage}}", "E104",
     "`kind` cannot be `outtage`"),
    ("block", "limits: {counter: {default: a, tiers: §{}}}", "E106",
     "`tiers` must have at least 1 entry"),
    ("block", "limits: {counter: {default: a, tiers: {a: {maximum: 1, decay: §0}}}}",
     "E106", "`decay` must be more than 0"),
    ("operation", "name: a\nmethod: GET\nsigning: §all", "E104",
     "`signing` cannot be `all`"),
    ("operation", "name: a\nmethod: GET\ncost: §-1", "E106",
     "`cost` must be at least 0"),
    ("operation", "name: a\nmethod: GET\nrequestBody: {type: §text}", "E105",
     "`type` is not a valid JSON type"),
    ("operation", "name: a\nmethod: GET\nrequestBody: {properties: {a: {§patern: x}}}",
     "E102", "unknown key `patern` in this JSON Schema"),
    ("operation", "name: a\nmethod: GET\nresult: {additionalProperties: §text}",
     "E103", "`additionalProperties` must be `true` or `false` or a mapping, not text"),
    # REST
    ("exposed", "type: §grpc\nport: 1", "E107", "unknown type `grpc` of this adapter"),
    ("exposed", "§port: 1", "E101", "`type` is missing in this adapter"),
    ("exposed", "§type: rest\nnamespace: a", "E101",
     "`port` is missing in this REST adapter"),
    ("exposed", "type: rest\nnamespace: a\nport: §'8080'", "E103",
     "`port` must be a whole number, not text"),
    ("exposed", "type: rest\nnamespace: a\nport: §70000", "E106",
     "`port` must be at most 65535"),
    ("rest", "address: §not a host", "E105", "`address` is not a valid address"),
    ("rest", "resources: [§{path: /}]", "E108",
     "this REST resource has neither `operations` nor `forward`"),
    ("rest", "resources: [{path: /, forward: §{}}]", "E101",
     "`targetNamespace` is missing in this forward block"),
    ("rest", "resources: [{path: /, forward: {targetNamespace: a, trustedHeaders: §[]}"
     "}]", "E106", "`trustedHeaders` must have at least 1 item"),
    ("route", "§call: a.b", "E101", "`method` is missing in this REST operation"),
    ("route", "§method: GET", "E108",
     "this REST operation has neither `call`, `steps` nor `ref`"),
    ("route", "method: GET\nname: a\n§cal: a.b\noutputParameters: [{type: object,"
     " mapping: $.}]", "E102", "unknown key `cal` in this REST operation"),
    ("route", "method: GET\ncall: a.b\n§ref: c.d", "E108",
     "`call` and `ref` cannot stand together in this REST operation"),
    ("route", "method: GET\ncall: §a.b.c", "E105", "`call` is not a valid reference"),
    ("route", "§method: GET\nsteps: [{type: call, name: a, call: a.b}]", "E101",
     "`name` is missing in this REST operation with `steps`"),
    ("route", "method: GET\ncall: a.b\nwith: {a: §null}", "E103",
     "`a` must be text or a number, not empty"),
    ("route", "method: GET\ncall: a.b\ninputParameters: [§{name: a, in: query,"
     " type: string}]", "E101", "`description` is missing in this REST input parameter"),
    ("route", "method: GET\ncall: a.b\ninputParameters: [{name: a, in: query,"
     " type: §text, description: b}]", "E104", "`type` cannot be `text`"),
    # outputs
    ("route", "method: GET\ncall: a.b\noutputParameters: §{}", "E103",
     "`outputParameters` must be a list, not a mapping"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [{type: §integer,"
     " mapping: $.}]", "E107", "unknown type `integer` of this mapped output"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [§{type: string}]", "E108",
     "this mapped text has neither `mapping` nor `value`"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [{type: number, mapping: $.,"
     " §value: '1'}]", "E108",
     "`mapping` and `value` cannot stand together in this mapped number"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [{type: boolean, mapping: $.,"
     " §label: a}]", "E102", "unknown key `label` in this mapped boolean"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [§{type: object}]", "E108",
     "this mapped object has neither `properties` nor `mapping`"),
    ("route", "method: GET\ncall: a.b\noutputParameters: [{type: object, properties:"
     " {a: {type: array, items: §{type: string}}}}]", "E108",
     "this mapped text has neither `mapping` nor `value`"),
    ("route", "method: GET\noutputParameters: [{type: string, §vlaue: ok}]", "E102",
     "unknown key `vlaue` in this mapped text"),
    ("route", "method: GET\noutputParameters: [§{name: a, type: string}]", "E101",
     "`value` is missing in this fixed output"),
    # MCP
    ("exposed", "§type: mcp\nnamespace: a\nport: 1", "E101",
     "`tools` is missing in this MCP adapter"),
    ("exposed", "§type: mcp\nnamespace: a\ntools: [{ref: a.b}]", "E101",
     "`port` is missing in this MCP adapter"),
    ("exposed", "type: mcp\nnamespace: a\ntransport: stdio\n§port: 1\ntools: [{ref: a.b}]",
     "E108", "`port` cannot stand here"),
    ("mcp with tool", "transport: §htp", "E104", "`transport` cannot be `htp`"),
    ("mcp with tool", "transport: §5", "E103", "`transport` must be text, not a number"),
    ("tool", "§name: a\ndescription: b", "E108",
     "this MCP tool has neither `call`, `steps` nor `ref`"),
    ("tool", "§call: a.b\nname: c", "E101", "`description` is missing in this MCP tool"),
    ("tool", "call: a.b\nname: c\n§descripton: d", "E102",
     "unknown key `descripton` in this MCP tool"),
    ("tool", "ref: a.b\nhints: {readOnly: §yes}", "E103",
     "`readOnly` must be `true` or `false`, not text"),
    ("tool", "ref: a.b\nhints: {§readonly: true}", "E102",
     "unknown key `readonly` in this hints block"),
    ("tool", "ref: a.b\ninputParameters: [{name: a, type: §date, description: b}]",
     "E104", "`type` cannot be `date`"),
    ("tool", "name: a\ndescription: b\ncall: c.d\noutputParameters: [§text]", "E103",
     "item 1 of `outputParameters` must be a mapping, not text"),
    ("tool", "name: a\ndescription: b\noutputParameters: [{name: a, type: §object,"
     " value: b}]", "E104", "`type` cannot be `object`"),
    ("mcp with tool", "resources: [§{name: a, label: a, uri: 'a:', description: a}]",
     "E108", "this MCP resource has neither `call`, `steps` nor `location`"),
    ("mcp with tool", "resources: [{name: a, label: a, uri: 'a:', description: a,"
     " call: a.b, §location: 'file:///a'}]", "E108",
     "`call` and `location` cannot stand together in this MCP resource"),
    ("mcp with tool", "resources: [{name: a, label: a, uri: 'a:', description: a,"
     " location: §./a}]", "E105", "`location` is not a valid file location"),
    ("mcp with tool", "resources: [{name: a, label: a, uri: 'a:', description: a,"
     " call: a.b, mimeType: §json}]", "E105", "`mimeType` is not a valid media type"),
    ("mcp with tool", "prompts: [§{name: a, label: a, description: a}]", "E108",
     "this MCP prompt has neither `template` nor `location`"),
    ("mcp with tool", "prompts: [{name: a, label: a, description: a, template:"
     " [{role: §system, content: a}]}]", "E104", "`role` cannot be `system`"),
    ("mcp with tool", "prompts: [{name: a, label: a, description: a, template:"
     " [{role: user, content: a}], arguments: [§{name: a}]}]", "E101",
     "`description` is missing in this prompt argument"),
    # aggregates and steps
    ("function", "§name: a\ndescription: b", "E108",
     "this function has neither `call` nor `steps`"),
    ("function", "name: a\ndescription: b\ncall: c.d\n§ref: e.f", "E102",
     "unknown key `ref` in this function"),
    ("function", "name: a\ndescription: b\ncall: c.d\nsemantics: {safe: §1}", "E103",
     "`safe` must be `true` or `false`, not a number"),
    ("function", "name: a\ndescription: b\nsteps: [{type: §loop, name: a}]", "E107",
     "unknown type `loop` of this step"),
    ("function", "name: a\ndescription: b\nsteps: [§{type: call, name: a}]", "E101",
     "`call` is missing in this call step"),
    ("function", "name: a\ndescription: b\nsteps: [{type: lookup, name: a, index: b,"
     " match: c, lookupValue: d, outputParameters: §[]}]", "E106",
     "`outputParameters` must have at least 1 item"),
    ("function", "name: a\ndescription: b\nsteps: [{type: script, name: a, file: §''}]",
     "E106", "`file` must have at least 1 character"),
    ("function", "name: a\ndescription: b\nsteps: [{type: call, name: a, call: b.c}]\n"
     "mappings: [{targetName: §a/b, value: c}]", "E105",
     "`targetName` is not a valid target name"),
    ("function", "name: a\ndescription: b\nsteps: [{type: call, name: a, call: b.c}]\n"
     "outputParameters: [§{name: a, type: array}]", "E101",
     "`items` is missing in this list output of steps"),
    ("function", "name: a\ndescription: b\nsteps: [{type: call, name: a, call: b.c}]\n"
     "outputParameters: [{name: a, type: string, §mapping: $.}]", "E102",
     "unknown key `mapping` in this scalar output of steps"),
    # skill and control
    ("skill", "name: a\ndescription: b\nuser-invocable: §sometimes", "E103",
     "`user-invocable` must be `true` or `false`, not text"),
    ("skill", f"name: a\ndescription: §{'b' * 1025}", "E106",
     "`description` must have at most 1024 characters"),
    ("skill", "name: a\ndescription: b\ntools: [§{name: a, description: b}]", "E108",
     "this skill tool has neither `from` nor `instruction`"),
    ("skill", "name: a\ndescription: b\ntools: [{name: a, description: b, from:"
     " §{action: c}}]", "E101",
     "`sourceNamespace` is missing in this source of a skill tool"),
    ("control", "management: {logs: §all}", "E103",
     "`logs` must be `true` or `false` or a mapping, not text"),
    ("control", "management: {logs: {max-subscribers: §21}}", "E106",
     "`max-subscribers` must be at most 20"),
    ("control", "management: {scripting: {allowedLanguages: [§ruby]}}", "E104",
     "item 1 of `allowedLanguages` cannot be `ruby`"),
    ("control", "management: {scripting: {timeout: §1.5}}", "E103",
     "`timeout` must be a whole number, not a number with a fraction"),
    ("control", "observability: {traces: {sampling: §2}}", "E106",
     "`sampling` must be at most 1"),
    ("control", "observability: {traces: {local: {buffer-size: §1}}}", "E106",
     "`buffer-size` must be at least 10"),
    ("control", "observability: {exporters: {otlp: §{}}}", "E101",
     "`endpoint` is missing in this OTLP exporter"),
    ("control", "observability: {metrics: {local: {§enable: true}}}", "E102",
     "unknown key `enable` in this local endpoint"),
]  # fmt: skip


def _read(text: str, folder: Path) -> Source:
    file = folder / "capability.yaml"
    file.write_text(text, encoding="utf-8")
    report = Report()
    source = read(str(file), report)
    assert source is not None and report.ok, report.diagnostics
    return source


def _framed(frame: str, part: str) -> str:
    before, depth = FRAMES[frame]
    return before + indent(part, " " * depth) + "\n"


def _checked(text: str, folder: Path) -> Report:
    report = Report()
    check(_read(text, folder), report)
    return report


def _found(report: Report) -> list[tuple[str, int, int]]:
    return [
        (item.code, item.span.start.line, item.span.start.column)
        for item in report.diagnostics
    ]


@pytest.mark.parametrize(
    ("frame", "part", "code", "message"),
    BAD,
    ids=[f"{number:03}-{case[2]}-{case[0]}" for number, case in enumerate(BAD)],
)
def test_one_defect_is_one_diagnostic_at_its_place(
    frame: str, part: str, code: str, message: str, tmp_path: Path
) -> None:
    marked = _framed(frame, part)
    before = marked[: marked.index("§")]
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    text = marked.replace("§", "")
    report = _checked(text, tmp_path)
    assert [(item.code, item.message) for item in report.diagnostics] == [
        (code, message)
    ]
    assert _found(report) == [(code, line, column)]
    # An ordinary validator with the published schema comes to the same verdict; only
    # Python's `$` lets a line feed at the end of a name pass.
    assert "§|" in part or not PUBLISHED.is_valid(_read(text, tmp_path).data)


PUBLISHED = Draft202012Validator(json.loads(schema_text()))
TABLES = {ALPHA2: CHOICES, BETA5: LATER_CHOICES}
each_version = pytest.mark.parametrize("version", TABLES)


@each_version
def test_the_published_schema_is_a_schema(version: str) -> None:
    schema = json.loads(schema_text(version))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:naftiko-gen:schema:{version}"


@pytest.mark.parametrize(
    ("version", "file"), [(ALPHA2, "complete.yaml"), (BETA5, "complete.beta5.yaml")]
)
def test_every_object_of_the_format_passes(
    version: str, file: str, tmp_path: Path
) -> None:
    source = _read((COMPLETE.parent / file).read_text(encoding="utf-8"), tmp_path)
    report = Report()
    check(source, report, version)
    assert report.diagnostics == ()
    Draft202012Validator(json.loads(schema_text(version))).validate(source.data)


@each_version
def test_every_key_of_the_format_is_in_the_complete_document(version: str) -> None:
    name = "complete.yaml" if version == ALPHA2 else "complete.beta5.yaml"
    text = (COMPLETE.parent / name).read_text(encoding="utf-8")
    schema = json.loads(schema_text(version))
    own = {name for name in schema["$defs"] if not name.startswith("ValueSchema")}
    keys = {
        key
        for name, part in (("", schema), *schema["$defs"].items())
        if name in own and part.get("additionalProperties") is False
        for key in part["properties"]
    }
    assert {key for key in keys if f"{key}:" not in text} == set()


def test_a_file_of_shared_apis_passes(tmp_path: Path) -> None:
    text = """
    naftiko: 1.0.0-alpha2
    consumes:
      - {type: http, namespace: ports, baseUri: https://ports.example}
    """
    assert _checked(dedent(text), tmp_path).diagnostics == ()


def _objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [item for part in schema for item in _objects(part)]
    if not isinstance(schema, dict):
        return []
    inner = [item for part in schema.values() for item in _objects(part)]
    return [schema, *inner]


@each_version
def test_every_property_is_described_for_editors(version: str) -> None:
    schema = json.loads(schema_text(version))
    bare = [
        key
        for part in (schema, *schema["$defs"].values())
        if part.get("additionalProperties") is False
        for key, value in part["properties"].items()
        if not value.get("description")
    ]
    assert bare == []


@each_version
def test_every_object_is_closed_or_a_map(version: str) -> None:
    schema = json.loads(schema_text(version))
    unions = {name for name, part in schema["$defs"].items() if "oneOf" in part}
    for name, part in (("", schema), *schema["$defs"].items()):
        if part.get("type") == "object" and name not in unions:
            assert "additionalProperties" in part, name


@each_version
def test_every_union_has_a_discriminator(version: str) -> None:
    schema = json.loads(schema_text(version))
    parts = {"": schema, **schema["$defs"]}
    unions = {name for name, part in parts.items() if {"oneOf", "anyOf"} & set(part)}
    assert unions == set(TABLES[version])
    # ... and there are no others, deeper inside.
    inner = [
        item
        for part in parts.values()
        for key, value in part.items()
        if key not in ("oneOf", "anyOf", "$defs")
        for item in _objects(value)
        if isinstance(item.get("oneOf", item.get("anyOf")), list)
    ]
    assert inner == []


@each_version
def test_every_branch_exists_and_is_a_branch_of_the_published_union(
    version: str,
) -> None:
    schema = json.loads(schema_text(version))
    parts = {"": schema, **schema["$defs"]}
    for name, choice in TABLES[version].items():
        branches = {branch for branch in choice.branches.values() if branch}
        more = [choice.plain]
        if not isinstance(choice, ByValue):
            more += [choice.otherwise, choice.fixed]
        branches |= {branch for branch in more if branch}
        union = parts[name].get("oneOf", parts[name].get("anyOf"))
        published = {
            branch["$ref"].removeprefix("#/$defs/")
            for branch in union
            if "$ref" in branch
        }
        assert branches == published, name


def test_all_defects_come_at_once(tmp_path: Path) -> None:
    part = """\
    namespace: a_b
    type: rest
    port: '80'
    resources:
      - path: 5
        operations:
          - {method: get, call: a.b, extra: 1}
    """
    text = EXPOSES + indent(dedent(part), " " * 6)
    assert _found(_checked(text, tmp_path)) == [
        ("E105", 5, 18),
        ("E103", 7, 13),
        ("E103", 9, 17),
        ("E104", 11, 24),
        ("E102", 11, 40),
    ]


@pytest.mark.parametrize(
    ("frame", "part", "hint"),
    [
        ("route", "method: get\ncall: a.b", "did you mean `GET`?"),
        ("route", "method: QUERY\ncall: a.b", "one of: GET, POST, PUT, PATCH, DELETE"),
        ("tool", "call: a.b\nname: c\ndescripton: d", "did you mean `description`?"),
        ("consumed", "location: x\nimport: y\nzzz: z",
         "known: location, import, as, description"),
        ("tool", "ref: a.b\ninputParameters: [{name: a, type: string}]",
         "`description`: What the argument means; models fill it in by this."),
        ("exposed", "type: REST\nport: 1", "did you mean `rest`?"),
        ("exposed", "type: grpc\nport: 1", "one of: rest, mcp, skill, control"),
        ("exposed", "type: rest\nnamespace: a\nport: '80'", "write it without quotes"),
        ("head", "info: {label: 5, description: x}", "put it in quotes"),
        ("rest", "resources: []", "add one, or leave the key out"),
        ("block", "authentication: {typ: bearer}", "did you mean `type`?"),
        ("mcp with tool", "transport: stdio",
         "An adapter with `transport: stdio` listens on no port."),
    ],
)  # fmt: skip
def test_hints(frame: str, part: str, hint: str, tmp_path: Path) -> None:
    report = _checked(_framed(frame, part), tmp_path)
    assert [item.hint for item in report.diagnostics] == [hint]


def test_a_uri_with_a_password_is_not_repeated(tmp_path: Path) -> None:
    part = "type: http\nnamespace: a\nbaseUri: ftp://me:hunter2@a.example"
    (item,) = _checked(_framed("consumed", part), tmp_path).diagnostics
    assert "hunter2" not in f"{item.message} {item.hint}"


def test_the_deepest_document_that_can_be_read_is_checked(tmp_path: Path) -> None:
    output = "{type: string}"
    for _ in range(26):
        output = "{type: object, properties: {a: " + output + "}}"
    part = f"method: GET\ncall: a.b\noutputParameters: [{output}]"
    report = _checked(_framed("route", part), tmp_path)
    assert [item.code for item in report.diagnostics] == ["E108"]
