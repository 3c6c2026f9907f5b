"""The line that makes yaml-language-server use our schema, and what an editor shows of it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from emitted import KRAKEN, ROOT
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report
from naftiko_gen.modeline import modeline, with_modeline
from naftiko_gen.schema import ALPHA2, BETA5, schema_text
from naftiko_gen.source import parse, read

#: What yaml-language-server looks for in the comments of a file.
SEEN = re.compile(r"^#\s+yaml-language-server\s*:\s*\$schema=(\S+)", re.MULTILINE)
LINE = "# yaml-language-server: $schema=./x.json"


def named(spec: Path) -> Path:
    """The schema file that an editor finds through the modeline of ``spec``."""
    (reference,) = SEEN.findall(spec.read_text("utf-8-sig"))
    assert spec.read_text("utf-8-sig").startswith("# yaml-language-server")
    return spec.parent / unquote(reference)


def test_a_spec_begins_with_its_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier, later = tmp_path / "kraken.yaml", tmp_path / "later.yaml"
    shutil.copy(KRAKEN, earlier)
    shutil.copy(ROOT / "tests" / "versions" / "kraken.beta5.yaml", later)
    before = earlier.read_bytes()
    command = ["schema", "--modeline", str(earlier), "--modeline", str(later)]
    assert run(command) == 0
    assert "begins with" in capsys.readouterr().out
    assert earlier.read_bytes().endswith(b"\n" + before)
    assert named(earlier).name == "naftiko-1.0.0-alpha2.schema.json"
    assert named(later).name == "ikanos-1.0.0-beta5.schema.json"
    for spec, version in ((earlier, ALPHA2), (later, BETA5)):
        assert named(spec).read_text("utf-8") == schema_text(version)
        source = read(str(spec), Report())
        assert source is not None
        schema = json.loads(named(spec).read_text("utf-8"))
        assert Draft202012Validator(schema).is_valid(source.data)
    assert run(command) == 0
    assert capsys.readouterr().out.count("nothing changed") == 2


def test_the_schema_may_stand_elsewhere(tmp_path: Path) -> None:
    spec = tmp_path / "some specs" / "spec.yaml"
    spec.parent.mkdir()
    shutil.copy(KRAKEN, spec)
    schema = tmp_path / "our schemas" / "ü.json"
    for _ in range(2):
        assert run(["schema", "--modeline", str(spec), "-o", str(schema)]) == 0
    assert named(spec).resolve() == schema
    assert schema.read_text("utf-8") == schema_text(ALPHA2)


def test_a_schema_is_written(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    assert run(["schema", "--version", "1.0.0-beta2", "-o", str(file)]) == 0
    assert file.read_text("utf-8") == schema_text(BETA5)


@pytest.mark.parametrize("content", [None, b"a: [", b"\xff"])
def test_what_is_no_spec_stays_as_it_is(
    tmp_path: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "spec.yaml"
    if content is not None:
        spec.write_bytes(content)
    assert run(["schema", "--modeline", str(spec)]) == 1
    assert "error[E0" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == (
        [] if content is None else ["spec.yaml"]
    )


def test_an_import_may_begin_with_it(tmp_path: Path) -> None:
    spec = tmp_path / "rooms.yaml"
    document = str(ROOT / "tests" / "openapi" / "rooms-3.1.yaml")
    command = ["import", "openapi", document, "-q", "-o", str(spec)]
    assert run(command) == 0
    plain = spec.read_bytes()
    assert not SEEN.search(plain.decode())
    assert run([*command, "--modeline", "--force"]) == 0
    assert spec.read_bytes().endswith(b"\n" + plain)
    assert named(spec).read_text("utf-8") == schema_text(ALPHA2)
    assert run(["validate", "-q", str(spec)]) == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a: 1\n", f"{LINE}\na: 1\n".encode()),
        (b"a: 1\r\n", f"{LINE}\r\na: 1\r\n".encode()),
        (b"\xef\xbb\xbfa: 1\n", b"\xef\xbb\xbf" + f"{LINE}\na: 1\n".encode()),
        (b"# yaml-language-server: $schema=y\na: 1\n", f"{LINE}\na: 1\n".encode()),
        (
            b"# one\n#yaml-language-server : $schema=y z\r\na: 1\n",
            f"# one\n{LINE}\r\na: 1\n".encode(),
        ),
        (
            b"a: |\n  # yaml-language-server: $schema=y\n",
            f"{LINE}\na: |\n  # yaml-language-server: $schema=y\n".encode(),
        ),
        (b"", f"{LINE}\n".encode()),
    ],
)
def test_where_the_line_goes(before: bytes, after: bytes) -> None:
    assert with_modeline(before, LINE) == after
    assert with_modeline(after, LINE) == after


@given(st.text("#: \n-a$=yamlservegu", max_size=60))
def test_it_is_a_comment_and_nothing_else(text: str) -> None:
    source = parse("x.yaml", text.encode(), Report())
    with_line = parse("x.yaml", with_modeline(text.encode(), LINE), Report())
    assert (source is None) == (with_line is None)
    if source is not None and with_line is not None:
        assert source.data == with_line.data


def test_the_path_is_relative_to_the_spec() -> None:
    start = "# yaml-language-server: $schema="
    assert modeline("a/s.json", "a/spec.yaml") == f"{start}./s.json"
    assert modeline("s.json", "a/b/spec.yaml") == f"{start}../../s.json"
    assert modeline("a/my s#.json", "spec.yaml") == f"{start}./a/my%20s%23.json"


# What an editor shows


def objects(node: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of a closed object in a schema: those describe what an author writes."""
    if isinstance(node, dict):
        if node.get("additionalProperties") is False and "properties" in node:
            yield place, node
        for key, value in node.items():
            yield from objects(value, f"{place}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from objects(value, f"{place}/{index}")


@pytest.mark.parametrize("version", [ALPHA2, BETA5])
def test_every_keyword_has_a_description(version: str) -> None:
    found = list(objects(json.loads(schema_text(version)), ""))
    assert len(found) > 50
    missing = [
        f"{place}/{name}"
        for place, node in found
        for name, member in node["properties"].items()
        if len(member.get("description", "")) < 8
    ]
    assert missing == []
    kinds = json.loads(schema_text(version))["$defs"]
    assert [name for name, kind in kinds.items() if not kind.get("description")] == []
