"""The versions that are asked for are those that everything here was tested with."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = sorted(
    [ROOT / "pyproject.toml"]
    + [*ROOT.glob("generated/*/pyproject.toml")]
    + [*ROOT.glob("tests/golden/*/expected/pyproject.toml")]
)


def requirements(file: Path) -> list[Requirement]:
    project: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))["project"]
    extras = project.get("optional-dependencies", {}).values()
    texts = [*project["dependencies"], *(text for extra in extras for text in extra)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize(
    "file", PROJECTS, ids=lambda file: "-".join(file.parts[-3:-1]) or "project"
)
def test_what_is_installed_is_what_is_asked_for(file: Path) -> None:
    found = requirements(file)
    assert found
    for requirement in found:
        if requirement.name == "naftiko-gen":
            continue
        try:
            installed = version(requirement.name)
        except PackageNotFoundError:
            # Not everybody installs every extra; what the tests import is there.
            assert file.parent == ROOT, requirement.name
            continue
        assert requirement.specifier.contains(installed), requirement


def test_signed_packages_ask_for_cryptography_only_with_private_keys() -> None:
    names = {
        file.parent.parent.name: {r.name for r in requirements(file)}
        for file in PROJECTS
        if "golden" in file.parts
    }
    assert "cryptography" in names["oauth-signatures"]
    assert "cryptography" not in names["aws-signatures"]
