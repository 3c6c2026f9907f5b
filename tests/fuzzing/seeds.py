"""Documents to start from: every construct, in both spellings, and in the styles of the wild."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TESTS = Path(__file__).resolve().parent.parent
_FOLDERS = ("versions", "every_construct", "schema", "fuzzing/wild")


@dataclass(frozen=True)
class Seed:
    """A document, and the folder in which the files that it names stand."""

    path: Path
    text: str = field(repr=False)
    data: Any = field(repr=False)

    @property
    def folder(self) -> str:
        """Its folder among those that ``furnish`` makes."""
        return self.path.parent.relative_to(TESTS).as_posix()


def seed(path: Path) -> Seed:
    """The document at ``path``."""
    text = path.read_text("utf-8")
    return Seed(path, text, yaml.load(text, yaml.CSafeLoader))


@cache
def seeds() -> tuple[Seed, ...]:
    """All documents of this project that are about whole capabilities."""
    return tuple(seed(path) for path in _paths())


def _paths() -> Iterator[Path]:
    yield from sorted(TESTS.glob("golden/*/capability.yaml"))
    for folder in _FOLDERS:
        for path in sorted((TESTS / folder).glob("*.yaml")):
            if not path.stem.endswith(".overlay"):
                yield path


def furnish(folder: Path, documents: Iterable[Seed]) -> None:
    """Put below ``folder`` what the documents name, as it stands below ``tests``."""
    for place in sorted({seed.path.parent for seed in documents}):
        there = folder / place.relative_to(TESTS)
        there.mkdir(parents=True)
        for beside in place.iterdir():
            if beside.is_dir() and beside.name not in ("expected", "__pycache__"):
                shutil.copytree(beside, there / beside.name)
            elif beside.suffix == ".txt":
                shutil.copy(beside, there)
        for sidecar in place.glob("capability.overlay.yaml"):
            shutil.copy(sidecar, there / "spec.overlay.yaml")
