"""Templates of a project's own: what they are given, what they print, and what is wrong with them."""

from __future__ import annotations

import json
import os
import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from jinja2 import meta

import emitted
from emitted import planned, spec_of
from naftiko_gen import shipped
from naftiko_gen.cli import run
from naftiko_gen.contexts import TEMPLATES
from naftiko_gen.render import StrictEnvironment, environment_of
from naftiko_gen.template_list import templates

#: Cases that need every template between them.
CASES = (
    *("access-tokens", "body-schemas", "hooks"),
    *("management", "mcp-resources", "shipped"),
)

SPEC = """
naftiko: 1.0.0-alpha2
info: {label: Ships *at sea*, description: "A register: of ships."}
capability:
  consumes:
    - type: http
      namespace: ships
      description: A register of ships.
      baseUri: https://ships.example.com
      resources:
        - {name: ships, path: /ships, operations: [{name: list-ships, method: GET}]}
  exposes:
    - type: rest
      namespace: harbour
      port: 8080
      resources:
        - name: ships
          path: /ships
          operations: [{name: list-ships, method: GET, call: ships.list-ships}]
"""
README, INIT = "project/README.md.jinja", "package/__init__.py.jinja"


# ---- what templates are given ----


@pytest.fixture(scope="module")
def given() -> Mapping[str, list[Mapping[str, object]]]:
    """What each template is given in some packages."""
    found: dict[str, list[Mapping[str, object]]] = {}
    for case in CASES:
        for item in planned(spec_of(case), case):
            if item.template is not None:
                found.setdefault(item.template, []).append(item.context)
    return found


def test_every_template_is_described() -> None:
    assert sorted(TEMPLATES) == shipped.templates()
    for name, template in templates().items():
        assert template.name == name and template.prints.endswith(".")
        assert len(template.prints) < 100
        assert all(v.meaning and v.type for v in template.variables)


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_is_passed_is_what_is_described(
    name: str, given: Mapping[str, list[Mapping[str, object]]]
) -> None:
    assert given[name]
    for context in given[name]:
        assert [*wrong(context, TEMPLATES[name], name)] == []


def test_the_comparison_finds_what_it_is_for() -> None:
    context: dict[str, object] = {"doc": "a text", "version": None}
    found = [*wrong(context, TEMPLATES[INIT], "x")]
    assert found == ["x.doc is str", "x.version is NoneType"]
    assert [*wrong({"doc": 1}, TEMPLATES[INIT], "x")] == ["x has ['doc']"]


def test_templates_use_what_they_are_given_and_nothing_else() -> None:
    used: dict[tuple[str, ...], set[str]] = {}
    for name, of in TEMPLATES.items():
        text = (shipped.templates_dir() / name).read_text("utf-8")
        environment = environment_of(name, StrictEnvironment)
        functions, environment.globals = {*environment.globals}, {}
        found = meta.find_undeclared_variables(environment.parse(text))
        assert found <= {*get_type_hints(of)} | functions, name
        used.setdefault(tuple(get_type_hints(of)), set()).update(found)
    # `label` and `package` are for those who write a template of their own.
    unused = {name for all_, some in used.items() for name in {*all_} - some}
    assert unused == {"label", "package"}


