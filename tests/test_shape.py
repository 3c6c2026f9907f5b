"""What makes a build ask black, and that what it does not ask about has black's shape."""

from __future__ import annotations

import json
from pathlib import Path

import black
import pytest

from many_specs import document
from naftiko_gen import verify
from naftiko_gen.diagnostics import Report
from naftiko_gen.pipeline import Job, Stages, build
from naftiko_gen.shape import doubtful

A, B, LONG = "a" * 40, "b" * 40, "c" * 90


def shaped(source: str) -> str:
    return black.format_str(source, mode=black.Mode())


@pytest.mark.parametrize(
    "source",
    [
        f"x = call({A}, {B})\n",
        f"def f({A}: int, {B}: int) -> None:\n    pass\n",
        f'NAME = "{"x" * 82}"\n',
        f"if {A} and {B} and x:\n    pass\n",
        f"x = [\n    {LONG}.y.z,\n    1\n]\n",
        "x = call(\n    a, b\n)\n",
        "x = (\n    a\n)\n",
        "def f(\n    a: int, b: int\n) -> None:\n    pass\n",
        "if (\n    a\n    and b\n):\n    pass\n",
        "class A:\n    def f(self):\n        return g(\n            1, 2\n        )\n",
        "x = 1\n\n\n\ny = 2\n",
        "x = 1 \n",
        "x = 1\n\n",
        "\nx = 1\n",
        "x = [\n\n    1,\n]\n",
        f'x = call("{"中" * 41}")\n',
    ],
)
def test_what_black_changes_is_doubted(source: str) -> None:
    assert shaped(source) != source
    assert doubtful(source)


@pytest.mark.parametrize(
    "source",
    [
        "x = call(a, b)\n",
        f'x = {{\n    "{LONG}": "{LONG}",\n    "k": {LONG},\n    "l": m.{LONG},\n}}\n',
        f"x = call(\n    {A},\n    {B},\n)\n",
        f"x = call(\n    {A}, {B[:30]}, {'d' * 9}\n)\n",
        f'"""{LONG} {LONG}"""\n',
        f'def f() -> None:\n    """A\n\n    {LONG}\n    {LONG} (\n    )\n    """\n',
        f"# {LONG}\n",
        "x = [\n    1,\n]\n\n\ndef f() -> None:\n    pass\n",
        f"def f(\n    {A}: int, {B[:30]}: int\n) -> None:\n    pass\n",
    ],
)
def test_what_black_leaves_alone_costs_nothing(source: str) -> None:
    assert shaped(source) == source
    assert not doubtful(source)


@pytest.mark.parametrize("seed", range(100, 110))
def test_generated_modules_have_blacks_shape(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAFTIKO_GEN_CACHE_DIR", "")
    # Without its answers: what is left is what templates and pycode print.
    asked: list[str] = []

    def refuse(content: bytes, place: str) -> bytes:
        asked.append(place)
        return content

    monkeypatch.setattr(verify, "_format", refuse)
    spec = tmp_path / "a.json"
    spec.write_text(json.dumps(document(seed)))
    name = "-".join(["orchard"] * (1 + seed % 4))
    package = build(Job(str(spec), name), Report(), Stages())
    monkeypatch.undo()
    assert package is not None and asked == []
    made = {
        path: content
        for path, content in package.files.items()
        if path.endswith(f"{name.replace('-', '_')}_capability/{Path(path).name}")
        and Path(path).name in _OURS
    }
    assert len(made) >= 8
    assert verify.unstable(made) == []


#: Modules that templates make; the others are copied, and formatted where they are.
_OURS = frozenset(
    "__init__ __main__ commands context inputs mappings mcp_server operations parts rest "
    "sandbox_setup settings signing".replace(" ", ".py ").split()
) | {"signing.py"}
