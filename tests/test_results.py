"""``--format json``: every command prints what its schema says, whatever it is given."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

import result_schemas
from dialect_specimens import sound, specimen
from emitted import KRAKEN, ROOT
from naftiko_gen import lock, pipeline, results, yaml_text
from naftiko_gen.cli import group, run

#: Commands that print a file of another kind, with nothing to say beside it.
OTHERS = {
    "completion": "a script of a shell",
    "schema": "a JSON Schema",
    "skill": "a document for agents",
}
#: Those that end by themselves; the events of `watch` are in test_watch.
ENDING = [name for name in results.COMMANDS if name != "watch"]
OPENAPI = ROOT / "tests/openapi"
BAD = "x: ["


@dataclass(frozen=True)
class Done:
    """One call of a command, and what it printed."""

    command: str
    arguments: Sequence[str]
    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


class Calls:
    """Calls of the program in a folder of its own."""

    def __init__(self) -> None:
        self.done: list[Done] = []

    def __call__(self, status: int, command: str, *arguments: str) -> Any:
        """Run a command with ``--format json``; it has to exit with ``status``."""
        words = command.split()
        out, err = io.StringIO(), io.StringIO()
        given = [*words, "--format", "json", *arguments]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            found = run(given)
        told = Done("-".join(words), arguments, found, out.getvalue(), err.getvalue())
        self.done.append(told)
        assert found == status, f"{given}\n{told.out}{told.err}"
        return told.document


def write(path: str, document: Any) -> str:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(yaml_text.dump(document))
    return path


def faulty() -> Any:
    """A capability of which a part can be left out."""
    document = sound()
    document["capability"]["exposes"][1]["tools"].append(
        {"name": "add", "description": "Adds.", "call": "shop.ad", "with": {}}
    )
    return document


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Done]]:
    """Every command, with good and bad input."""
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp("results"))
    try:
        yield _made(Calls())
    finally:
        os.chdir(before)


def _made(call: Calls) -> list[Done]:
    call(0, "init", "shop")
    call(1, "init", "shop")
    call(64, "init", "--name", "!")
    os.chdir("shop")
    Path("naftiko-gen.toml").unlink()
    _packages(call)
    _documents(call)
    _explanations(call)
    _repository(call)
    return call.done


def _packages(call: Calls) -> None:
    good, bad = "specs/example.yaml", write("bad/example.yaml", [BAD])
    noted = write("specs/noted.yaml", specimen("W124"))
    overlay = "specs/noted.overlay.yaml"
    info = {"title": "More", "version": "1"}
    action = {"target": "$.info", "update": {"description": "Orders of a shop."}}
    write(overlay, {"overlay": "1.0.0", "info": info, "actions": [action]})
    for command, refused in (("validate", 1), ("lint", 1), ("diff", 1)):
        call(0, command, good, noted)
        call(refused, command, bad)
        call(64, command, "--jobs", "0")
        call(64, command, "--nonsense", good)
    call(1, "validate", "--strict", noted)
    call(2, "check", good)
    call(0, "build", good, noted)
    call(0, "build", good)
    call(1, "build", bad, good)
    call(0, "build", good, write("more/example.yaml", sound()), "-o", "both")
    call(0, "build", "--skip-invalid", write("part.yaml", faulty()))
    call(0, "check", good)
    call(64, "check", "none/*.yaml")
    Path("generated/part/README.md").write_text("edited")
    call(1, "build", "--prune")
    call(0, "build", "--skip-invalid", "part.yaml")
    call(2, "check")
    call(0, "build", "--prune")
    call(1, "check", bad)
    Path("file").write_text("")
    call(1, "build", good, "-o", "file")
    Path("wrong.toml").write_text("specs = 1\n")
    call(1, "build", "--config", "wrong.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("NAFTIKO_GEN_TRACEBACK", raising=False)
        patch.setattr(pipeline, "check", _crash)
        call(70, "validate", good)
        call(70, "tools", good)


def _crash(*_: object) -> None:
    raise RuntimeError("a stage fell over")


def _documents(call: Calls) -> None:
    good, bad = "specs/example.yaml", "bad/example.yaml"
    for command in ("graph", "export openapi"):
        call(0, command, good)
        call(0, command, good, "-o", f"{command}.out")
        call(1, command, bad)
        call(64, command)
    call(1, "export openapi", "--strict", "specs/noted.yaml")
    call(1, "graph", good, "-o", "file/x.svg")
    document = str(OPENAPI / "bookshop-2.0.yaml")
    call(0, "import openapi", document)
    call(0, "import openapi", document)
    Path("specs/bookshop.yaml").write_text("edited")
    call(1, "import openapi", document)
    Path("specs/bookshop.yaml").unlink()
    Path("specs/bookshop.overlay.yaml").unlink()
    call(1, "import openapi", str(OPENAPI / "broken-3.0.yaml"))
    call(64, "import openapi", document, "-o", "x.txt")
    written = write("orders.yaml", specimen("W102"))
    call(0, "normalize", written)
    call(2, "normalize", "--check", written)
    call(0, "normalize", written, "-o", "canonical.yaml")
    call(0, "normalize", written, "-o", "canonical.yaml")
    call(0, "normalize", "--check", write("sound.yaml", sound()))
    Path("orders.overlay.yaml").write_text("actions: none\n")
    call(1, "normalize", "--in-place", written)
    call(1, "normalize", bad)
    call(64, "normalize", "--check", "--in-place", written)
    strange = sound()
    strange["capability"]["consumes"][0]["colour"] = "red"
    call(1, "normalize", write("strange.yaml", strange))
    call(1, "normalize", "strange.yaml", "-o", "x.yaml")
    other = sound()
    other["capability"]["consumes"][0]["baseUri"] = "https://other.example"
    other["info"]["label"] = "Others"
    call(0, "changes", "sound.yaml", write("other.yaml", other))
    call(1, "changes", "sound.yaml", bad)
    call(64, "changes", "git:-x:y", "sound.yaml")
    removed = sound()
    del removed["capability"]["exposes"][1]
    call(2, "changes", "sound.yaml", write("less.yaml", removed), "--fail-on=breaking")


def _explanations(call: Calls) -> None:
    for code in ("e202", "W102", "W124", "W208", "W301"):
        call(0, "explain", code)
    call(64, "explain", "E999")
    call(0, "explain signing", str(KRAKEN))
    call(1, "explain signing", "bad/example.yaml")
    call(1, "explain signing", "sound.yaml")
    call(64, "explain signing", str(KRAKEN), "--operation", "none")
    call(0, "templates")
    call(0, "templates", "package/rest.py.jinja")
    call(64, "templates", "package/rest.py")
    call(0, "tools", str(KRAKEN))
    call(1, "tools", str(KRAKEN), "--max-tools", "1")
    call(1, "tools", "bad/example.yaml")
    call(64, "tools", str(KRAKEN), "--max-tools", "many")


def _repository(call: Calls) -> None:
    Path("repository/specs").mkdir(parents=True)
    os.chdir("repository")
    git("init", "-q", "-b", "main", ".")
    git("config", "user.name", "Anna")
    git("config", "user.email", "anna@example.org")
    spec = write("specs/shop.yaml", sound())
    with contextlib.redirect_stdout(io.StringIO()):
        assert run(["build", "-q"]) == 0
    git("add", "-A")
    git("commit", "-qm", "Begin")
    call(0, "propose")
    changed = sound()
    changed["info"]["description"] = "Something else."
    write(spec, changed)
    call(1, "propose")
    git("commit", "-qam", "Change")
    call(0, "propose")
    call(64, "propose", "--nonsense")
    Path(spec).write_text(BAD)
    git("commit", "-qam", "Break")
    call(1, "propose")
    os.chdir("..")


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[Any]:
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    for name, inner in command.commands.items():
        yield from leaves(inner, (*path, name))


def test_every_command_has_a_schema_or_a_reason() -> None:
    found = {}
    for path, command in leaves(group):
        forms = next((p.type for p in command.params if "--format" in p.opts), None)
        found[path] = isinstance(forms, click.Choice) and "json" in forms.choices
    assert {path for path, has in found.items() if not has} == OTHERS.keys()
    with_json = {path.replace("explain code", "explain") for path in found} - {*OTHERS}
    assert {path.replace(" ", "-") for path in with_json} == set(results.COMMANDS)
    kept = (ROOT / "generator/naftiko_gen/schemas/results").iterdir()
    assert {file.stem for file in kept} == {
        "definitions",
        "report",
        *results.COMMANDS,
    }


@pytest.mark.parametrize("name", ENDING)
def test_outputs_are_what_the_schema_says(calls: list[Done], name: str) -> None:
    schema = results.schema(name)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    mine = [done for done in calls if done.command == name]
    assert mine
    for done in mine:
        validator.validate(done.document)
        assert ("failure" in done.document) <= (done.status != 0)
        if done.status == 64:
            assert done.document["failure"] == "usage" and "Error: " in done.err
    changed = dict(mine[0].document, more=1)
    assert not validator.is_valid(changed)


@pytest.mark.parametrize("name", ["definitions", *ENDING])
def test_every_property_is_printed_sometimes(calls: list[Done], name: str) -> None:
    found = {
        place
        for done in calls
        for place in result_schemas.seen(done.command, done.document)
    }
    wanted = result_schemas.properties(name)
    assert wanted
    assert wanted - found == set()


def test_every_outcome_is_printed_sometimes(calls: list[Done]) -> None:
    schema = result_schemas.FILES["definitions"]["$defs"]["status"]
    found = {one["status"] for done in calls for one in done.document.get("specs", ())}
    assert found == set(schema["enum"])


@pytest.mark.parametrize("name", results.COMMANDS)
def test_schemas_allow_nothing_else(name: str) -> None:
    for pointer, part in result_schemas.parts(results.schema(name)):
        rest = part["additionalProperties"]
        # A contract is described by OpenAPI.
        contract = name == "export-openapi" and pointer.endswith("/document")
        assert rest is contract or isinstance(rest, dict), pointer


def test_people_are_told_on_the_other_channel(calls: list[Done]) -> None:
    for done in calls:
        failed = "failure" in done.document
        assert bool(done.err) == failed or done.command == "normalize", done


@pytest.mark.parametrize("name", results.COMMANDS)
def test_schemas_are_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--result", name]) == 0
    text = capsys.readouterr().out
    assert json.loads(text) == results.schema(name) and "definitions.json" not in text
    own = {*result_schemas.FILES[name]["$defs"]}
    assert not own & {*result_schemas.FILES["definitions"]["$defs"]}


def test_one_schema_at_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "--lock", "--config"]) == 64
    assert run(["schema", "--result", "completion"]) == 64
    capsys.readouterr()


def test_locks_are_what_their_schema_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["schema", "--lock"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    spec = tmp_path / "part.yaml"
    spec.write_bytes(yaml_text.dump(faulty()))
    own = tmp_path / "own/project/README.md.jinja"
    own.parent.mkdir(parents=True)
    own.write_text("Ours\n")
    arguments = [
        *("--skip-invalid", "--hooks", "--templates", str(tmp_path / "own"), "-q"),
        *(str(spec), "-o", str(tmp_path / "out")),
    ]
    assert run(["build", *arguments]) == 0
    locks = [*ROOT.glob("generated/*/naftiko-gen.lock"), tmp_path / "out/part/x"]
    locks += ROOT.glob("tests/golden/*/expected/naftiko-gen.lock")
    keys: set[str] = set()
    for file in locks:
        document = json.loads(file.with_name(lock.NAME).read_text())
        validator.validate(document)
        keys |= document.keys()
        assert not validator.is_valid({**document, "lock": 2})
    assert keys == schema["properties"].keys()
