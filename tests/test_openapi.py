"""OpenAPI in and out: what is imported builds and runs, and what is wrong has its place."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator

from emitted import ROOT, passed, run, write
from naftiko_gen import cli, openapi, pipeline, yaml_text
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.openapi.capability import capability, overlay
from naftiko_gen.source import parse, read

FOLDER = ROOT / "tests" / "openapi"
OPERATIONS = {
    "bookshop-2.0.yaml": 6,
    "parcels-3.0.json": 6,
    "rooms-3.1.yaml": 4,
    "pets-2.0.yaml": 6,
    "pets-3.0.yaml": 6,
    "pets-3.1.yaml": 6,
}
DOCUMENTS = tuple(OPERATIONS)


def imported(document: Path, spec: Path) -> Report:
    """Import ``document`` as ``spec`` with its sidecar; what was said of it."""
    report = Report()
    api = openapi.import_api(str(document), report)
    assert api is not None, render_text(report, report.texts)
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_bytes(yaml_text.dump(capability(api)))
    beside = overlay(api)
    if beside is not None:
        spec.with_suffix(".overlay.yaml").write_bytes(yaml_text.dump(beside))
    return report


def built(spec: Path) -> pipeline.Package:
    """The package of ``spec``, about which there is nothing to say."""
    report = Report()
    job = pipeline.Job(str(spec), pipeline.default_name(str(spec)))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    assert report.diagnostics == (), render_text(report, report.texts)
    return package


def found(text: str | bytes, tmp_path: Path) -> list[tuple[int, int, str]]:
    """Line, column and code of each thing said of a document."""
    path = tmp_path / "document.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    report = Report()
    openapi.import_api(str(path), report)
    return said(report)


def said(report: Report) -> list[tuple[int, int, str]]:
    return [
        (d.span.start.line, d.span.start.column, d.code) for d in report.diagnostics
    ]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_import_build_run_export(document: str, tmp_path: Path) -> None:
    spec = tmp_path / "specs" / "made.yaml"
    report = imported(FOLDER / document, spec)
    assert report.ok
    package = built(spec)
    count = OPERATIONS[document]
    assert len(package.capability.operations) == count
    assert len(package.capability.routes) == len(package.capability.tools) == count
    project = tmp_path / "made"
    write(project, package.files)
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    passed(done)
    assert f"{3 * count} passed" in done.stdout
    contract = json.loads(package.files["openapi.json"])
    OpenAPIV31SpecValidator(contract).validate()

    # The contract is a document too; from its import on, nothing changes any more.
    first = tmp_path / "exported.json"
    first.write_bytes(package.files["openapi.json"])
    again = tmp_path / "specs" / "again.yaml"
    imported(first, again)
    second = tmp_path / "exported-again.json"
    second.write_bytes(built(again).files["openapi.json"])
    assert json.loads(second.read_bytes()) == json.loads(first.read_bytes())
    third = tmp_path / "specs" / "third.yaml"
    imported(second, third)
    assert third.read_bytes() == again.read_bytes()
    assert built(third).files["openapi.json"] == second.read_bytes()
    sidecars = [s.with_suffix(".overlay.yaml").read_bytes() for s in (third, again)]
    assert sidecars[0] == sidecars[1]


def test_names_and_limits_that_are_hard(tmp_path: Path) -> None:
    """Names of Python and of emitted modules, hostile text, values with narrow limits."""
    spec = tmp_path / "specs" / "settings.yaml"
    assert said(imported(FOLDER / "names-3.1.yaml", spec)) == [(29, 57, "W502")]
    package = built(spec)
    assert [o.name for o in package.capability.operations] == [
        "list",
        "import",
        "unicode-operation",
    ]
    OpenAPIV31SpecValidator(json.loads(package.files["openapi.json"])).validate()
    project = tmp_path / "made"
    write(project, package.files)
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    passed(done)
    assert "9 passed" in done.stdout


ODD: tuple[Any, ...] = (
    *(None, True, 0, -3.5, [], {}, [{}], ["string", "null"], {"$ref": "#/"}),
    *("", "x", "body", "array", "{{x}}", "'\"\\", "query", "/a/{b}", "host", "list"),
    *({"type": "string"}, {"a": {}}, {"$ref": "#/paths"}, 10**25),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in ``value``, without its own."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    found = [(*path, key) for key, _ in items]
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_document_is_refused_or_builds(data: st.DataObject) -> None:
    source = read(
        str(FOLDER / data.draw(st.sampled_from(DOCUMENTS))), Report(), number_keys=True
    )
    assert source is not None
    document = copy.deepcopy(source.data)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from(places(document)))
        holder: Any = document
        for step in above:
            holder = holder[step]
        value = data.draw(st.sampled_from(ODD))
        how = data.draw(st.sampled_from(["replace", "rename", "remove"]))
        if how == "replace" or isinstance(holder, list):
            holder[last] = copy.deepcopy(value)
        elif how == "rename":
            holder[str(value)] = holder.pop(last)
        else:
            del holder[last]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.json"
        path.write_text(json.dumps(document))
        report = Report()
        api = openapi.import_api(str(path), report)
        assert (api is None) == (not report.ok)
        if api is not None:
            spec = Path(folder) / "made.yaml"
            imported(path, spec)
            checked = Report()
            job = pipeline.Job(str(spec), "made")
            assert pipeline.check(job, checked, pipeline.Stages()) is not None
            # A capability cannot say of a PUT that it has no body.
            assert {note.code for note in checked.diagnostics} <= {"W136"}


WARNINGS = {
    "bookshop-2.0.yaml": [
        (25, 50, "W502"),
        (64, 11, "W507"),
        (85, 22, "W503"),
    ],
    "parcels-3.0.json": [
        (5, 13, "W505"),
        (15, 79, "W502"),
        (38, 20, "W507"),
        (62, 7, "W501"),
        (111, 55, "W502"),
        (128, 41, "W502"),
    ],
    # A list with a field for each item, a file.
    "pets-2.0.yaml": [(27, 18, "W507"), (39, 11, "W507")],
    "pets-3.0.yaml": [(30, 18, "W507"), (50, 17, "W507"), (51, 39, "W502")],
    # An object in the query, a file, and a list of files (two things are said of it).
    "pets-3.1.yaml": [
        (23, 18, "W507"),
        (42, 17, "W507"),
        (43, 17, "W507"),
        (43, 17, "W507"),
    ],
    "rooms-3.1.yaml": [(39, 44, "W502"), (70, 57, "W502"), (71, 22, "W503")],
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_is_left_out_is_said(document: str, tmp_path: Path) -> None:
    assert said(imported(FOLDER / document, tmp_path / "a.yaml")) == WARNINGS[document]


def test_types_bodies_and_credentials_are_kept(tmp_path: Path) -> None:
    spec = tmp_path / "parcels.yaml"
    imported(FOLDER / "parcels-3.0.json", spec)
    made = built(spec).capability
    [upstream] = made.upstreams
    assert upstream.base_uri == "https://eu.parcels.example/api"
    assert upstream.authentication is not None
    assert [c.variable for c in upstream.authentication.credentials] == [
        "PARCEL_TRACKING_BASIC_USERNAME",
        "PARCEL_TRACKING_BASIC_PASSWORD",
    ]
    operations = {o.name: o for o in made.operations}
    search = operations["search-parcels"]
    assert [(p.name, p.type, p.required) for p in search.parameters] == [
        ("postcode", "string", True),
        ("limit", "integer", False),
    ]
    body = operations["redirect-parcel"].body
    assert body is not None
    assert body.required
    assert body.schema["required"] == ["street", "name"]
    assert operations["get-parcel"].sample == {"number": 7, "state": "on its way"}
    opaque = operations["add-note"].body
    assert opaque is not None and opaque.schema == {"type": "object"}


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    assert found((FOLDER / "broken-3.0.yaml").read_bytes(), tmp_path) == [
        (3, 3, "E504"),  # titel
        (6, 10, "E514"),  # ftp
        (8, 5, "E512"),  # tokn
        (10, 3, "E504"),  # a path without /
        (15, 5, "E511"),  # {id}
        (18, 18, "E511"),  # ident
        (24, 30, "E506"),  # Thng
        (26, 20, "E508"),  # getThing
        (28, 9, "E504"),  # 2000
        (29, 3, "E509"),  # /things/{name}
        (35, 20, "E509"),  # get-thing
        (36, 7, "E504"),  # parameter
        (40, 20, "E510"),
        (42, 19, "E505"),  # 'yes'
        (45, 28, "E507"),  # other.yaml
        (53, 13, "E505"),  # objct
        (56, 18, "E506"),  # Loop
    ]


HEAD = "openapi: 3.0.0\ninfo: {title: T, version: '1'}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("naftiko: 1.0.0-alpha2\n", [(1, 1, "E501")]),
        ("opnapi: 3.0.0\ninfo: {}\n", [(1, 1, "E501")]),
        ("openapi: 3.2.0\n", [(1, 10, "E502")]),
        ("swagger: '1.2'\n", [(1, 10, "E502")]),
        ("info: [\n", [(2, 1, "E003")]),
        (HEAD, [(1, 1, "E503"), (1, 10, "W505")]),
        (HEAD.replace("3.0", "3.1"), [(1, 1, "E513"), (1, 10, "W505")]),
        (HEAD + "paths: {}\n", [(1, 10, "W505"), (3, 1, "E513")]),
        (
            "swagger: '2.0'\ninfo: {title: T, version: '1'}\nhost: a.example\n",
            [(1, 1, "E503")],
        ),
        (HEAD + "paths: []\n", [(1, 10, "W505"), (3, 8, "E505")]),
        (HEAD + "pathes: {}\n", [(1, 10, "W505"), (3, 1, "E504")]),
        (
            HEAD + "colour: red\nservers: [{url: 'https://{a}.example'}]\npaths: {}\n",
            [(3, 1, "W506"), (4, 17, "E514")],
        ),
    ],
    ids=lambda value: None if isinstance(value, list) else value.split("\n")[-2][:20],
)
def test_faults(text: str, expected: list[Any], tmp_path: Path) -> None:
    assert found(text, tmp_path) == expected


def test_schemas_that_grow_without_end_are_cut(tmp_path: Path) -> None:
    # Each schema names the next one ten times: written out, that would be 10^30 parts.
    schemas = {
        f"s{n}": {
            "type": "object",
            "properties": {
                f"p{i}": {"$ref": f"#/components/schemas/s{n + 1}"} for i in range(10)
            },
        }
        for n in range(30)
    }
    schemas["s30"] = {"type": "object", "properties": {}}
    document = {
        "openapi": "3.0.0",
        "info": {"title": "Large", "version": "1"},
        "servers": [{"url": "https://large.example"}],
        "paths": {
            "/": {
                "post": {
                    "requestBody": {
                        "content": {
                            "application/json": {
                                "schema": {"$ref": "#/components/schemas/s0"}
                            }
                        }
                    },
                    "responses": {"204": {"description": "Done."}},
                }
            }
        },
        "components": {"schemas": schemas},
    }
    path = tmp_path / "large.json"
    path.write_text(json.dumps(document))
    spec = tmp_path / "large.yaml"
    report = imported(path, spec)
    assert {d.code for d in report.diagnostics} == {"W503"}
    assert built(spec).capability.operations[0].name == "post-root"


def test_a_parameter_that_is_the_credential_is_not_asked_for(tmp_path: Path) -> None:
    text = HEAD + (
        "servers: [{url: https://a.example}]\n"
        "security: [{key: []}]\n"
        "paths:\n"
        "  /a:\n"
        "    get:\n"
        "      parameters: [{name: api_key, in: query, required: true}]\n"
        "      responses: {default: {description: All.}}\n"
        "components: {securitySchemes: {key: {type: apiKey, in: query, name: api_key}}}\n"
    )
    path = tmp_path / "a.yaml"
    path.write_text(text)
    spec = tmp_path / "made.yaml"
    assert said(imported(path, spec)) == [(8, 27, "W507")]
    [operation] = built(spec).capability.operations
    assert operation.parameters == ()


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("{type: oauth2, flows: {}}", [(9, 10, "W504"), (4, 1, "W504")]),
        ("{type: http, scheme: hoba}", [(9, 10, "W504"), (4, 1, "W504")]),
        (
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'http://b.example/t'}}}",
            [(9, 10, "W504"), (4, 1, "W504")],
        ),
        ("{type: oauth2, flows: {clientCredentials: {tokenUrl: /t}}}", []),
        ("{type: apiKey, in: cookie, name: a}", []),
        ("{type: http, scheme: digest}", []),
        ("{type: http, scheme: Bearer}", []),
    ],
)
def test_schemes(scheme: str, expected: list[Any], tmp_path: Path) -> None:
    text = HEAD + (
        "servers: [{url: https://a.example}]\n"
        "security: [{key: []}]\n"
        "paths:\n"
        "  /a: {get: {responses: {default: {description: All.}}}}\n"
        "components:\n"
        "  securitySchemes:\n"
        f"    key: {scheme}\n"
    )
    assert found(text, tmp_path) == sorted(expected)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        imported(FOLDER / "rooms-3.1.yaml", tmp_path / name / "rooms.yaml")
    for file in ("rooms.yaml", "rooms.overlay.yaml"):
        a, b = (tmp_path / name / file for name in ("a", "b"))
        assert a.read_bytes() == b.read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def test_commands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = str(FOLDER / "bookshop-2.0.yaml")
    assert cli.run(["import", "openapi", document]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "specs/bookshop.yaml: 6 operations imported\n"
        "  sidecar specs/bookshop.overlay.yaml: what a capability cannot say\n"
    )
    assert "bookshop-2.0.yaml:64:11: warning[W507]" in err
    assert cli.run(["import", "openapi", document, "-q"]) == 0
    assert capsys.readouterr() == ("", "")
    assert cli.run(["build", "-q"]) == 0
    emitted = (here / "generated/bookshop/openapi.json").read_text("utf-8")
    capsys.readouterr()
    assert cli.run(["export", "openapi", "specs/bookshop.yaml"]) == 0
    assert capsys.readouterr() == (emitted, "")
    arguments = ["export", "openapi", "specs/bookshop.yaml", "-o", "out.json"]
    assert cli.run(arguments) == 0
    assert (here / "out.json").read_text("utf-8") == emitted

    spec = here / "specs" / "bookshop.yaml"
    spec.write_text("edited\n")
    assert cli.run(["import", "openapi", document, "-q"]) == 1
    assert "is there already and differs; --force" in capsys.readouterr().err
    assert spec.read_text() == "edited\n"
    assert cli.run(["import", "openapi", document, "-q", "--force"]) == 0
    assert "edited" not in spec.read_text()
    arguments = ["import", "openapi", document, "-n", "shop", "-o", "a/b.yaml", "-q"]
    assert cli.run(arguments) == 0
    assert "namespace: shop\n" in (here / "a/b.yaml").read_text()


def test_a_command_that_fails_writes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = str(FOLDER / "broken-3.0.yaml")
    assert cli.run(["import", "openapi", broken]) == 1
    strict = str(FOLDER / "rooms-3.1.yaml")
    assert cli.run(["import", "openapi", "--strict", strict]) == 1
    assert cli.run(["import", "openapi", "missing.yaml"]) == 1
    assert "E001" in capsys.readouterr().err
    assert cli.run(["export", "openapi", "missing.yaml"]) == 1
    assert cli.run(["import", "openapi", strict, "-n", "No!"]) == 64
    assert cli.run(["import", "openapi", strict, "-o", "x.txt"]) == 64
    assert cli.run(["import"]) == 64
    assert list(here.iterdir()) == []


def test_a_capability_with_scripts_is_exported_where_they_are_allowed(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = ROOT / "tests/golden/scripts"
    export = ["export", "openapi", "-q", str(case / "capability.yaml")]
    assert cli.run(export) == 1
    assert "--allow-scripts" in capsys.readouterr().err
    assert cli.run([*export, "--allow-scripts"]) == 0
    emitted = (case / "expected/openapi.json").read_text("utf-8")
    assert capsys.readouterr().out == emitted


def test_export_asks_which_adapter(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = str(ROOT / "tests/golden/several-adapters/capability.yaml")
    assert cli.run(["export", "openapi", "-q", spec]) == 64
    assert "--adapter" in capsys.readouterr().err
    only_tools = str(ROOT / "tests/golden/mcp-stdio/capability.yaml")
    assert cli.run(["export", "openapi", "-q", only_tools]) == 1
    assert "has no REST adapter" in capsys.readouterr().err


def test_findings_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = str(FOLDER / "broken-3.0.yaml")
    assert cli.run(["import", "openapi", "--format", "json", broken]) == 1
    [result] = json.loads(capsys.readouterr().out)["specs"]
    assert result["status"] == "failed"
    assert result["findings"][0]["code"] == "E504"


def test_number_keys_are_texts_only_where_asked_for() -> None:
    report = Report()
    assert parse("a.yaml", b"200: a\n", report) is None
    assert [d.code for d in report.diagnostics] == ["E010"]
    source = parse("a.yaml", b"{0200: a, '4XX': b}\n", Report(), number_keys=True)
    assert source is not None
    assert source.data == {"0200": "a", "4XX": "b"}
