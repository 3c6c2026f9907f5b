"""Hostile texts, where they can be put into a capability, and what is compared afterwards."""

from __future__ import annotations

import ast
import copy
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

import yaml

from naftiko_gen import overlay, pipeline
from naftiko_gen.diagnostics import Report
from naftiko_gen.options import Options
from naftiko_gen.source import read

Place: TypeAlias = tuple[str | int, ...]

#: What nobody may call, import or read: every payload tries to.
VICTIM = "pwned"
#: What stands in the place of a payload in the twin: nothing is special about it.
HARMLESS = "Zharmlessz words"

PAYLOADS: Mapping[str, str] = {
    "double quote": 'q" + pwned() + "',
    "single quote": "q' + pwned() + '",
    "triple quotes": 'q""" + pwned() + """',
    "triple single quotes": "q''' + pwned() + '''",
    "quote at the end": 'q pwned() "',
    "backslash at the end": "q pwned() \\",
    "backslash and quote": 'q\\" + pwned() #',
    "unicode escapes": "q\\N{QUOTATION MARK} + pwned() \\u0022 \\x22 \\",
    "line": "q\n    pwned()\nimport pwned\n",
    "carriage return": "q\r\npwned()\rimport pwned",
    "line separators": "q\u2028pwned()\u2029pwned()\x85pwned()\x0cpwned()",
    "expression": "q {{ q.pwned() }} {0.pwned} {q.pwned!r:>9} %(pwned)s ${q:pwned}",
    "statement": "q {% include 'pwned' %} {# pwned {% raw %}",
    "import": "q __import__('pwned').system('pwned')",
    "directives": "q # noqa: pwned # type: ignore[pwned] # fmt: off -*- coding: pwned -*-",
    "comment ends": "q */ pwned() /* --> pwned() <!-- pwned",
    "table": "q | pwned | `pwned` |\n| --- | --- |\n| pwned | pwned |",
    "markdown": "q\n# pwned\n```\npwned\n```\n[q](javascript:pwned()) <script>pwned()</script>",
    "toml": 'q"\n[tool.pwned]\npwned = "pwned',
    "json": 'q", "pwned": {"pwned": ["pwned"]}, "q": "',
    "shell": "q'; pwned; $(pwned) `pwned` && pwned\npwned=pwned",
    "yaml": "q: pwned\n- pwned: &pwned !!python/object/apply:pwned []\n--- pwned",
    "bidi": "q \u202e pwned() \u2066 pwned \u200b\ufeff pwned",
    "wide": "q 日本語 pwned 🚢 e\u0301",
    "control": "q \x1b[31m pwned \x07\x08 pwned \x00 pwned \x7f",
    "long": "q pwned " * 100,
    "long word": f"q{'pwned' * 200}",
}


def merged(spec: Path) -> Any:
    """The data of a capability with its overlays laid over it, so that it can stand alone."""
    report = Report()
    source = read(str(spec), report)
    assert source is not None
    source, _ = overlay.apply(source, report, ())
    return copy.deepcopy(source.data)


def places(data: Any, at: Place = ()) -> Iterator[Place]:
    """Where a text stands in ``data``; of the items of a list that look alike, the first."""
    if isinstance(data, dict):
        for name, member in data.items():
            yield from places(member, (*at, name))
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from places(item, (*at, index))
    elif isinstance(data, str):
        yield at


def kinds(data: Any) -> dict[str, Place]:
    """The places of ``data``, one of each kind (``capability.consumes.*.namespace``)."""
    found: dict[str, Place] = {}
    for place in places(data):
        name = ".".join("*" if isinstance(key, int) else key for key in place)
        found.setdefault(name, place)
    return found


def value_at(data: Any, place: Place) -> Any:
    for key in place:
        data = data[key]
    return data


def changed(data: Any, text: str, *all_places: Place) -> Any:
    """A copy of ``data`` with ``text`` at each of the places."""
    result = copy.deepcopy(data)
    for place in all_places:
        value_at(result, place[:-1])[place[-1]] = text
    return result


def renamed(data: Any, place: Place, name: str) -> Any:
    """A copy of ``data`` where the last key of ``place`` is ``name``, in the same order."""
    result = copy.deepcopy(data)
    holder = value_at(result, place[:-1])
    members = list(holder.items())
    holder.clear()
    for key, value in members:
        holder[name if key == place[-1] else key] = value
    return result


def write_spec(folder: Path, data: Any) -> Path:
    path = folder / "spec.yaml"
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, width=10**9)
    path.write_text(text, encoding="utf-8")
    return path


_USUAL = Options()


def emitted(
    spec: Path, options: Options = _USUAL
) -> tuple[dict[str, bytes] | None, Report]:
    """The files of the package before the last look (which would only refuse them)."""
    from naftiko_gen.plan import plan

    report = Report()
    stages = pipeline.Stages()
    job = pipeline.Job(str(spec), "spec", options=options)
    checked = pipeline.check(job, report, stages)
    if checked is None or not report.ok:
        return None, report
    # What is copied holds no text of the spec, or (the spec itself) is nothing but that.
    items = [
        item
        for item in plan(checked.capability, checked.source, options)
        if item.static is None and not _COPIED.search(item.path)
    ]
    files, _ = pipeline.emit(items, stages)
    return files, report


#: What is put into a package as it is.
_COPIED = re.compile(
    r"^capability\.yaml$|(^|/)(imported|resources|schemas|scripts|skills)/"
)

