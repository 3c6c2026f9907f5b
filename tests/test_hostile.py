"""No text of a spec is ever code: a hostile capability can at worst be refused."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import hostile
from emitted import CASES as EVERY_CASE
from emitted import options_of, spec_of
from hostile import HARMLESS, PAYLOADS, VICTIM
from naftiko_gen import pipeline
from naftiko_gen.cli import run
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.verify import unstable

#: Cases that get every payload in every kind of text that they hold.
CASES = (
    "body-schemas",
    "mapped-answers",
    "rest-inputs",
    "several-adapters",
    "static-credentials",
)
DATA = {case: hostile.merged(spec_of(case)) for case in (*CASES, "kraken")}

#: Prose, which takes any text; all other texts are names, addresses or references.
PROSE = {"label", "description", "title", "summary", "permission", "examples", "sample"}


def is_prose(kind: str) -> bool:
    *above, last = kind.split(".")
    return last in PROSE or (last != "type" and any(key in PROSE for key in above))


KINDS = {
    kind: (case, place)
    for case in CASES
    for kind, place in hostile.kinds(DATA[case]).items()
}


def test_the_places_are_found() -> None:
    found = KINDS.keys()
    assert {
        "info.label",
        "capability.consumes.*.baseUri",
        "capability.consumes.*.resources.*.operations.*.requestBody.properties.kind.enum.*",
        "capability.exposes.*.resources.*.operations.*.with.lang",
        "capability.exposes.*.tools.*.description",
    } <= found
    assert len([kind for kind in found if is_prose(kind)]) > 10


@pytest.mark.parametrize("kind", KINDS)
def test_one_text_at_a_time(kind: str, tmp_path: Path) -> None:
    case, place = KINDS[kind]
    data = DATA[case]
    twin, _ = hostile.emitted(
        hostile.write_spec(tmp_path, hostile.changed(data, HARMLESS, place))
    )
    known = benign(case)
    for name, payload in PAYLOADS.items():
        spec = hostile.write_spec(tmp_path, hostile.changed(data, payload, place))
        files, report = hostile.emitted(spec)
        if files is None:
            assert not is_prose(kind), (name, report.errors)
            check_refusal(report, spec)
            continue
        hostile.check_alone(files, known)
        # A name makes identifiers; then the twin's are others.
        if twin is not None and is_prose(kind):
            hostile.check_twins(files, twin, payload)


def other_kinds() -> dict[str, dict[str, hostile.Place]]:
    """The kinds of texts that only the other cases have, by the first case that does."""
    seen = set(KINDS)
    found: dict[str, dict[str, hostile.Place]] = {}
    for case in EVERY_CASE:
        new = hostile.kinds(hostile.merged(spec_of(case)))
        found[case] = {kind: new[kind] for kind in new if kind not in seen}
        seen |= set(new)
    return {case: places for case, places in found.items() if places}


OTHERS = other_kinds()
#: Where text that has no quotes and no blanks could still do harm.
ADDRESS = "https://q.example/`pwned`$(pwned)"


@pytest.mark.parametrize("case", OTHERS)
def test_texts_of_other_constructs(case: str, tmp_path: Path) -> None:
    data = hostile.merged(spec_of(case))
    shutil.copytree(
        spec_of(case).parent, tmp_path / "s", ignore=shutil.ignore_patterns("expected")
    )
    for number, place in enumerate(OTHERS[case].values()):
        # One after the other, so that every payload gets around.
        in_turn = list(PAYLOADS.values())[number % len(PAYLOADS)]
        for payload in (in_turn, ADDRESS):
            spec = hostile.write_spec(
                tmp_path / "s", hostile.changed(data, payload, place)
            )
            files, report = hostile.emitted(spec, options_of(case))
            if files is not None:
                hostile.check_alone(files)
                continue
            assert report.errors, place
            shown = render_text(report, report.texts)
            assert all(c.isprintable() or c == "\n" for c in shown), ascii(shown)


@cache
def benign(case: str) -> dict[str, bytes]:
    """The files of a case as it is, without anything hostile in it."""
    with TemporaryDirectory() as folder:
        spec = hostile.write_spec(Path(folder), DATA[case])
        files, report = hostile.emitted(spec)
    assert files is not None, report.errors
    hostile.check_alone(files)
    return files


def check_refusal(report: Report, spec: Path) -> None:
    """There are errors, each has a place, and they can be shown on a terminal."""
    lines = spec.read_text("utf-8").splitlines()
    assert report.errors
    for error in report.errors:
        assert error.span.file == str(spec)
        assert 1 <= error.span.start.line <= len(lines)
        assert 1 <= error.span.start.column <= len(lines[error.span.start.line - 1]) + 1
    shown = render_text(report, report.texts)
    assert all(c.isprintable() or c == "\n" for c in shown), ascii(shown)


def prose_places(data: Any) -> list[hostile.Place]:
    return [
        place for place in hostile.places(data) if is_prose(".".join(map(str, place)))
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_all_prose_at_once(payload: str, tmp_path: Path) -> None:
    for case in ("kraken", "body-schemas"):
        places = prose_places(DATA[case])
        data = hostile.changed(DATA[case], PAYLOADS[payload], *places)
        twin = hostile.changed(DATA[case], HARMLESS, *places)
        files, report = hostile.emitted(hostile.write_spec(tmp_path, data))
        other, _ = hostile.emitted(hostile.write_spec(tmp_path, twin))
        assert files is not None, report.errors
        assert other is not None
        hostile.check_alone(files)
        hostile.check_twins(files, other, PAYLOADS[payload])
        assert files["Dockerfile"] == other["Dockerfile"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_black_agrees_with_hostile_prose(payload: str, tmp_path: Path) -> None:
    data = DATA["body-schemas"]
    data = hostile.changed(data, PAYLOADS[payload], *prose_places(data))
    spec = hostile.write_spec(tmp_path, data)
    job, report = pipeline.Job(str(spec), "spec"), Report()
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None
    files, _ = hostile.emitted(spec)
    assert files is not None
    shaped = [path for path in files if files[path] != package.files[path]]
    assert shaped == [], "black changed these: they are not printed in its shape"
    assert (
        unstable({path: package.files[path] for path in files if "spec" in path}) == []
    )


@pytest.mark.parametrize(
    "place",
    [
        ("capability", "consumes", 0, "resources", 0, "operations", 0, "requestBody")
        + ("properties", "title"),
        (
            "capability",
            "consumes",
            0,
            "resources",
            0,
            "operations",
            0,
            "sample",
            "number",
        ),
        ("capability", "consumes", 0, "errors", "path"),
        ("capability", "exposes", 1, "tools", 0, "with", "body"),
        ("binds", 0, "keys", "TICKETS_TOKEN"),
        ("info", "label"),
        ("capability",),
    ],
    ids=lambda place: str(place[-1]),
)
def test_hostile_keys(place: hostile.Place, tmp_path: Path) -> None:
    for payload in PAYLOADS.values():
        data = hostile.renamed(DATA["body-schemas"], place, payload)
        spec = hostile.write_spec(tmp_path, data)
        files, report = hostile.emitted(spec)
        if files is None:
            check_refusal(report, spec)
        else:
            hostile.check_alone(files, benign("body-schemas"))


def test_a_very_long_text(tmp_path: Path) -> None:
    payload = "q pwned " * 10_000
    data = hostile.changed(DATA["body-schemas"], payload, ("info", "description"))
    files, _ = hostile.emitted(hostile.write_spec(tmp_path, data))
    assert files is not None
    hostile.check_alone(files)


def test_a_raw_null_byte_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "spec.yaml").write_bytes(
        b"naftiko: 1.0.0-alpha2\ninfo: {label: a\0b}\n"
    )
    assert run(["validate", str(tmp_path / "spec.yaml")]) == 1
    assert ":2:16: error[E003]" in capsys.readouterr().err


def test_the_comparison_would_notice() -> None:
    twin = {"a.py": f"x = {HARMLESS!r}\n".encode(), "b.toml": b'a = "b"\n'}
    good = {"a.py": b"x = 'q \" pwned'\n", "b.toml": b'a = "b"\n'}
    hostile.check_twins(good, twin, 'q " pwned')
    for bad in (
        {"a.py": b"x = 'q'\npwned()\n"},
        {"a.py": b"x = 'q' + pwned()\n"},
        {"a.py": b"x = 'something else'\n"},
        {"a.py": b"y = 'q \" pwned'\n"},
        {"b.toml": b'a = "b"\nc = "d"\n'},
    ):
        with pytest.raises(AssertionError):
            hostile.check_twins({**good, **bad}, twin, 'q " pwned')
    for code in (f"import {VICTIM}\n", f"{VICTIM}()\n", f"x.{VICTIM}\n", "eval('1')\n"):
        with pytest.raises(AssertionError):
            hostile.check_alone({"a.py": code.encode()})
    with pytest.raises(AssertionError):
        hostile.check_alone({"a.py": "x = '\u202e'\n".encode()})
