"""``normalize``: the canonical document builds to the same package, without a note."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from dialect_specimens import KNOWN, sound, specimen
from naftiko_gen import dialect, pipeline, versions, yaml_text
from naftiko_gen.cli import group
from naftiko_gen.codes import CODES
from naftiko_gen.commands.explain import explanation
from naftiko_gen.diagnostics import Report
from naftiko_gen.dialect import RULES
from naftiko_gen.normalize import Normalized, normalize
from naftiko_gen.normalize.examples import example
from naftiko_gen.normalize.roundtrip import render, same
from naftiko_gen.plan import plan
from naftiko_gen.schema import check
from naftiko_gen.source import JsonValue, Source, parse, read

#: What the document itself has to be changed for.
_STAYS = ("W140",)


def _source(data: JsonValue | bytes, path: Path) -> Source:
    path.write_bytes(data if isinstance(data, bytes) else yaml_text.dump(data))
    source = read(str(path), Report())
    assert source is not None
    return source


def _built(path: Path) -> tuple[Mapping[str, bytes], list[str]]:
    """The files of the package as they are rendered, and the codes of the notes."""
    report = Report()
    found = pipeline.check(pipeline.Job(str(path), "orders"), report, pipeline.Stages())
    assert found is not None, report.diagnostics
    items = plan(found.capability, found.source)
    files, _ = pipeline.emit(items, pipeline.Stages())
    # The document itself is a part of its package.
    files.pop("capability.yaml")
    return files, [note.code for note in report.diagnostics]


def _written(found: Normalized, path: Path) -> Path:
    path.write_bytes(found.text)
    if found.overlay is not None:
        path.with_suffix(".overlay.yaml").write_bytes(found.overlay)
    return path


def test_there_is_a_specimen_of_every_rule() -> None:
    # An import needs a file beside it: test_imports has that one.
    assert {rule.code for rule in RULES} <= {*KNOWN, "W172"}


def test_what_is_canonical_stays_as_it_is(tmp_path: Path) -> None:
    text = yaml_text.dump(sound()).replace(b"info:", b"# all\r\ninfo:   # about it")
    report = Report()
    found = normalize(_source(text, tmp_path / "orders.yaml"), report)
    assert (found.text, found.actions, found.rewritten) == (text, (), 0)
    assert not report.diagnostics


@pytest.mark.parametrize("code", KNOWN)
def test_the_result_builds_to_the_same_package(code: str, tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    source = _source(specimen(code), path)
    before, notes = _built(path)
    assert code in notes
    # Types are said with the keys of W101 only, binary answers with W156; the token of what is
    # signed is left over.
    assert set(notes) <= {code, "W101", "W156", "W215"}
    report = Report()
    found = normalize(source, report)
    folder = tmp_path / "canonical"
    folder.mkdir()
    written = _written(found, folder / "orders.yaml")
    after, left = _built(written)
    expected = [code] if code in _STAYS else []
    assert left == expected
    assert [note.code for note in report.diagnostics] == expected
    assert after == before
    again = read(str(written), Report())
    assert again is not None
    structure = Report()
    check(again, structure)
    assert structure.ok
    repeated = normalize(again, Report())
    assert (repeated.text, repeated.actions) == (found.text, ())


@pytest.mark.parametrize("code", [code for code in CODES if code.startswith("W1")])
def test_the_example_of_a_code_has_no_deviation_left(code: str) -> None:
    found = example(code)
    assert found is not None
    written, canonical, overlay = found
    shown = explanation(code)
    for part in (written, canonical, overlay):
        assert textwrap.indent(part.rstrip(), "  ") in shown
    assert (canonical == written and not overlay) == (code in _STAYS)
    source = parse("example.yaml", canonical.encode(), Report())
    assert source is not None
    report = Report()
    dialect.apply(versions.apply(source, report).source, report)
    noted = code in {note.code for note in report.diagnostics}
    assert noted == (code in (*_STAYS, "W156"))


_COMMENTED = """\
# Orders of a shop
naftiko: 1.0.0-alpha2
name: Orders   # moves
info:
  # what it is
  description: >-
    Orders
    of a shop.
binds: []      # none

