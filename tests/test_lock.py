"""The lock file: the same bytes for the same build, and the reasons for a difference."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from naftiko_gen import lock
from naftiko_gen.lock import Lock, decode, inputs, reasons

LOCK = Lock("0.1.0", "d1", {"name": "a"}, {"a.yaml": "1"}, {"x.py": "2", "b.py": "3"})


def test_a_lock_comes_back_and_has_one_key_a_line() -> None:
    content = LOCK.encode()
    assert decode(content) == LOCK
    reordered = replace(LOCK, outputs={"b.py": "3", "x.py": "2"})
    assert reordered.encode() == content
    assert (
        content.endswith(b"}\n") and b'\n    "b.py": "3",\n    "x.py": "2"\n' in content
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"<<<<<<< ours\n{}",
        b"\xff",
        b"{}",
        b"[" * 100_000,
        LOCK.encode().replace(b'"lock": 1', b'"lock": 2'),
        LOCK.encode().replace(b'"2"', b"2"),
        LOCK.encode().replace(b'"d1"', b"null"),
    ],
)
def test_anything_else_is_a_damaged_lock(content: bytes) -> None:
    damaged = decode(content)
    assert damaged.damaged and not damaged.outputs
    assert reasons(damaged, LOCK) == ["naftiko-gen.lock cannot be read"]


def test_reasons() -> None:
    assert reasons(LOCK, LOCK) == []
    changed = Lock("0.2.0", "d2", {"name": "b"}, {"a.yaml": "9", "o.yaml": "4"})
    assert reasons(LOCK, changed) == [
        "the generator's version changed (0.1.0 to 0.2.0)",
        "option name changed ('a' to 'b')",
        "input a.yaml changed",
        "input o.yaml is new",
    ]
    assert reasons(changed, replace(changed, digest="d3", inputs={"a.yaml": "9"})) == [
        "the generator changed (its modules, templates or profiles)",
        "input o.yaml is gone",
    ]


def test_inputs_are_named_without_paths_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs, other = tmp_path / "specs", tmp_path / "other"
    for folder in (specs / "sub", other):
        folder.mkdir(parents=True)
    for path in (
        "specs/a.yaml",
        "specs/a.overlay.yaml",
        "specs/sub/x.yaml",
        "other/x.yaml",
    ):
        (tmp_path / path).write_text(path)
    (other / "a.yaml").write_text("other")
    overlays = (
        "specs/sub/x.yaml",
        "other/x.yaml",
        "other/a.yaml",
        "other/missing.yaml",
    )
    monkeypatch.chdir(tmp_path)
    found = inputs("specs/a.yaml", overlays)
    assert list(found) == [
        "a.yaml",
        "a.overlay.yaml",
        "sub/x.yaml",
        "x.yaml",
        "a.yaml (2)",
    ]
    assert found["a.yaml"] == lock.sha256(b"specs/a.yaml")
    absolute = tuple(str(tmp_path / overlay) for overlay in overlays)
    monkeypatch.chdir("/")
    assert inputs(str(specs / "a.yaml"), absolute) == found
    assert str(tmp_path) not in json.dumps(found)