def wrong(value: object, hint: Any, at: str) -> Iterator[str]:
    """What does not fit the type that is declared."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        tried = [[*wrong(value, one, at)] for one in arguments]
        yield from min(tried, key=len)
    elif origin is Sequence:
        if not isinstance(value, list | tuple):
            yield f"{at} is {type(value).__name__}"
        else:
            for number, one in enumerate(value):
                yield from wrong(one, arguments[0], f"{at}[{number}]")
    elif origin is Mapping or is_dataclass(hint):
        if not isinstance(value, origin or hint):
            yield f"{at} is {type(value).__name__}"
    elif hasattr(hint, "__required_keys__"):
        names = get_type_hints(hint, include_extras=True)
        if not isinstance(value, dict) or {*value} != {*names}:
            yield f"{at} has {sorted(value) if isinstance(value, dict) else value}"
        else:
            for name, inner in names.items():
                yield from wrong(value[name], inner, f"{at}.{name}")
    elif type(value) is not hint:
        yield f"{at} is {type(value).__name__}"


# ---- the list of them ----


def test_the_list_has_names_variables_and_types(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["templates"]) == 0
    text = capsys.readouterr().out
    assert f"\n{README}: The README of the project.\n" in text
    assert "\n  handlers (list of Function): one for each route\n" in text
    assert "\n  operations.routes (list of str): its routes, as `GET /path`\n" in text
    assert run(["templates", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in document["templates"]] == shipped.templates()
    assert "md" in document["filters"]["other"]
    assert "literal" in document["functions"]["Python"]


def test_one_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    expected = (shipped.templates_dir() / README).read_text("utf-8")
    assert run(["templates", README]) == 0
    assert capsys.readouterr().out == expected
    assert run(["templates", README, "--format", "json"]) == 0
    [document] = json.loads(capsys.readouterr().out)["templates"]
    assert document["text"] == expected and document["name"] == README
    assert run(["templates", "README.md.jinja"]) == 64
    assert f"did you mean {README}?" in capsys.readouterr().err


# ---- packages with templates of the project's own ----


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "project"
    (folder / "specs").mkdir(parents=True)
    (folder / "specs/harbour.yaml").write_text(SPEC)
    monkeypatch.chdir(folder)
    return folder


def put(name: str, text: str | bytes, folder: str = "own") -> None:
    path = Path(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def build(*more: str) -> int:
    return run(["build", "--templates", "own", *more])


def lock_of(folder: str = "generated/harbour") -> dict[str, Any]:
    document = json.loads(Path(folder, "naftiko-gen.lock").read_text())
    assert isinstance(document, dict)
    return document


def test_they_replace_what_has_their_name(project: Path) -> None:
    assert run(["build"]) == 0
    before = {path: path.read_bytes() for path in made(project)}
    put(README, "# {{ label | md }}\n\n{{ operations[0].command }}, and no more")
    put(
        INIT,
        "\ufeff{{ doc }}\r\n\r\n__version__={{ version }}\r\nDESK = {{'x'|literal}}",
    )
    assert build() == 0
    after = {path: path.read_bytes() for path in made(project)}
    assert {path.name for path in after if after[path] != before[path]} == {
        "README.md",
        "__init__.py",
        "naftiko-gen.lock",
    }
    package = project / "generated/harbour"
    assert (package / "README.md").read_text() == (
        "# Ships \\*at sea\\*\n\nlist-ships, and no more\n"
    )
    assert (package / "harbour_capability/__init__.py").read_text() == (
        '"""Ships *at sea*"""\n\n__version__ = "0.1.0"\nDESK = "x"\n'
    )
    assert sorted(lock_of()["templates"]) == [INIT, README]
    assert "templates" not in lock_of()["options"]


def made(project: Path) -> list[Path]:
    return [path for path in (project / "generated").rglob("*") if path.is_file()]


def test_one_can_add_to_what_it_replaces(project: Path) -> None:
    put(README, f'{{% include "{README}" %}}\n\n## Our desk\n')
    assert build() == 0
    text = Path("generated/harbour/README.md").read_text()
    assert text.startswith("# Ships") and text.endswith("\n## Our desk\n")


def test_the_lock_without_them_has_no_word_of_them(project: Path) -> None:
    put("project/codex.toml.jinja", "of no use here\n")
    assert run(["build", "-o", "plain"]) == 0
    assert build() == 0
    plain = Path("plain/harbour/naftiko-gen.lock").read_bytes()
    assert Path("generated/harbour/naftiko-gen.lock").read_bytes() == plain
    assert b"templates" not in plain


def test_a_change_of_one_is_drift_with_its_name(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(README, "One\n")
    assert build() == 0
    assert build() == 0
    assert capsys.readouterr().out.endswith("harbour: nothing changed\n")
    check = ["check", "--templates", "own"]
    assert run(check) == 0
    put(README, "Two\n")
    capsys.readouterr()
    assert run(check) == 2
    assert f"  - template {README} changed\n" in capsys.readouterr().out
    assert run([*check, "--format", "github"]) == 2
    assert f"file=own/{README},line=1" in capsys.readouterr().out
    assert build() == 0
    assert Path("generated/harbour/README.md").read_text() == "Two\n"
    put(INIT, "{{ doc }}\n\n__version__ = {{ version }}\n")
    assert run(check) == 2
    assert f"  - template {INIT} is new\n" in capsys.readouterr().out
    assert build() == 0
    Path("own", README).unlink()
    assert run(check) == 2
    assert f"  - template {README} is gone\n" in capsys.readouterr().out
    assert build() == 0
    assert Path("generated/harbour/README.md").read_text().startswith("# Ships")


def test_what_was_found_is_not_remembered_past_an_edit(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(README, "{{ labl }}\n")
    for _ in range(2):
        assert build() == 1
        assert "error[E714]" in capsys.readouterr().err
    put(README, "{{ label | md }}\n")
    assert build() == 0
    # One that the package has no use for is looked at as well, once.
    put("project/codex.toml.jinja", "{{")
    assert build() == 1
    assert "error[E713]" in capsys.readouterr().err
    put("project/codex.toml.jinja", "x\n")
    assert build() == 0
    assert build("--profile") == 0
    said = capsys.readouterr()
    assert "nothing changed" in said.out and "render" not in said.err


def test_the_folder_is_named_from_the_configuration(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(README, "Ours\n", "own/harbour")
    Path("naftiko-gen.toml").write_text(
        '[packages.harbour]\ntemplates = "own/harbour"\n'
    )
    assert run(["build"]) == 0
    assert Path("generated/harbour/README.md").read_text() == "Ours\n"
    first = Path("generated/harbour/naftiko-gen.lock").read_bytes()
    monkeypatch.chdir(project / "specs")
    assert run(["check"]) == 0
    absolute = str(project / "own/harbour")
    assert run(["build", "--templates", absolute, "-o", "elsewhere"]) == 0
    assert Path("elsewhere/harbour/naftiko-gen.lock").read_bytes() == first


def test_several_processes_use_the_same_ones(project: Path) -> None:
    for number in range(17):
        put(f"ships-{number}.yaml", SPEC, "specs")
    put(README, "Ours\n")
    assert build("--jobs", "2", "--quiet") == 0
    for number in range(17):
        path = Path(f"generated/ships-{number}/README.md")
        assert path.read_text() == "Ours\n"


def test_a_build_without_them_imports_nothing_of_it() -> None:
    base = emitted.ROOT / "generator/naftiko_gen"
    imports = re.compile(r"^(from|import) .*(contexts|overrides)\b", re.MULTILINE)
    users = {
        path.relative_to(base).as_posix()
        for path in base.rglob("*.py")
        if imports.search(path.read_text("utf-8"))
    }
    assert users == {
        "commands/templates.py",
        "render_overrides.py",
        "template_list.py",
    }


# ---- what is wrong with them ----


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "project/README.jinja",
            "x",
            "1:1: error[E712]: there is no template `project/README.jinja`",
        ),
        (README, b"a\nb \xff\n", "2:3: error[E711]: this is not UTF-8"),
        (README, "a\n\n {% fro x in y %}\n", "3:5: error[E713]: Encountered unknown"),
        (README, "a\n{{ label | shout }}\n", "2:12: error[E713]: No filter named"),
        (README, "a\n{{ label + label }}\n", "2:1: error[E713]: Add is not allowed"),
        (
            INIT,
            '{{ doc }}\nX = "{{ doc }}"\n',
            "2:1: error[E713]: an expression stands",
        ),
        (README, "a\n\n  b {{ labl }}\n", "3:8: error[E714]: 'labl' is undefined"),
        (README, "{% if labl %}{% endif %}", "1:7: error[E714]: 'labl' is undefined"),
        (
            README,
            "a\u2028\r\n\f\rb {{ labl }}",
            "3:6: error[E714]: 'labl' is undefined",
        ),
        (
            README,
            "a\n{{ label }}\n",
            "2:1: error[E714]: this prints a value of type str",
        ),
        (README, "{{ pool.x.y }}", "1:9: error[E714]: 'None' has no attribute 'x'"),
        (README, "{{ label | plain }}", "1:1: error[E714]: ValueError: not a plain"),
        (
            README,
            "{{ [].__class__.__mro__ }}",
            "1:7: error[E714]: SecurityError: access to attribute '__class__'",
        ),
        (README, "{{ ports.append(1) }}", "1:10: error[E714]: SecurityError"),
        (README, '\n{% include "x.jinja" %}', "2:1: error[E714]: TemplateNotFound"),
        (
            INIT,
            "{{ doc }}\n\n{% if version %}\nX = (\n{% endif %}\n",
            "4:1: error[E715]: this template prints harbour_capability/__init__.py, "
            "whose line 3 is not Python: '(' was never closed",
        ),
        (INIT, "{{ code('\\ud800') }}\n", "1:1: error[E714]: UnicodeEncodeError"),
    ],
)
def test_errors_have_their_place(
    name: str,
    text: str | bytes,
    said: str,
    project: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    put(name, text)
    assert build() == 1
    out, err = capsys.readouterr()
    assert out == "" and f"own/{name}:{said}" in err and "= hint: " in err
    assert not (project / "generated").exists()


def test_everything_that_is_wrong_is_told_at_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "specs/harbour.yaml").write_text(SPEC.replace("call: ships", "call: x"))
    put(README, "{{")
    put("project/Dockerfiles.jinja", "")
    put("static/upstream.py", "")
    for notes in (".gitignore", "project/README.md.jinja~", ".idea/x", "#x#"):
        put(notes, "{{")
    os.symlink("/etc/hostname", "own/project/Dockerfile.jinja")
    os.mkdir("own/project/env.example.jinja")
    (project / "own/package").symlink_to("../specs")
    assert run(["validate", "--templates", "own", "--format", "json"]) == 1
    [spec] = json.loads(capsys.readouterr().out)["specs"]
    found = [
        (one["file"].removeprefix("own/"), one["code"]) for one in spec["findings"]
    ]
    assert found == [
        ("package", "E712"),
        ("project/Dockerfile.jinja", "E711"),
        ("project/Dockerfiles.jinja", "E712"),
        (README, "E713"),
        ("project/env.example.jinja", "E711"),
        ("static/upstream.py", "E712"),
        ("specs/harbour.yaml", "E201"),
    ]
    hints = {one["file"]: one["hint"] for one in spec["findings"]}
    near = "did you mean `project/Dockerfile.jinja`?"
    assert hints["own/project/Dockerfiles.jinja"] == near


def test_the_folder_has_to_be_there(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build() == 1
    assert "own:1:1: error[E711]: the folder of templates does not exist" in (
        capsys.readouterr().err
    )
    Path("own").mkdir()
    assert build() == 0
    put(README, "Ours\n")
    assert build() == 0
    assert run(["build", "--templates", f"own/{README}"]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert Path("generated/harbour/README.md").read_text() == "Ours\n"


def test_a_fault_of_one_leaves_the_package_as_it_is(project: Path) -> None:
    assert run(["build"]) == 0
    before = {path: path.read_bytes() for path in made(project)}
    put(README, "{{ labl }}\n")
    put(INIT, "X = (\n")
    assert build() == 1
    assert {path: path.read_bytes() for path in made(project)} == before
