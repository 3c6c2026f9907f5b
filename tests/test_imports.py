"""Imports: where entries come from, what is laid over them, and that changes are noticed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen import imported_files, pipeline
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.imported_files import Inputs
from naftiko_gen.plan_copies import copies
from naftiko_gen.source import Origin, parse

CONSUMES = """\
naftiko: 1.0.0-alpha2
consumes:
  - type: http
    namespace: {name}
    baseUri: {base}
    resources:
      - name: ships
        path: /ships
        operations:
          - {{name: listShips, method: GET, description: All ships}}
"""
MAIN = """\
naftiko: 1.0.0-alpha2
info: {{label: Quay, description: Parts of other files.}}
capability:
  consumes:
    - {imported}
  exposes:
    - type: rest
      namespace: quay
      port: 8101
      resources:
        - path: /ships
          operations:
            - {{method: GET, name: listShips, call: harbour.listShips}}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def write(path: str, text: str) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def main(imported: str, path: str = "main.yaml") -> str:
    return write(path, MAIN.format(imported=imported))


def shared(path: str, name: str = "harbour", base: str = "https://a.example") -> str:
    return write(path, CONSUMES.format(name=name, base=base))


def package(spec: str) -> pipeline.Package:
    report = Report()
    found = pipeline.build(pipeline.Job(spec, "quay"), report, pipeline.Stages())
    assert found is not None, render_text(report, report.texts)
    return found


def problems(spec: str) -> list[tuple[str, str, int, int]]:
    report = Report()
    job = pipeline.Job(spec, "quay")
    assert pipeline.build(job, report, pipeline.Stages()) is None
    return [
        (e.code, e.span.file, e.span.start.line, e.span.start.column)
        for e in report.errors
    ]


def test_locations_are_relative_to_the_file_that_they_are_written_in(
    here: Path,
) -> None:
    main("{location: ../a/one.yaml, import: harbour}", "specs/main.yaml")
    write(
        "a/one.yaml",
        "naftiko: 1.0.0-alpha2\nconsumes:\n"
        "  - {location: b/two.yaml, import: port, as: harbour}\n",
    )
    shared("a/b/two.yaml", "port")
    found = package("specs/main.yaml")
    assert [u.namespace for u in found.capability.upstreams] == ["harbour"]
    assert sorted(found.lock.files) == ["../a/b/two.yaml", "../a/one.yaml"]
    assert [path for path in found.files if path.startswith("imported/")] == [
        "imported/a/b/two.yaml",
        "imported/a/one.yaml",
    ]
    shared("a/b/two.yaml", "port", base="https://me@a.example")
    assert problems("specs/main.yaml") == [
        ("E217", "specs/../a/b/two.yaml", 5, 14),
    ]