# ---- the capability ----
capability:
  consumes:
    # the shop
    - type: http
      namespace: shop
      baseUri: "https://shop.example"   # stays
      resources:
        - name: orders
          path: /orders
          operations:
            - id: list        # its name
              method: GET
              inputParameters:
                - {name: limit, in: query}   # how many
                # the state
                - name: state
                  in: query
                  type: string
                  required: true

            # adds one
            - name: add
              method: POST
              body: {type: json}
  exposes:
    - type: mcp
      namespace: orders-mcp
      port: 9090
      tools:
        - name: list-orders
          description: The orders,
            all of them.
          label: 'Orders: the open ones,
            and others.'
          call: shop.list
          outputParameters:
            - type: object
              mapping: $.
        # the end
"""
_CANONICAL = """\
# Orders of a shop
naftiko: 1.0.0-alpha2
info:
  # what it is
  description: >-
    Orders
    of a shop.
  label: Orders

# ---- the capability ----
capability:
  consumes:
    # the shop
    - type: http
      namespace: shop
      baseUri: "https://shop.example"   # stays
      resources:
        - name: orders
          path: /orders
          operations:
            - name: list      # its name
              method: GET
              inputParameters:
                - {name: limit, in: query}   # how many
                # the state
                - name: state
                  in: query

            # adds one
            - name: add
              method: POST
              body: {type: json, data: {}}
  exposes:
    - type: mcp
      namespace: orders-mcp
      port: 9090
      tools:
        - name: list-orders
          description: The orders,
            all of them.
          label: 'Orders: the open ones,
            and others.'
          call: shop.list
        # the end
"""


def test_comments_order_and_quotes_stay(tmp_path: Path) -> None:
    source = _source(_COMMENTED.encode(), tmp_path / "orders.yaml")
    assert normalize(source, Report()).text.decode() == _CANONICAL


_SHARED = """\
naftiko: 1.0.0-alpha2
info: {title: Orders, description: &text Orders of a shop.}
capability:
  consumes:
    - type: http
      namespace: shop
      auth: &auth {type: bearer, value: '{{T}}'}   # two keys in one
    - type: http
      namespace: store
      description: *text
      authentication: *auth
