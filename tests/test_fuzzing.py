"""Documents that nobody would write: each gives a package that works, or its reasons, with places."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from emitted import IMPORT_ALL, MYPY, passed, run, write
from fuzzing.documents import Document, documents
from fuzzing.memory import limited
from fuzzing.oracle import SPEC, judged
from fuzzing.printed import Style, printed
from fuzzing.seeds import furnish, seeds
from naftiko_gen import pipeline
from naftiko_gen.diagnostics import Report, render_text
from naftiko_gen.options import Options

_DOCUMENTS = 2_000
#: Of so many packages, one is looked at with all tools, and not more than so many are.
_EACH = 40
_PACKAGES = 8
#: Those whose files are elsewhere, or that name some that there are not.
_INCOMPLETE = {"complete.yaml", "complete.beta5.yaml"}


@pytest.fixture
def furnished(tmp_path: Path) -> Path:
    """A folder with all that the documents name."""
    furnish(tmp_path, seeds())
    return tmp_path


def test_the_seeds_are_good_however_they_are_printed(furnished: Path) -> None:
    styles = (
        Style(),
        Style(flow=3, quote="'"),
        Style(step=4, ascii=False),
        Style(flow=0),
    )
    for number, seed in enumerate(seeds()):
        text = printed(seed.data, styles[number % len(styles)])
        verdict = judged(Document(seed.folder, text.encode()), furnished)
        whole = seed.path.name not in _INCOMPLETE
        said = render_text(verdict.report, {})
        assert (verdict.files is not None) == whole, (seed.path, said)


def test_whatever_is_written(
    furnished: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> None:
    wanted = request.config.getoption("--fuzz-documents")
    folder = tmp_path_factory.mktemp("packages")
    packages: list[pipeline.Package] = []
    built = refused = 0

    def look(document: Document) -> None:
        nonlocal built, refused
        name = f"m{len(packages)}"
        if judged(document, furnished, name).files is None:
            refused += 1
            return
        built += 1
        if built % _EACH == 1 and len(packages) < _PACKAGES:
            packages.append(whole(furnished / document.folder / SPEC, name))
            write(folder / name, packages[-1].files)

    examined = settings(
        max_examples=wanted or _DOCUMENTS,
        derandomize=wanted is None,
        database=None,
        deadline=None,
        # Making a failure smaller takes time, which those who asked for more have.
        phases=(Phase.generate, Phase.shrink) if wanted else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )(given(documents(seeds()))(look))
    with limited():
        examined()
    assert min(built, refused) > (built + refused) / 10, (built, refused)
    check_packages(folder, packages)


def whole(spec: Path, name: str) -> pipeline.Package:
    """The package of a document that can be built, as a build writes it."""
    report = Report()
    job = pipeline.Job(str(spec), name, options=Options(allow_scripts=True))
    package = pipeline.build(job, report, pipeline.Stages())
    assert package is not None, render_text(report, report.texts)
    return package


def check_packages(folder: Path, packages: Sequence[pipeline.Package]) -> None:
    """All modules can be imported, and ruff and mypy find nothing in them."""
    names = [package.capability.package for package in packages]
    roots = [str(folder / path.name) for path in sorted(folder.iterdir())]
    found = [f"m{number}/{name}" for number, name in enumerate(names)]
    passed(run("-c", IMPORT_ALL, *names, cwd=folder, search=roots))
    ruff = ("-m", "ruff", "check", "--isolated", "--no-cache", "--quiet")
    passed(run(*ruff, *found, cwd=folder))
    path = {"MYPYPATH": os.pathsep.join(roots)}
    passed(run(*MYPY, *found, cwd=folder, environment=path))