def test_the_names_in_the_lock_do_not_depend_on_the_folder_of_the_run(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main("{location: shared/one.yaml, import: harbour}", "specs/main.yaml")
    shared("specs/shared/one.yaml")
    first = package("specs/main.yaml").lock
    assert package(str(here / "specs/main.yaml")).lock == first
    monkeypatch.chdir(here / "specs")
    assert package("main.yaml").lock == first


def test_an_absolute_location(here: Path) -> None:
    location = here / "elsewhere" / "one.yaml"
    shared(str(location))
    main(f"{{location: {location}, import: harbour}}")
    assert list(package("main.yaml").lock.files) == [location.as_posix()]
    main(f"{{location: 'file://{location}', import: harbour}}")
    assert list(package("main.yaml").lock.files) == [location.as_posix()]


def test_entries_of_two_files_may_be_imported_crosswise(here: Path) -> None:
    """Files in a circle are fine as long as every entry is written somewhere."""
    main("{location: one.yaml, import: harbour}")
    link = "  - {{location: {0}, import: {1}, as: {2}}}\n"
    text = CONSUMES.format(name="base", base="https://a.example")
    write("one.yaml", text + link.format("two.yaml", "port", "harbour"))
    write(
        "two.yaml",
        "naftiko: 1.0.0-alpha2\nconsumes:\n" + link.format("one.yaml", "base", "port"),
    )
    [upstream] = package("main.yaml").capability.upstreams
    assert (upstream.namespace, upstream.base_uri) == ("harbour", ir_text())


def ir_text() -> object:
    """The base URI of the shared files, as the IR holds it."""
    main("{location: plain.yaml, import: harbour}", "plain-main.yaml")
    shared("plain.yaml")
    return package("plain-main.yaml").capability.upstreams[0].base_uri


def test_a_capability_that_imports_itself(here: Path) -> None:
    main("{location: main.yaml, import: harbour}")
    assert problems("main.yaml") == [("E278", "main.yaml", 5, 18)]


def test_profiles_and_sidecars_of_imported_files(here: Path) -> None:
    write(
        "kraken.yaml",
        """\
naftiko: 1.0.0-alpha2
consumes:
  - type: http
    namespace: harbour
    baseUri: https://api.kraken.com
    resources:
      - name: ships
        path: /0/private/Balance
        operations:
          - {name: listShips, method: POST, description: Balance}
""",
    )
    main("{location: kraken.yaml, import: harbour}")
    found = package("main.yaml")
    [upstream] = found.capability.upstreams
    assert upstream.signing is not None
    assert [one.kind for one in found.applied] == ["profile"]
    write(
        "kraken.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
        "  - {target: '$.consumes[0]', update: {description: From the sidecar}}\n",
    )
    found = package("main.yaml")
    assert found.capability.upstreams[0].description == "From the sidecar"
    assert [one.kind for one in found.applied] == ["profile", "sidecar"]
    assert sorted(found.lock.files) == ["kraken.overlay.yaml", "kraken.yaml"]
    assert [path for path in found.files if path.startswith("imported/")] == [
        "imported/kraken.yaml"
    ]


def test_a_change_of_an_imported_file_is_drift(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main("{location: shared/one.yaml, import: harbour}")
    text = Path(shared("shared/one.yaml")).read_text("utf-8")

    def status(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        return run([*arguments, "main.yaml"]), capsys.readouterr().out

    assert status("build")[0] == 0
    assert "nothing changed" in status("build")[1]
    assert status("check")[0] == 0
    write("shared/one.yaml", text + "# A remark.\n")
    code, out = status("check")
    assert code == 2
    assert "\n  - input shared/one.yaml changed\n" in out
    assert "2 files written" in status("build")[1]
    assert status("check")[0] == 0
    # A sidecar that was not there before.
    write(
        "shared/one.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"
        "  - {target: '$.consumes[0]', update: {description: Noticed}}\n",
    )
    assert "nothing changed" not in status("build")[1]
    written = json.loads(Path("generated/main/naftiko-gen.lock").read_text("utf-8"))
    assert sorted(written["files"]) == ["shared/one.overlay.yaml", "shared/one.yaml"]
    Path("shared/one.yaml").unlink()
    assert status("build")[0] == 1


def test_a_file_that_is_no_file_is_not_waited_for(here: Path) -> None:
    os.mkfifo("pipe.yaml")
    main("{location: pipe.yaml, import: harbour}")
    assert problems("main.yaml") == [("E280", "main.yaml", 5, 18)]
    main('{location: "a\\0b", import: harbour}')
    assert problems("main.yaml") == [("E280", "main.yaml", 5, 18)]
    Path("large.yaml").write_bytes(b"#" * (imported_files.MAX_BYTES + 1))
    main("{location: large.yaml, import: harbour}")
    assert problems("main.yaml") == [("E280", "main.yaml", 5, 18)]


def test_an_adapter_refers_to_itself_under_its_new_name(here: Path) -> None:
    write(
        "office.yaml",
        """\
ikanos: 1.0.0-beta5
exposes:
  - type: mcp
    namespace: office
    port: 9101
    tools:
      get-ship:
        description: One ship
        inputParameters: {id: {type: string, description: Its number}}
        call: harbour.getShip
        with: {ship: office.id, note: offices.id}
""",
    )
    spec = write(
        "main.yaml",
        """\
ikanos: 1.0.0-beta5
info: {display: Quay, description: An adapter of another file.}
capability:
  consumes:
    - type: http
      namespace: harbour
      baseUri: https://a.example
      resources:
        ships:
          path: /ships/{ship}
          operations:
            getShip:
              method: GET
              inputParameters: {ship: {in: path}, note: {in: query}}
  exposes:
    - {from: office.yaml, import: office, as: quay}
""",
    )
    found = package(spec)
    [adapter] = found.capability.mcp
    [tool] = adapter.tools
    assert adapter.namespace == "quay"
    assert [item.name for item in tool.inputs] == ["id"]
    assert b"offices.id" in found.files["quay_capability/mcp_server.py"]


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("file:///./a.yaml", "./a.yaml"),
        ("file://./a.yaml", "./a.yaml"),
        ("file:///../a.yaml", "../a.yaml"),
        ("file:///srv/a%20b.yaml", "/srv/a b.yaml"),
        ("FILE:a.yaml", "a.yaml"),
        ("file://localhost/a.yaml", "/a.yaml"),
        ("file://other/a.yaml", None),
        ("https://a.example/a.yaml", None),
        ("vault://a", None),
    ],
)
def test_what_locations_mean(location: str, path: str | None) -> None:
    assert imported_files.path_of(location) == path


NAMES = st.lists(
    st.sampled_from(["a", "A", "..", "b c", "b-c", "imported", "d.yaml", "/", "é"]),
    min_size=1,
    max_size=4,
).map("/".join)


@given(st.lists(NAMES, max_size=8))
def test_copies_stay_in_their_folder_and_apart(names: list[str]) -> None:
    source = parse("main.yaml", b"a: 1", Report())
    assert source is not None
    for index, name in enumerate(names):
        source.inputs.add(name, name, "import", str(index).encode())
    found = copies(source)
    assert len(found) == len(set(names))
    lowered = [path.lower() for path in found]
    assert len(set(lowered)) == len(lowered)
    for path in lowered:
        assert path.startswith("imported")
        assert ".." not in path.split("/")
        assert not [other for other in lowered if other.startswith(f"{path}/")]


def test_a_node_of_another_file_keeps_its_place() -> None:
    report = Report()
    one = parse("one.yaml", b"x:\n  - 1\n  - {a: 2}\n", report)
    two = parse("two.yaml", b"k: 1\n", report)
    assert one is not None and two is not None
    data = json.loads('{"k": {"a": 3}, "other": 4}')
    moved: dict[tuple[str | int, ...], Origin] = {
        ("k",): Origin(("x", 1), source=one),
        ("k", "new"): Origin(("k",)),
    }
    joined = two.with_data(data, moved)
    assert (joined.span(("k", "a")).file, joined.home(("k", "a"))) == ("one.yaml",) * 2
    assert joined.span(("k", "a"), key=True).start.column == 6
    assert joined.span(("k", "new")).file == "two.yaml"
    assert joined.span(("other",)).file == "two.yaml"
    # Rewritten once more, it is still found.
    again = joined.with_data({"z": data["k"]}, {("z",): Origin(("k",))})
    assert again.span(("z", "a")) == one.span(("x", 1, "a"))


def test_inputs_are_named_from_the_folder_of_the_spec() -> None:
    inputs = Inputs("specs/main.yaml")
    path, name = inputs.locate("./shared/a.yaml", "specs/main.yaml")
    assert (path, name) == ("specs/shared/a.yaml", "shared/a.yaml")
    inputs.add(path, name, "import", b"")
    assert inputs.locate("../b.yaml", path) == (
        "specs/shared/../b.yaml",
        "shared/../b.yaml",
    )
    assert inputs.locate("/c.yaml", path) == ("/c.yaml", "/c.yaml")


@pytest.mark.parametrize(
    "written",
    [
        "imports: [shared/harbour.yaml]",
        "import: ./shared/harbour.yaml",
        "imports: {harbour: shared/harbour.yaml}",
        "imports: [{name: harbour, url: shared/harbour.yaml}]",
        "capability: {import: [{namespace: harbour, path: ./shared/harbour.yaml}]}",
        "capability: {consumes: [shared/harbour.yaml]}",
        "capability: {consumes: [{ref: shared/harbour.yaml}]}",
        "consumes: [{$ref: 'shared/harbour.yaml#/consumes/0'}]",
    ],
)
def test_an_import_in_other_words(written: str, here: Path) -> None:
    write(
        "shared/harbour.yaml", CONSUMES.format(name="harbour", base="https://h.example")
    )
    main = yaml.safe_load(MAIN.format(imported="none"))
    del main["capability"]["consumes"]
    more = yaml.safe_load(written)
    main["capability"].update(more.pop("capability", {}))
    main.update(more)
    path = write("quay.yaml", yaml.safe_dump(main, sort_keys=False))
    report = Report()
    found = pipeline.check(pipeline.Job(path, "quay"), report, pipeline.Stages())
    assert found is not None, report.diagnostics
    [note, *_] = [note for note in report.diagnostics if note.code == "W172"]
    assert note.span.start.line > 1
    assert {note.code for note in report.diagnostics} <= {"W172", "W165"}
