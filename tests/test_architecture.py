"""Rules of the source tree: who imports what, and how long modules are."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GENERATOR = ROOT / "generator" / "naftiko_gen"
STATIC = ROOT / "templates" / "static"
KRAKEN = ROOT / "generated" / "kraken" / "kraken_capability"

#: The only modules that may import each package.
OWNERS = {
    "click": {"cli", "commands"},
    "jinja2": {"render", "render_overrides"},
    "black": {"verify"},
    "yaml": {"source", "yaml_syntax", "yaml_text", "yaml_tree", "yaml_scalars"},
    "jsonschema": {"schema"},
    "jsonpath": {"overlay"},
    "ruamel": {"normalize"},
}


def modules(folder: Path) -> Iterator[Path]:
    return (p for p in folder.rglob("*.py") if "__pycache__" not in p.parts)


def imports(path: Path) -> set[str]:
    """The dotted names that a module imports; relative ones start with a dot."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            found.add(base)
            joint = "" if base.endswith(".") else "."
            found.update(f"{base}{joint}{alias.name}" for alias in node.names)
    return found


def owner(path: Path) -> str:
    """The first part of a module's path below the generator's folder."""
    return path.relative_to(GENERATOR).parts[0].removesuffix(".py")


@pytest.mark.parametrize("package", OWNERS)
def test_a_library_has_one_place(package: str) -> None:
    users = {
        owner(path)
        for path in modules(GENERATOR)
        if any(name.split(".")[0] == package for name in imports(path))
    }
    assert users, f"nobody imports {package}"
    assert users <= OWNERS[package]


def test_the_ir_imports_nothing_else_of_ours() -> None:
    parts = {".ir_text", ".ir_mapping", ".ir_flow", ".ir_formats", ".ir_outside"}
    parts |= {".ir_access"}
    parts |= {".ir_servers", ".ir_mcp", ".ir_signing"}
    parts |= {".ir_bodies", ".ir_inputs", ".ir_operations"}
    for module, allowed in (
        ("ir_text", set()),
        ("ir_formats", set()),
        ("ir_mapping", {".ir_text"}),
        ("ir_access", {".ir_text"}),
        ("ir_outside", {".ir_text"}),
        ("ir_servers", {".ir_access"}),
        ("ir_mcp", set()),
        ("ir_bodies", {".ir_text"}),
        ("ir_scheme", {".ir_text"}),
        ("ir_signing", {".ir_text", ".ir_scheme"}),
        ("ir_inputs", {".ir_text", ".ir_mapping"}),
        (
            "ir_operations",
            {".ir_bodies", ".ir_formats", ".ir_inputs"}
            | {".ir_outside", ".ir_signing", ".ir_text"},
        ),
        ("ir_flow", {".ir_text", ".ir_mapping", ".ir_bodies", ".ir_inputs", ".ir"}),
        ("ir", parts),
    ):
        names = imports(GENERATOR / f"{module}.py")
        assert "dataclasses" in names
        ours = {name for name in names if name.startswith((".", "naftiko_gen"))}
        assert {name.rpartition(".")[0] or name for name in ours} <= {"", *allowed}


def test_static_modules_import_static_modules_only() -> None:
    known = {path.stem for path in modules(STATIC)}
    for path in modules(STATIC):
        names = imports(path)
        assert not [
            name for name in names if name.startswith(("naftiko_gen", "static", ".."))
        ]
        ours = {
            name[1:].split(".")[0] for name in names if name[:1] == "." and name != "."
        }
        assert ours <= known, path.name


@pytest.mark.parametrize(
    ("module", "package"),
    [
        ("rest", "mcp"),
        ("rest_support", "mcp"),
        ("mcp_server", "aiohttp"),
        ("mcp_support", "aiohttp"),
    ],
)
def test_rest_and_mcp_keep_apart(module: str, package: str) -> None:
    names = imports(KRAKEN / f"{module}.py")
    assert names
    assert not [name for name in names if name.split(".")[0] == package]


@pytest.mark.parametrize("folder", [GENERATOR, STATIC], ids=["generator", "static"])
def test_modules_are_small(folder: Path) -> None:
    sizes = {
        path: len(path.read_text("utf-8").splitlines()) for path in modules(folder)
    }
    assert not {path.name: size for path, size in sizes.items() if size > 300}
    assert statistics.median(sizes.values()) < 150
