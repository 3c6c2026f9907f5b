"""Packages that the generator makes, in memory and on disk, for tests that look at them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from naftiko_gen import lock, pipeline
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.options import Options
from naftiko_gen.plan import Item, plan

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
CASES = tuple(sorted(path.parent.name for path in GOLDEN.glob("*/capability.yaml")))
KRAKEN = ROOT / "specs" / "kraken.yaml"
#: Cases that are not built with the usual options.
OPTIONS: Mapping[str, Options] = {
    "hooks": Options(hooks=True),
    "safeguards": Options(acknowledge=True, metrics=True),
    "scripts": Options(allow_scripts=True),
    "shipped": Options(extras=("all",), server_name="io.github.harbour/tides"),
}
#: What is copied from the spec, and what comes from data of the generator.
_COPIED = ("capability.yaml", "imported/", "constraints.txt", "sbom.cdx.json")
#: How emitted modules are type-checked; what several packages share is checked once.
MYPY = (
    *("-m", "mypy", "--strict", "--config-file=", "--no-error-summary"),
    f"--cache-dir={ROOT / '.mypy_cache' / 'emitted'}",
)
#: A program that imports all modules of the packages that it is given.
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(package.__path__, f"{name}."):
        importlib.import_module(module.name)
"""


def spec_of(case: str) -> Path:
    """The spec of a golden case, or of the Kraken package."""
    return KRAKEN if case == "kraken" else GOLDEN / case / "capability.yaml"


def options_of(case: str) -> Options:
    """The options that a case is built with."""
    return OPTIONS.get(case, Options())


def planned(spec: Path, name: str) -> tuple[Item, ...]:
    """The table of contents of the package of ``spec``."""
    report = Report()
    job = pipeline.Job(str(spec), name, options=options_of(name))
    checked = pipeline.check(job, report, pipeline.Stages())
    assert checked is not None, render_text(report, report.texts)
    return plan(checked.capability, checked.source, job.options)


@cache
def built(case: str) -> pipeline.Package:
    """The package of a golden case (named as its folder), or of the Kraken spec."""
    report = Report()
    job = pipeline.Job(str(spec_of(case)), case, options=options_of(case))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    return package


@cache
def made(case: str) -> Mapping[str, bytes]:
    """The files of a package that are made for it, not copied: neither helpers nor the spec."""
    files = built(case).files
    return {
        item.path: files[item.path]
        for item in planned(spec_of(case), case)
        if item.static is None and not item.path.startswith(_COPIED)
    }


@dataclass(frozen=True)
class Tree:
    """Packages on disk: ``folder/<case>`` for each of ``cases``."""

    folder: Path
    cases: tuple[str, ...]

    def project(self, case: str) -> Path:
        """The folder of the case's project."""
        return self.folder / case

    def package(self, case: str) -> Path:
        """The folder of the case's import package."""
        return self.folder / case / built(case).capability.package

    @property
    def roots(self) -> str:
        """All projects, as a search path for imports."""
        return os.pathsep.join(str(self.project(case)) for case in self.cases)


def write_all(folder: Path) -> Tree:
    """Write every package below ``folder``."""
    cases = (*CASES, "kraken")
    for case in cases:
        package = built(case)
        write(folder / case, {**package.files, lock.NAME: package.lock.encode()})
    return Tree(folder, cases)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put ``files`` below ``folder``."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def read(folder: Path) -> dict[str, bytes]:
    """Every file below ``folder``, without what Python leaves behind."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def run(
    *arguments: str | Path,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    search: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run ``python`` with these arguments and give what it printed and its status."""
    values = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(search),
        **(environment or {}),
    }
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=values,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def passed(done: subprocess.CompletedProcess[str]) -> None:
    """Fail with all that the program printed unless it ended well."""
    assert done.returncode == 0, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
