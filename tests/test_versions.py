"""Versions of the format: what is read, that later ones mean the same, and where things stand."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from emitted import CASES, GOLDEN, KRAKEN, ROOT, built, options_of
from naftiko_gen import dialect, overlay, pipeline, stamps, versions
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.lower import lower
from naftiko_gen.schema import ALPHA2, BETA5, check, schema_text
from naftiko_gen.source import Origin, Source, parse, read
from naftiko_gen.versions.shapes import SHAPES

TWINS = ROOT / "tests" / "versions"
COMPLETE = ROOT / "tests" / "schema" / "complete.beta5.yaml"
# Their REST operations have no name, which a map by name cannot express.
WITHOUT_NAMES = {"path-and-query", "several-adapters"}
#: Named outputs of one call are a dialect of 1.0.0-alpha2 (W104), without a later spelling.
NAMED_OUTPUTS = {"mapped-answers", "named-outputs"}
#: Its twin imports binds and an adapter, which 1.0.0-alpha2 cannot.
IMPORTED = {"imports"}

#: What came with 1.0.0-alpha3 or later: the cases themselves are written for a later version.
ONLY_LATER = {"binary-answers", "later-keys"}
TWINNED = {*CASES, "kraken"} - WITHOUT_NAMES - NAMED_OUTPUTS - ONLY_LATER


def source_of(text: str, report: Report | None = None) -> Source:
    source = parse("spec.yaml", dedent(text).encode(), report or Report())
    assert source is not None
    return source


def apply(text: str) -> tuple[versions.Versioned, Report]:
    report = Report()
    versioned = versions.apply(source_of(text, report), report)
    versions.refuse(versioned, report)
    return versioned, report


# Twins


def test_every_case_that_a_later_version_can_express_has_a_twin() -> None:
    twins = {path.name.removesuffix(".beta5.yaml") for path in TWINS.glob("*.yaml")}
    twins = {name for name in twins if not name.endswith(".overlay.yaml")}
    assert twins == TWINNED
    for case in WITHOUT_NAMES:
        assert any(" " in route.name for route in built(case).capability.routes)


@cache
def twin(case: str) -> pipeline.Package:
    report = Report()
    spec = str(TWINS / f"{case}.beta5.yaml")
    job = pipeline.Job(spec, case, options=options_of(case))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    return package


@pytest.mark.parametrize("case", sorted(TWINNED))
def test_twins_emit_the_same_package(case: str) -> None:
    earlier, later = dict(built(case).files), dict(twin(case).files)
    own = (TWINS / f"{case}.beta5.yaml").read_bytes()
    assert later.pop("capability.yaml") == own
    assert b"naftiko: 1.0.0-alpha2" in earlier.pop("capability.yaml")
    for files in (earlier, later):
        for path in [path for path in files if path.startswith("imported/")]:
            del files[path]
    assert later.keys() == earlier.keys()
    assert [path for path in earlier if later[path] != earlier[path]] == []


@pytest.mark.parametrize("case", sorted(TWINNED - IMPORTED))
def test_rewritten_twins_are_documents_of_alpha2(case: str) -> None:
    report = Report()
    source = read(str(TWINS / f"{case}.beta5.yaml"), report)
    assert source is not None
    source, _ = overlay.apply(source, report)
    versioned = versions.apply(source, report)
    check(versioned.source, report)
    assert versioned.written is not None
    assert report.errors == ()


@pytest.mark.parametrize("stamp", stamps.IKANOS)
def test_every_later_stamp_is_read(stamp: str, tmp_path: Path) -> None:
    text = (TWINS / "mcp-stdio.beta5.yaml").read_text("utf-8")
    spec = tmp_path / "spec.yaml"
    spec.write_text(text.replace("1.0.0-beta5", stamp), encoding="utf-8")
    report = Report()
    package = pipeline.build(
        pipeline.Job(str(spec), "mcp-stdio"), report, pipeline.Stages()
    )
    assert report.diagnostics == ()
    assert package is not None
    assert package.capability == built("mcp-stdio").capability


def test_alpha1_is_read_as_alpha2(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    shutil.copy(KRAKEN, spec)
    text = spec.read_text("utf-8").replace("1.0.0-alpha2", "1.0.0-alpha1")
    spec.write_text(text, encoding="utf-8")
    report = Report()
    package = pipeline.build(
        pipeline.Job(str(spec), "kraken"), report, pipeline.Stages()
    )
    [warning] = [item for item in report.diagnostics if item.code == "W110"]
    assert (warning.span.start.line, warning.span.start.column) == (1, 10)
    assert package is not None
    assert package.capability == built("kraken").capability
    assert package.files["capability.yaml"] == spec.read_bytes()


# Stamps


@pytest.mark.parametrize(
    ("stamp", "hint"),
    [
        ("naftiko: 1.0.0-beta5", "did you mean `ikanos: 1.0.0-beta5`?"),
        ("ikanos: 1.0.0-alpha2", "did you mean `naftiko: 1.0.0-alpha2`?"),
        ("ikanos: 1.0.0-beta7", "did you mean `ikanos: 1.0.0-beta5`?"),
        ("naftiko: 1.0-alpha2", "did you mean `naftiko: 1.0.0-alpha2`?"),
        (
            "ikanos: 7",
            "supported: `naftiko: 1.0.0-alpha1`, `naftiko: 1.0.0-alpha2`, and"
            " `ikanos: 1.0.0-alpha3` to `ikanos: 1.0.0-beta5`",
        ),
    ],
)
def test_an_unknown_stamp_is_refused_where_it_stands(stamp: str, hint: str) -> None:
    text = f"# text\n{stamp}\ncapability: {{consumes: [{{from: a, import: b}}]}}\n"
    versioned, report = apply(text)
    if versioned.written is None:
        check(versioned.source, report)
    [found] = [item for item in report.diagnostics if item.code == "E109"]
    assert (found.hint, found.span.start.line) == (hint, 2)
    assert found.span.start.column == stamp.index(":") + 3


# Shape


def test_what_the_earlier_version_knows_is_all_that_is_left() -> None:
    report = Report()
    source = read(str(COMPLETE), report)
    assert source is not None
    versioned = versions.apply(source, report)
    versions.refuse(versioned, report)
    assert {item.code for item in report.diagnostics} == {"E302"}
    after = Report()
    check(versioned.source, after)
    unknown = {
        item.message.split("`")[1] for item in after.diagnostics if item.code == "E102"
    }
    assert unknown == {
        *("version", "tags", "tunnel", "outputMediaType", "maxBinarySize"),
        *("responses", "responseBinary", "ttlMs", "cacheScope", "binary"),
        *("import", "location"),
    }


def test_the_document_is_rewritten() -> None:
    versioned, report = apply("""
        ikanos: 1.0.0-beta5
        info: {display: D, description: d}
        capability:
          aggregates:
            - display: A
              namespace: a
              flows:
                f:
                  description: d
                  steps: {one: {type: call, call: b.c}}
                  mappings: [{target: t, value: $.one}]
                  outputParameters:
                    list: {type: array, items: {each: {type: object, properties: {p: {type: string}}}}}
          consumes: [{from: ./b.yaml, import: b}]
        """)
    assert report.diagnostics == ()
    each = {
        "name": "each",
        "type": "object",
        "properties": {"p": {"name": "p", "type": "string"}},
    }
    assert versioned.source.data == {
        "naftiko": ALPHA2,
        "info": {"label": "D", "description": "d"},
        "capability": {
            "aggregates": [
                {
                    "label": "A",
                    "namespace": "a",
                    "functions": [
                        {
                            "name": "f",
                            "description": "d",
                            "steps": [{"name": "one", "type": "call", "call": "b.c"}],
                            "mappings": [{"targetName": "t", "value": "$.one"}],
                            "outputParameters": [
                                {"name": "list", "type": "array", "items": [each]}
                            ],
                        }
                    ],
                }
            ],
            "consumes": [{"location": "./b.yaml", "import": "b"}],
        },
    }


def test_every_kind_of_object_has_a_shape() -> None:
    for shape in SHAPES.values():
        for table in (shape.maps, shape.named, shape.lists, shape.parts):
            assert set(table.values()) <= SHAPES.keys()


# Positions


def test_moved_nodes_are_found_where_they_are_written() -> None:
    text = "ikanos: 1.0.0-beta5\ncapability:\n  exposes:\n    - tools:\n"
    text += "        one: {description: a}\n        two: {display: b}\n"
    source = apply(text)[0].source
    tool = ("capability", "exposes", 0, "tools", 1)
    places = {
        "name": ((*tool, "name"), False, 6, 9),
        "the key `name`": ((*tool, "name"), True, 6, 9),
        "value": (tool, False, 6, 14),
        "its key": (tool, True, 6, 9),
        "renamed": ((*tool, "label"), True, 6, 15),
        "its value": ((*tool, "label"), False, 6, 24),
        "absent": ((*tool, "call"), False, 6, 14),
        "stamp": (("naftiko",), True, 1, 1),
    }
    for what, (path, key, line, column) in places.items():
        start = source.span(path, key=key).start
        assert (start.line, start.column) == (line, column), what


def test_moves_add_up() -> None:
    source = source_of("a: {b: {c: 1}}\n")
    source = source.with_data({"x": {"c": 1}}, {("x",): Origin(("a", "b"))})
    source = source.with_data({"y": [1, 2]}, {("y", 0): Origin(("x", "c"))})
    assert source.span(("y", 0)).start.column == 12
    source = source.with_data({"z": "c"}, {("z",): Origin(("y", 0), key=True)})
    assert source.span(("z",)).start.column == 9
    assert source.span(("z", "deeper")).start.column == 9


# Files that others import


@pytest.mark.parametrize("section", ["consumes", "exposes", "aggregates", "binds"])
def test_a_file_of_one_section_is_only_read_for_another(section: str) -> None:
    text = f"ikanos: 1.0.0-beta5\n{section}: [{{from: a, import: b}}]\n"
    _, report = apply(text)
    places = {(item.code, item.span.start.line) for item in report.diagnostics}
    assert ("E337", 2) in places
    source = source_of(text)
    other = Report()
    versioned = versions.apply(source, other)
    versions.refuse(versioned, other, imported=True)
    found = versioned.source.data
    assert all("by itself" not in item.message for item in other.diagnostics)
    assert found == {"naftiko": ALPHA2, section: [{"location": "a", "import": "b"}]}


def test_a_file_has_one_section() -> None:
    _, report = apply(
        "ikanos: 1.0.0-beta5\nconsumes: [{from: a, import: b}]\nbinds: []\n"
    )
    found = [item.message for item in report.diagnostics if item.code == "E108"]
    assert found == ["`binds` cannot stand here"]


def test_binds_may_stand_beside_a_capability() -> None:
    _, report = apply("""
        ikanos: 1.0.0-beta5
        binds: [{namespace: env, keys: {}}]
        capability:
          binds: [{namespace: other, keys: {}}]
          consumes: [{from: a, import: b}]
        """)
    assert report.diagnostics == ()


# Earlier spellings


def test_earlier_spellings_are_read_and_noted() -> None:
    text = (ROOT / "tests" / "schema" / "complete.yaml").read_text("utf-8")
    # What has no name cannot become an entry of a map by name.
    text = text.replace("naftiko: 1.0.0-alpha2", "ikanos: 1.0.0-beta5")
    text = text.replace("- ref: fleet.find", "- {name: find, ref: fleet.find}")
    text = text.replace("[{ref: fleet.find}]", "[{name: find, ref: fleet.find}]")
    text = text.replace("ref: fleet.find}\n", "name: find, ref: fleet.find}\n", 1)
    text = text.replace(
        "- {method: DELETE, outputParameters: [{type: string, value: ok}, ",
        "- {method: DELETE, name: fixed, outputParameters: [",
    )
    text = text.replace(
        "path: /rest/{path}", "path: /rest/{path}\n          name: rest"
    )
    _, report = apply(text)
    codes = [item.code for item in report.diagnostics]
    assert set(codes) == {"W111"}, render_text(report, report.texts)
    messages = [item.message for item in report.diagnostics]
    assert [message.partition(" since")[0] for message in messages] == [
        "`label` is called `display`",
        "`location` is called `from`",
        "lists of entries with a `name` are maps by name",
        "`functions` is called `flows`",
        "`targetName` is called `target`",
        "entries of a map have no `name`",
    ]


def test_places_survive_both_rewritings() -> None:
    text = "ikanos: 1.0.0-beta5\ncapability:\n  exposes:\n    - tools:\n"
    text += "        - {name: one, label: a}\n        - {name: two, label: b}\n"
    versioned, report = apply(text)
    assert "W111" in {item.code for item in report.diagnostics}
    tool = ("capability", "exposes", 0, "tools", 1)
    assert versioned.source.span(tool).start.line == 6
    start = versioned.source.span((*tool, "label"), key=True).start
    assert (start.line, start.column) == (6, 23)


def test_two_entries_of_one_name_are_not_joined() -> None:
    _, report = apply("""
        ikanos: 1.0.0-beta5
        capability:
          exposes:
            - type: mcp
              namespace: a
              tools: [{name: one, ref: b.c}, {name: one, ref: b.d}]
        """)
    assert "`tools` must be a mapping, not a list" in {
        item.message for item in report.diagnostics
    }


def test_lint_reads_later_versions(tmp_path: Path) -> None:
    found = []
    for spec in (
        GOLDEN / "rest-inputs" / "capability.yaml",
        TWINS / "rest-inputs.beta5.yaml",
    ):
        report = Report()
        pipeline.lint(
            pipeline.Job(str(spec), "x"), report, pipeline.Stages(), everything=True
        )
        found.append(sorted(item.code for item in report.diagnostics))
    assert found[0] == found[1]
    assert found[0]


# Any document

KEYS = sorted(
    {
        key
        for shape in SHAPES.values()
        for table in (shape.renamed, shape.maps, shape.named, shape.lists, shape.parts)
        for key in table
    }
    | {"label", "name", "functions", "location", "import", "type", "call", "x", ""}
    | {"tunnel", "responses", "naftiko", "namespace", "method", "path", "in"}
)
keys = st.sampled_from(KEYS)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 70000),
    st.sampled_from(["rest", "mcp", "http", "GET", "a.b", "one", "{{x}}", ""]),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=4)
    ),
    max_leaves=25,
)


def holder(section: str) -> st.SearchStrategy[Any]:
    return st.lists(st.dictionaries(keys, trees, max_size=4), max_size=3).map(
        lambda items: {"capability": {section: items}}
    )


documents = st.one_of(
    st.dictionaries(keys, trees, max_size=5),
    *map(holder, ("exposes", "consumes", "aggregates", "binds")),
)


def paths(node: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(node, dict):
        inner = list(node.items())
    elif isinstance(node, list):
        inner = list(enumerate(node))
    return [
        path,
        *(deep for step, item in inner for deep in paths(item, (*path, step))),
    ]


@settings(max_examples=300, deadline=None)
@given(documents, st.sampled_from([*stamps.KEYS, None, 3]))
def test_no_document_makes_the_stage_raise(document: Any, stamp: Any) -> None:
    text = json.dumps({**document, "ikanos": stamp}, indent=1)
    report = Report()
    source = parse("spec.yaml", text.encode(), report)
    assume(source is not None)
    assert source is not None
    before = json.dumps(source.data)
    versioned = versions.apply(source, report)
    versions.refuse(versioned, report)
    assert json.dumps(source.data) == before
    last = text.count("\n") + 1
    for path in paths(versioned.source.data):
        for key in (False, True):
            span = versioned.source.span(path, key=key)
            assert 1 <= span.start.line <= span.end.line <= last
    lower(dialect.apply(versioned.source, report), report, "any")


@given(st.dictionaries(st.sampled_from(["one", "two", "three"]), trees))
def test_the_order_of_a_map_is_the_order_of_the_list(members: Any) -> None:
    document = {
        "ikanos": "1.0.0-beta5",
        "capability": {"exposes": [{"tools": members}]},
    }
    source = parse("spec.yaml", json.dumps(document).encode(), Report())
    assert source is not None
    data: Any = versions.apply(source, Report()).source.data
    tools = data["capability"]["exposes"][0]["tools"]
    assert len(tools) == len(members)
    for name, tool, member in zip(members, tools, members.values(), strict=True):
        assert not isinstance(member, dict) or tool["name"] == name


# The command


@pytest.mark.parametrize("version", stamps.KEYS)
def test_the_schema_of_a_version_is_printed(
    version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "--version", version]) == 0
    wanted = BETA5 if stamps.KEYS[version] == "ikanos" else ALPHA2
    assert capsys.readouterr().out == schema_text(wanted)


def test_the_schema_of_no_version_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["schema", "--version", "2.0"]) == 64
    assert "1.0.0-alpha2" in capsys.readouterr().err


def test_the_stamps_of_the_schema_are_those_of_the_table() -> None:
    schema = json.loads(schema_text(BETA5))
    assert tuple(schema["properties"]["ikanos"]["enum"]) == stamps.IKANOS


# What the later schema forbids; `§` stands right before the place that must be named.

HEAD = "ikanos: 1.0.0-beta5\n"
CONSUMES = HEAD + (
    "capability:\n  consumes:\n    - {type: http, namespace: up, baseUri: 'http://a.example', %s}\n"
)
OPERATION = CONSUMES % "resources: {r: {path: /r, operations: {o: {method: GET, %s}}}}"
EXPOSES = HEAD + "capability:\n  exposes:\n    - {port: 1, namespace: a, %s}\n"
ROUTE = EXPOSES % "type: rest, resources: {r: {path: /r, operations: {o: {%s}}}}"
MCP = EXPOSES % "type: mcp, tools: {t: {ref: a.b}}, %s"
TOOL = EXPOSES % "type: mcp, tools: {t: {description: d, %s}}"
FLOW = HEAD + (
    "aggregates:\n  - {display: A, namespace: a, flows: {f: {description: d, %s}}}\n"
)
SKILL = EXPOSES % "type: skill, skills: {s: {description: d, %s}}"
IMPORT = HEAD + "capability: {consumes: [{from: a, import: b}], %s}\n"

BAD = [
    (HEAD + "info: §{description: d}\ncapability: {consumes: [{from: a, import: b}]}",
     "", "E101", "`display` is missing in this info block"),
    (HEAD + "capability: {exposes: [§{from: a}]}", "", "E101",
     "`import` is missing in this import"),
    (HEAD + "capability: {consumes: [{from: a, import: b, §namespace: c}]}", "",
     "E102", "unknown key `namespace` in this import"),
    ("§" + HEAD + "info: {display: d, description: d}", "", "E108",
     "this capability document has neither `capability`, `consumes`, `exposes`,"
     " `aggregates` nor `binds`"),
    (HEAD + "capability: {consumes: [{from: a, import: b}]}\n§exposes: []", "", "E108",
     "`exposes` cannot stand here"),
    (IMPORT, "binds: [§{from: a}]", "E101", "`import` is missing in this import"),
    (IMPORT, "aggregates: [§{display: A}]", "E101",
     "`flows` is missing in this aggregate"),
    (IMPORT, "aggregates: [{display: A, flows: §{}}]", "E106",
     "`flows` must have at least 1 entry"),
    (CONSUMES, "resources: §{}", "E106", "`resources` must have at least 1 entry"),
    (CONSUMES, "resources: {§a_b: {path: /, operations: {o: {method: GET}}}}", "E105",
     "`a_b` is not a valid identifier"),
    (CONSUMES, "inputParameters: {§page.size: {in: query}}", "E105",
     "`page.size` is not a valid name"),
    (CONSUMES, "inputParameters: {a: §query}", "E103",
     "`a` must be a mapping, not text"),
    (CONSUMES, "tunnel: {type: §vpn, service: s, identity: i}", "E107",
     "`type` cannot be `vpn`"),
    (CONSUMES, "tunnel: §{type: ziti, service: s}", "E101",
     "`identity` is missing in this tunnel"),
    (OPERATION, "outputRawFormat: §text", "E104", "`outputRawFormat` cannot be `text`"),
    (OPERATION, "maxBinarySize: §10MB", "E105", "`maxBinarySize` is not a valid size"),
    (OPERATION, "maxBinarySize: §10", "E103",
     "`maxBinarySize` must be text, not a number"),
    (OPERATION, "outputParameters: {a: §{type: string}}", "E101",
     "`value` is missing in this consumed output parameter"),
    (ROUTE, "method: GET, call: a.b, outputParameters: §{}", "E103",
     "`outputParameters` must be a list, not a mapping"),
    (ROUTE, "method: GET, steps: {s: {type: call, call: a.b}}, outputParameters: §[]",
     "E103", "`outputParameters` must be a mapping, not a list"),
    (ROUTE, "method: GET, call: a.b, responses: {§'600': {}}", "E105",
     "`600` is not a valid HTTP status"),
    (ROUTE, "method: GET, call: a.b, responses: {'200': {content: {§png: {}}}}", "E105",
     "`png` is not a valid media type"),
    (ROUTE, "method: GET, call: a.b, responseBinary: {mediaType: a/b, status: §99}",
     "E106", "`status` must be at least 100"),
    (ROUTE, "method: GET, call: a.b, mappings: [{§targetNam: a, value: b}]", "E102",
     "unknown key `targetNam` in this step output mapping"),
    (ROUTE, "method: GET, outputParameters: {a: {type: string, value: §1}}", "E103",
     "`value` must be text, not a number"),
    (MCP, "ttlMs: §soon", "E103", "`ttlMs` must be a whole number, not text"),
    (MCP, "cacheScope: §shared", "E104", "`cacheScope` cannot be `shared`"),
    (MCP, "resources: {r: §{uri: a, description: d, call: a.b}}", "E101",
     "`display` is missing in this MCP resource"),
    (MCP, "prompts: {p: {display: P, description: d, template: [{role: user, content: c}],"
     " arguments: {a: §{}}}}", "E101", "`description` is missing in this prompt argument"),
    (TOOL, "call: a.b, §title: x", "E102", "unknown key `title` in this MCP tool"),
    (TOOL, "steps: {s: §{call: a.b}}", "E101", "`type` is missing in this step"),
    (TOOL, "steps: {s: {type: call, call: a.b}}, outputParameters: {l: {type: array,"
     " items: §[]}}", "E103", "`items` must be a mapping, not a list"),
    (FLOW, "call: a.b, §ref: c.d", "E102", "unknown key `ref` in this flow"),
    (FLOW, "inputParameters: {a: §{type: string}}, call: a.b", "E101",
     "`description` is missing in this tool argument"),
    (SKILL, "tools: {t: §{description: d}}", "E108",
     "this skill tool has neither `from` nor `instruction`"),
]  # fmt: skip


@pytest.mark.parametrize(("frame", "part", "code", "message"), BAD)
def test_what_the_later_schema_forbids(
    frame: str, part: str, code: str, message: str
) -> None:
    text = frame % part if "%s" in frame else frame
    # A block mapping begins at its first key.
    before = text[: text.index("§")]
    place = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    report = Report()
    source = source_of(text.replace("§", ""), report)
    check(source, report, BETA5)
    found = [
        (item.code, item.message, item.span.start.line, item.span.start.column)
        for item in report.diagnostics
    ]
    assert (code, message, *place) in found
    published = Draft202012Validator(json.loads(schema_text(BETA5)))
    assert not published.is_valid(source.data)