# What must hold for hostile output, whatever the text was for.


def check_alone(
    files: Mapping[str, bytes], known: Mapping[str, bytes] | None = None
) -> None:
    """No payload became code, in whatever file; those of ``known`` are not looked at."""
    for path, content in files.items():
        if known and known.get(path) == content:
            continue
        text = content.decode("utf-8")
        assert text.endswith("\n") or not text, path
        if path.endswith(".py"):
            check_python(path, ast.parse(content))
            assert_visible(path, text)
        elif path == "pyproject.toml":
            document = tomllib.loads(text)
            assert set(document) == {"build-system", "project", "tool"}
            assert VICTIM not in document["tool"]
        elif path.endswith(".toml"):
            assert VICTIM not in tomllib.loads(text)
        elif path.endswith(".json"):
            json.loads(text)
        elif path.endswith((".yaml", ".yml", ".service")):
            # Nothing of a spec is in them but names of the package's own making.
            assert VICTIM not in text, path
        elif path == ".env.example":
            for line in text.splitlines():
                assert re.fullmatch(r"(#.*|[A-Za-z_][A-Za-z0-9_]*=)?", line), line


def check_python(path: str, tree: ast.AST) -> None:
    for node in ast.walk(tree):
        names: list[str | None] = []
        if isinstance(node, ast.Name):
            names = [node.id]
        elif isinstance(node, ast.Attribute):
            names = [node.attr]
        elif isinstance(node, ast.alias):
            names = [node.name, node.asname]
        elif isinstance(node, ast.arg | ast.keyword):
            names = [node.arg]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module]
        for name in names:
            assert name not in (VICTIM, "__import__", "eval", "exec"), (path, name)


def assert_visible(path: str, text: str) -> None:
    """No character that shows nothing or turns the direction of text stands in source."""
    if not text.replace("\n", "").isprintable():
        odd = {hex(ord(c)) for c in text if not c.isprintable()} - {hex(ord("\n"))}
        raise AssertionError(f"{path} holds {sorted(odd)}")


# What must hold beside the twin.


def check_twins(
    files: Mapping[str, bytes], twin: Mapping[str, bytes], hostile: str
) -> None:
    """``files`` differ from those of the twin only where the text stands as data."""
    assert files.keys() == twin.keys()
    for path, content in files.items():
        if content == twin[path]:
            continue
        mine, other = content.decode("utf-8"), twin[path].decode("utf-8")
        if path.endswith(".py"):
            compare_trees(path, ast.parse(mine), ast.parse(other), hostile)
        elif path.endswith(".toml"):
            documents = tomllib.loads(mine), tomllib.loads(other)
            for document in documents:
                # An index takes one line of some length, so that it may end early.
                said = document.get("project", {}).pop("description", "")
                assert len(said) <= 512 and "\n" not in said
            compare_data(path, *documents, hostile)
        elif path.endswith(".json"):
            compare_data(path, json.loads(mine), json.loads(other), hostile)
        elif path.endswith(".md"):
            assert shape_of(mine) == shape_of(other), path
        else:
            assert path == ".env.example" and mine == other, path


def same_text(mine: str, other: str, hostile: str) -> bool:
    """Whether ``mine`` is what the twin says with the one text in place of the other.

    Runs of white space count as one space: prose is wrapped.
    """
    if mine == other:
        return True
    wanted = {
        other.replace(HARMLESS, hostile),
        # In a path, as a name in a heading: percent-encoded, upper case.
        other.replace(quote(HARMLESS), quote(hostile, safe="/:@!$&()*+,;=-._~%")),
    }
    return words(mine) in {words(text) for text in wanted}


def words(text: str) -> str:
    return " ".join(text.replace(".", " . ").split())


def compare_trees(path: str, mine: Any, other: Any, hostile: str) -> None:
    assert type(mine) is type(other), path
    if isinstance(mine, ast.Constant) and isinstance(mine.value, str):
        assert same_text(mine.value, other.value, hostile), (mine.value, other.value)
    elif isinstance(mine, ast.AST):
        for field in mine._fields:
            compare_trees(path, getattr(mine, field), getattr(other, field), hostile)
    elif isinstance(mine, list):
        assert len(mine) == len(other), path
        for one, two in zip(mine, other, strict=True):
            compare_trees(path, one, two, hostile)
    else:
        assert mine == other, path


def compare_data(path: str, mine: Any, other: Any, hostile: str) -> None:
    assert type(mine) is type(other), path
    if isinstance(mine, dict):
        assert len(mine) == len(other), path
        for one, two in zip(mine, other, strict=True):
            assert same_text(one, two, hostile), (path, one, two)
            compare_data(path, mine[one], other[two], hostile)
    elif isinstance(mine, list):
        assert len(mine) == len(other), path
        for one, two in zip(mine, other, strict=True):
            compare_data(path, one, two, hostile)
    elif isinstance(mine, str):
        assert same_text(mine, other, hostile), (path, mine, other)
    else:
        assert mine == other, path


def shape_of(markdown: str) -> list[str]:
    """What each line of a Markdown file is: a table row with so many cells, a heading, …"""
    found = []
    for line in markdown.splitlines():
        if line.startswith("|"):
            cells = re.sub(r"\\.", "", line).count("|")
            found.append(f"row of {cells}")
        elif line.startswith(("#", "```", "- ", "> ", "    ")):
            found.append(line.split()[0])
        else:
            found.append("text" if line.strip() else "")
    return found