"""


def test_a_value_that_two_places_share_is_written_at_both(tmp_path: Path) -> None:
    source = _source(_SHARED.encode(), tmp_path / "orders.yaml")
    found = parse("orders.yaml", normalize(source, Report()).text, Report())
    assert found is not None and isinstance(found.data, dict)
    credential = {"type": "bearer", "token": "{{T}}"}
    blocks = [
        {"type": "http", "namespace": "shop", "authentication": credential},
        {
            "type": "http",
            "namespace": "store",
            "description": "Orders of a shop.",
            "authentication": credential,
        },
    ]
    assert found.data["capability"] == {"consumes": blocks}


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(group, ["normalize", *arguments], standalone_mode=False)


def test_the_command_prints_the_document(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    found = normalize(_source(specimen("W101"), path), Report())
    run = _run(str(path))
    assert run.return_value == 0
    assert run.stdout == found.text.decode()
    assert "an overlay of 3 actions" in run.stderr
    assert path.read_bytes() == yaml_text.dump(specimen("W101"))


def test_the_command_writes_the_document_and_its_overlay(tmp_path: Path) -> None:
    path, other = tmp_path / "orders.yaml", tmp_path / "other.yaml"
    found = normalize(_source(specimen("W102"), path), Report())
    run = _run(str(path), "-o", str(other))
    assert run.return_value == 0
    assert (
        run.stdout
        == f"{other}: 1 deviation written out, and {tmp_path}/other.overlay.yaml\n"
    )
    assert other.read_bytes() == found.text
    assert (tmp_path / "other.overlay.yaml").read_bytes() == found.overlay
    other.write_text("kept: true\n")
    assert _run(str(path), "-o", str(other)).return_value == 1
    assert other.read_text() == "kept: true\n"


def test_an_overlay_that_is_there_goes_on_behind(tmp_path: Path) -> None:
    path, overlay = tmp_path / "orders.yaml", tmp_path / "orders.overlay.yaml"
    _source(specimen("W102"), path)
    own: JsonValue = {"target": "$.info", "update": {"label": "Mine"}}
    overlay.write_bytes(
        yaml_text.dump(
            {
                "overlay": "1.0.0",
                "info": {"title": "T", "version": "1"},
                "actions": [own],
            }
        )
    )
    before, _ = _built(path)
    assert _run(str(path), "--in-place").return_value == 0
    after, notes = _built(path)
    assert (after, notes) == (before, [])
    found = read(str(overlay), Report())
    assert found is not None and isinstance(found.data, dict)
    assert found.data["info"] == {"title": "T", "version": "1"}
    actions = found.data["actions"]
    assert isinstance(actions, list) and len(actions) == 2 and actions[1] == own
    run = _run(str(path), "--in-place")
    assert run.stdout == f"{path}: nothing changed\n"
    overlay.write_text("actions: none\n")
    _source(specimen("W102"), path)
    run = _run(str(path), "--in-place")
    assert run.return_value == 1
    assert "is no overlay" in run.stderr
    assert path.read_bytes() == yaml_text.dump(specimen("W102"))


def _laid(path: Path, *actions: JsonValue) -> Path:
    """An overlay beside the document at ``path``."""
    info: JsonValue = {"title": "T", "version": "1"}
    file = path.with_suffix(".overlay.yaml")
    file.write_bytes(
        yaml_text.dump({"overlay": "1.0.0", "info": info, "actions": [*actions]})
    )
    return file


_POSTED = "$.capability.consumes[0].resources[0].operations[?@.name=='add']"


def test_what_an_overlay_says_is_not_added(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    document = specimen("W102")
    posted = document["capability"]["consumes"][0]["resources"][0]["operations"]
    del posted[1]["body"]
    posted.append({"name": "pay", "method": "POST"})
    document["capability"]["exposes"][1]["tools"].append(
        {"name": "pay", "description": "Pays.", "call": "shop.pay"}
    )
    _source(document, path)
    said: JsonValue = {"type": "object", "properties": {"item": {"type": "string"}}}
    _laid(path, {"target": _POSTED, "update": {"requestBody": said}})
    before, notes = _built(path)
    assert sorted(notes) == ["W102", "W136"]
    assert _run(str(path), "--in-place").return_value == 0
    document = yaml.safe_load(path.read_text())
    # The body of one operation is described by the overlay, that of the other by nobody.
    _, add, pay = document["capability"]["consumes"][0]["resources"][0]["operations"]
    assert "body" not in add
    assert pay["body"] == {"type": "json", "data": {}}
    assert _built(path) == (before, [])
    assert _run(str(path), "--in-place").stdout == f"{path}: nothing changed\n"


def test_a_name_that_an_overlay_needs_stays_and_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    document = specimen("W133")
    document["info"]["title"] = document["info"].pop("label")
    source = _source(document, path)
    tool = "$.capability.exposes[1].tools[?@.name=='list.orders']"
    _laid(path, {"target": tool, "update": {"description": "All."}})
    before, _ = _built(path)
    report = Report()
    found = normalize(source, report)
    text = found.text.decode()
    assert "name: list.orders" in text and "label: Orders" in text
    # The format does not allow the name, and why it has not been changed is said with it.
    assert {note.code for note in report.diagnostics} == {"E105", "W133"}
    path.write_bytes(found.text)
    assert _built(path)[0] == before


def test_an_overlay_goes_with_the_document(tmp_path: Path) -> None:
    path, other = tmp_path / "orders.yaml", tmp_path / "other.yaml"
    _source(specimen("W124"), path)
    own = _laid(path, {"target": "$.info", "update": {"label": "Mine"}})
    assert _run(str(path), "-o", str(other)).return_value == 0
    assert _built(other) == (_built(path)[0], [])
    assert read(str(own), Report()) is not None
    assert "Mine" in other.with_suffix(".overlay.yaml").read_text()


@pytest.mark.parametrize("last", [True, False])
def test_routes_that_only_inputs_tell_apart(last: bool, tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    document = specimen("W206")
    routes = document["capability"]["exposes"][0]["resources"][0]["operations"]
    number = {"name": "order-id", "in": "query", "type": "string"}
    one = {
        "method": "GET",
        "call": "shop.get-order",
        "inputParameters": [{**number, "description": "Which."}],
        "outputParameters": [{"type": "object", "mapping": "$.order"}],
    }
    routes.insert(len(routes) if last else 1, one)
    source = _source(document, path)
    before, notes = _built(path)
    assert notes.count("W206") == 3
    report = Report()
    found = normalize(source, report)
    folder = tmp_path / "canonical"
    folder.mkdir()
    # What stands before another route would come back behind it, so that it stays.
    left = [] if last else ["W206"]
    assert _built(_written(found, folder / "orders.yaml")) == (before, left)
    assert [note.code for note in report.diagnostics] == left
    routed, _, _ = found.text.partition(b"type: mcp")
    assert routed.count(b"call: shop.get-order") == (1 if last else 2)
    written = read(str(folder / "orders.yaml"), Report())
    assert written is not None
    again = normalize(written, Report())
    assert (again.text, again.actions) == (found.text, ())


def test_what_an_overlay_has_moved_is_not_mistaken(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    document = specimen("W212")
    tools = document["capability"]["exposes"][1]["tools"]
    tools.insert(0, {**tools[0], "name": "gone"})
    source = _source(document, path)
    # With the first tool gone, the place of the note is not that of the document.
    gone = "$.capability.exposes[1].tools[0]"
    _laid(path, {"target": gone, "remove": True})
    before, notes = _built(path)
    assert notes == ["W212"]
    report = Report()
    path.write_bytes(normalize(source, report).text)
    assert [note.code for note in report.diagnostics] == ["W212"]
    assert _built(path) == (before, notes)


def test_a_later_document_gets_its_signature_from_the_overlay(tmp_path: Path) -> None:
    spec = Path(__file__).parent.parent / "specs" / "s3.yaml"
    path = tmp_path / "s3.yaml"
    source = _source(spec.read_bytes(), path)
    report = Report()
    found = normalize(source, report)
    assert not report.diagnostics
    assert b"aws-sig-v4" not in found.text
    assert found.overlay is not None and b"scheme: aws-sigv4" in found.overlay
    before = _built(path)
    assert before[1] == []
    assert _built(_written(found, path)) == before


def test_check_says_whether_a_document_is_canonical(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    _source(sound(), path)
    assert _run(str(path), "--check").return_value == 0
    _source(specimen("W124"), path)
    run = _run(str(path), "--check")
    assert run.return_value == 2
    assert run.stdout == f"{path}: not canonical\n"


def test_what_the_structure_does_not_allow_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    document = specimen("W124")
    document["capability"]["consumes"][0]["colour"] = "red"
    _source(document, path)
    run = _run(str(path))
    assert run.return_value == 1
    assert "authentication:" in run.stdout
    line = next(
        n for n, text in enumerate(path.read_text().splitlines(), 1) if "colour" in text
    )
    assert f"{path}:{line}:" in run.stderr
    assert "error[E102]" in run.stderr
    other = tmp_path / "other.yaml"
    assert _run(str(path), "-o", str(other)).return_value == 1
    assert not other.exists()
    with pytest.raises(click.UsageError):
        CliRunner().invoke(
            group,
            ["normalize", str(path), "--check", "--in-place"],
            standalone_mode=False,
            catch_exceptions=False,
        )


def test_documents_of_later_versions_get_their_own_spelling(tmp_path: Path) -> None:
    text = Path(__file__).parent / "versions" / "typed-inputs.beta5.yaml"
    source = _source(text.read_bytes(), tmp_path / "orders.yaml")
    report = Report()
    found = normalize(source, report)
    assert found.text == source.raw


_KEYS = st.sampled_from(["a", "b", "name", "on", "1", "c d", "", "é", "- x", "#"])
_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-9, 99)
    | st.sampled_from([0.5, 1e20])
    | st.sampled_from(
        [
            "",
            "x",
            "two words",
            "on",
            "null",
            "012",
            "a: b",
            " #",
            "l1\nl2\n",
            "'",
            "2020-01-01",
            "x" * 90,
            "*a",
            "é\t",
        ]
    )
)
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(
    st.dictionaries(_KEYS, _TREES, min_size=1, max_size=5),
    st.dictionaries(_KEYS, _TREES, max_size=5),
    st.booleans(),
)
def test_any_tree_is_written_as_it_is(
    before: dict[str, JsonValue], change: dict[str, JsonValue], flow: bool
) -> None:
    text = yaml_text.dump(before)
    if flow:
        text = json.dumps(before, indent=1).encode()
    source = parse("any.yaml", text, Report())
    assert source is not None
    wanted = {**before, **change}
    rewritten = source.with_data(wanted)
    found = parse("any.yaml", render(source, rewritten), Report())
    assert found is not None
    assert same(found.data, wanted)
