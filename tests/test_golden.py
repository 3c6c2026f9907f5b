"""Golden trees: what is emitted for each feature, and whether it is right.

``expected/`` beside a case says what changed. The other tests say of every case, and of
the Kraken package with them, whether what is emitted is good code that works.
"""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from emitted import (
    CASES,
    GOLDEN,
    IMPORT_ALL,
    MYPY,
    ROOT,
    Tree,
    built,
    made,
    passed,
    read,
    run,
    spec_of,
    write,
)
from naftiko_gen.lock import NAME as LOCK
from naftiko_gen.verify import unstable

EVERYTHING = (*CASES, "kraken")


def difference(path: str, wanted: bytes, found: bytes) -> str:
    lines = difflib.unified_diff(
        wanted.decode().splitlines(),
        found.decode().splitlines(),
        f"expected/{path}",
        f"built/{path}",
        lineterm="",
    )
    return "\n".join(lines)


def test_there_are_cases() -> None:
    assert len(CASES) >= 10


@pytest.mark.parametrize("case", CASES)
def test_the_tree_is_as_expected(case: str, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / case / "expected"
    found = made(case)
    if request.config.getoption("--update-golden"):
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, found)
    wanted = read(folder)
    problems = [f"{path} is not emitted" for path in sorted(wanted.keys() - found)]
    problems += [f"{path} is not expected" for path in sorted(found.keys() - wanted)]
    problems += [
        difference(path, wanted[path], found[path])
        for path in sorted(wanted.keys() & found.keys())
        if wanted[path] != found[path]
    ]
    assert not problems, "\n".join(
        [*problems, "(--update-golden rewrites the expected tree)"]
    )


def test_no_expected_tree_is_left_behind() -> None:
    folders = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
    assert folders == list(CASES)


def test_black_changes_nothing() -> None:
    # Copied modules are the same in all packages: each content is looked at once.
    files = {
        content: f"{case}/{path}"
        for case in EVERYTHING
        for path, content in built(case).files.items()
        if path.endswith(".py")
    }
    assert unstable({path: content for content, path in files.items()}) == []


def test_ruff_finds_nothing(emitted_tree: Tree) -> None:
    passed(
        run(
            *("-m", "ruff", "check", "--isolated", "--no-cache", "--quiet"),
            *emitted_tree.cases,
            cwd=emitted_tree.folder,
        )
    )


def test_mypy_finds_nothing(emitted_tree: Tree, tmp_path: Path) -> None:
    # One run for all, because most of the time goes into the libraries. The contract tests
    # have one name in all packages, so they are copied under names of their own.
    for case in emitted_tree.cases:
        tests = emitted_tree.project(case) / "tests"
        name = case.replace("-", "_")
        shutil.copy(tests / "test_contract.py", tmp_path / f"test_{name}_contract.py")
        for helper in {path.name for path in tests.glob("*.py")} - {"test_contract.py"}:
            shutil.copy(tests / helper, tmp_path / helper)
    packages = [emitted_tree.package(case) for case in emitted_tree.cases]
    passed(
        run(
            *MYPY,
            *packages,
            *sorted(tmp_path.glob("*.py")),
            cwd=emitted_tree.folder,
            environment={"MYPYPATH": emitted_tree.roots},
        )
    )


def test_every_module_can_be_imported(emitted_tree: Tree) -> None:
    names = [built(case).capability.package for case in emitted_tree.cases]
    # Warnings of libraries are theirs; a SyntaxWarning would be ours.
    passed(
        run(
            *("-W", "error::SyntaxWarning", "-c", IMPORT_ALL, *names),
            cwd=emitted_tree.folder,
            search=[emitted_tree.roots],
        )
    )


def test_the_emitted_tests_pass(emitted_tree: Tree) -> None:
    # All packages in one process: most of the time goes into starting it.
    tests = [emitted_tree.project(case) / "tests" for case in emitted_tree.cases]
    done = run(
        *("-m", "pytest", "-q", "--import-mode=importlib", "--rootdir=."),
        *("-p", "no:cacheprovider", "-c", "/dev/null"),
        *tests,
        cwd=emitted_tree.folder,
        search=[emitted_tree.roots, *map(str, tests)],
    )
    passed(done)
    assert " passed" in done.stdout


BUILD_ALL = """
import sys
from naftiko_gen.cli import run
for case in sys.argv[1:]:
    spec = "kraken.yaml" if case == "kraken" else f"golden/{case}/capability.yaml"
    more = {
        "hooks": ["--hooks"],
        "safeguards": ["--acknowledge", "--metrics"],
        "scripts": ["--allow-scripts"],
        "shipped": ["--with", "all", "--server-name", "io.github.harbour/tides"],
    }.get(case, [])
    status = run(["build", "-q", spec, "--name", case, "-o", "elsewhere/out", *more])
    if status:
        sys.exit(f"{case}: exit {status}")
"""


def test_the_bytes_depend_on_the_spec_alone(emitted_tree: Tree, tmp_path: Path) -> None:
    for case in emitted_tree.cases:
        spec = spec_of(case)
        inside = "kraken.yaml" if case == "kraken" else f"golden/{case}/{spec.name}"
        copied = tmp_path / inside
        copied.parent.mkdir(parents=True, exist_ok=True)
        if case == "kraken":
            shutil.copy(spec, copied)
            continue
        # With what lies beside the spec, but for what it gives.
        beside = shutil.ignore_patterns("expected")
        shutil.copytree(spec.parent, copied.parent, ignore=beside, dirs_exist_ok=True)
    passed(
        run(
            *("-c", BUILD_ALL, *emitted_tree.cases),
            cwd=tmp_path,
            search=[str(ROOT / "generator")],
            environment={
                "PYTHONHASHSEED": "4711",
                "LC_ALL": "C",
                "TZ": "Pacific/Chatham",
                # Nothing is remembered from the first build.
                "NAFTIKO_GEN_CACHE_DIR": "",
            },
        )
    )
    for case in emitted_tree.cases:
        again = read(tmp_path / "elsewhere" / "out" / case)
        package = built(case)
        assert again.pop(LOCK) == package.lock.encode(), case
        assert again == dict(package.files), case
