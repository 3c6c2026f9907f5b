"""Regeneration in a repository: hooks, the steps of the action, and pull requests.

The repositories are real, with a bare one as remote. What runs on GitHub runs here: the scripts
are those of ``action.yml``; only ``gh`` is played, since there is no GitHub.
"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sarif import loader  # type: ignore[import-untyped]

from emitted import ROOT
from naftiko_gen.cli import run

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
SPEC = (ROOT / "templates/init/capability.yaml").read_text("utf-8")
ROUTE = "path: /books\n          description: All books."
BRANCH = "naftiko-gen/regenerate"


class Repository:
    """A repository with one spec and its package, cloned from a bare one."""

    def __init__(self, base: Path) -> None:
        self.remote, self.top = base / "remote.git", base / "work"
        self.base = base
        subprocess.run(
            ["git", "init", "-q", "--bare", "-b", "main", str(self.remote)], check=True
        )
        subprocess.run(["git", "init", "-q", "-b", "main", str(self.top)], check=True)
        for key, value in (("name", "Anna"), ("email", "anna@example.org")):
            self.git("config", f"user.{key}", value)
        self.git("remote", "add", "origin", str(self.remote))
        self.write("apis/stock.yaml", SPEC)
        self.write("naftiko-gen.toml", 'specs = ["apis/*.yaml"]\n')

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.top,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        target = self.top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)
        self.git("push", "-q", "origin", "main")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    found = Repository(tmp_path)
    monkeypatch.chdir(found.top)
    assert run(["build", "-q"]) == 0
    found.commit("Begin")
    return found


def moved(path: str) -> str:
    """The spec with another path for its first route."""
    assert SPEC.count(ROUTE) == 1
    return SPEC.replace(ROUTE, ROUTE.replace("/books", path))


def change(repository: Repository) -> None:
    """A route moves, which breaks callers."""
    repository.write("apis/stock.yaml", moved("/volumes"))


def proposed(
    capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0
) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["propose", "--format", "json", *arguments]) == status
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_nothing_changed_is_nothing_to_propose(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    found = proposed(capsys, "--remote", "origin")
    assert found == {
        "changed": False,
        "branch": None,
        "commit": None,
        "title": None,
        "gravity": None,
        "packages": [],
    }
    assert repository.git("ls-remote", "origin", f"refs/heads/{BRANCH}") == ""
    assert run(["propose"]) == 0
    assert capsys.readouterr().out == "nothing changed\n"


def test_a_changed_spec_becomes_one_commit_that_is_merged(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository)
    repository.commit("Move a route")
    assert run(["check", "-q"]) == 2
    body = repository.base / "body.md"
    found = proposed(capsys, "--remote", "origin", "--body", str(body))
    assert (found["changed"], found["gravity"]) == (True, "breaking")
    assert found["title"] == "Regenerate stock"
    assert repository.git("rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert repository.git("rev-parse", f"{BRANCH}^") == repository.git(
        "rev-parse", "HEAD"
    )
    changed = repository.git("diff", "--name-only", "main", BRANCH).splitlines()
    assert changed
    assert all(path.startswith("generated/stock/") for path in changed)
    text = body.read_text()
    assert text.startswith("## stock\n\nThis change **breaks callers**.")
    assert "**rest " in text
    assert "GET /books**: removed" in text
    pushed = repository.git("ls-remote", "origin", f"refs/heads/{BRANCH}")
    assert pushed.startswith(found["commit"])
    # Once more is the same commit, and no other.
    assert proposed(capsys, "--remote", "origin")["commit"] == found["commit"]
    assert run(["propose", "--remote", "origin"]) == 0
    said = f"{BRANCH}: {found['commit'][:12]} Regenerate stock (breaking)\n"
    assert capsys.readouterr().out == said
    repository.git("reset", "-q", "--hard")
    repository.git("merge", "-q", "--ff-only", BRANCH)
    assert run(["check", "-q"]) == 0


def test_the_branch_is_replaced_when_the_spec_changes_again(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository)
    repository.commit("Move a route")
    first = proposed(capsys, "--remote", "origin")["commit"]
    repository.git("checkout", "-q", "--", "generated")
    repository.write("apis/stock.yaml", moved("/works"))
    repository.commit("Move it elsewhere")
    second = proposed(capsys, "--remote", "origin")["commit"]
    assert first != second
    assert repository.git("rev-parse", f"{second}^") == repository.git(
        "rev-parse", "main"
    )
    assert repository.git("ls-remote", "origin", f"refs/heads/{BRANCH}").startswith(
        second
    )


def test_what_is_not_committed_is_not_proposed(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository)
    assert run(["propose"]) == 1
    assert "apis/stock.yaml is not committed" in capsys.readouterr().err
    repository.commit("Move a route")
    repository.git("switch", "-qc", BRANCH)
    assert run(["propose"]) == 1
    assert f"{BRANCH} is checked out" in capsys.readouterr().err
    assert run(["propose", "--branch", "a..b"]) == 1
    assert "no branch to be called 'a..b'" in capsys.readouterr().err


def test_of_unknown_files_only_those_that_packages_need_stop_a_proposal(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    change(repository)
    repository.commit("Move a route")
    repository.write("coverage.xml", "left by another step")
    assert run(["propose"]) == 0
    capsys.readouterr()
    repository.write(
        "apis/stock.overlay.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
        "actions: [{target: $.info, update: {label: Books}}]\n",
    )
    assert run(["propose"]) == 1
    assert "apis/stock.overlay.yaml is not committed" in capsys.readouterr().err


def test_a_repository_without_a_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Repository(tmp_path)
    monkeypatch.chdir(tmp_path / "work")
    assert run(["propose"]) == 1
    assert "there is no commit yet" in capsys.readouterr().err


def test_changes_since_the_last_commit(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["changes"]) == 0
    change(repository)
    capsys.readouterr()
    assert run(["changes", "--fail-on", "breaking"]) == 2
    assert "GET /books: removed" in capsys.readouterr().out
    assert run(["changes", "apis/stock.yaml"]) == 64


def test_a_spec_that_is_wrong_leaves_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.write("apis/stock.yaml", SPEC.replace("call:", "cal:"))
    repository.commit("Break it")
    assert run(["propose", "--remote", "origin"]) == 1
    assert "apis/stock.yaml:" in capsys.readouterr().err
    assert repository.git("branch", "--list", BRANCH) == ""
    assert repository.git("status", "--porcelain") == ""


def test_a_push_that_is_rejected_is_told(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = repository.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'protected' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    change(repository)
    repository.git("commit", "-qam", "Move a route")
    assert run(["propose", "--remote", "origin"]) == 1
    error = capsys.readouterr().err
    assert "rejected" in error
    # The commit is there to be pushed by hand.
    assert repository.git("rev-parse", "--verify", BRANCH)


def test_a_renamed_spec_and_a_new_one(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.git("mv", "apis/stock.yaml", "apis/shelves.yaml")
    repository.commit("Rename")
    body = repository.base / "body.md"
    found = proposed(capsys, "--prune", "--body", str(body))
    assert found["packages"] == ["shelves", "stock"]
    assert "## shelves\n\nA new package." in body.read_text()
    assert "## stock\n\nRemoved: no spec gives this package." in body.read_text()
    repository.git("reset", "-q", "--hard")
    repository.git("clean", "-qfd")
    repository.git("merge", "-q", "--ff-only", BRANCH)
    assert not (repository.top / "generated/stock").exists()
    assert run(["check", "-q"]) == 0


def step(
    repository: Repository, name: str, **inputs: str
) -> tuple[int, dict[str, str], str]:
    """Run the script of a step as the runner does; its status, outputs and what it printed."""
    found = next(s for s in ACTION["runs"]["steps"] if s.get("name") == name)
    known = {
        key: str(value.get("default", "")) for key, value in ACTION["inputs"].items()
    }
    known |= inputs
    temporary = repository.base / "runner"
    program = temporary / "naftiko-gen/bin/naftiko-gen"
    if not program.exists():
        program.parent.mkdir(parents=True)
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -m naftiko_gen "$@"\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        gh = temporary / "bin/gh"
        gh.parent.mkdir()
        gh.write_text(f'#!/bin/sh\necho "$@" >> "{temporary}/gh.log"\n')
        gh.chmod(0o755)
    output = temporary / f"{name}.output"
    output.write_text("")
    environment = {
        **os.environ,
        # `python` is the one that setup-python gives: here, that of the tests.
        "PATH": f"{temporary}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "generator"),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(output),
    }
    for key, value in found["env"].items():
        text = value.replace("${{ ", "").replace(" }}", "")
        where, _, rest = text.partition(".")
        if where == "inputs":
            environment[key] = known[rest]
        else:
            environment[key] = inputs[key]
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", found["run"]],
        cwd=repository.top,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = output.read_text().splitlines()
    return (
        done.returncode,
        dict(line.split("=", 1) for line in lines),
        done.stdout + done.stderr,
    )


def test_the_action_checks_and_proposes(repository: Repository) -> None:
    status, outputs, said = step(repository, "Check")
    assert (status, outputs, said) == (0, {"changed": "false"}, "")
    change(repository)
    repository.commit("Move a route")
    status, outputs, said = step(repository, "Check", sarif="found.sarif")
    assert (status, outputs) == (2, {"changed": "true"})
    assert "::error file=apis/stock.yaml,line=" in said
    report = loader.load_sarif_file(str(repository.top / "found.sarif"))
    line = SPEC[: SPEC.index(ROUTE)].count("\n") + 1
    assert [r["Line"] for r in report.get_records() if r["Code"] == "E801"][0] == line
    (repository.top / "found.sarif").unlink()

    status, outputs, said = step(repository, "Propose")
    assert status == 0, said
    assert outputs == {
        "changed": "true",
        "branch": BRANCH,
        "gravity": "breaking",
        "title": "Regenerate stock",
    }
    author = repository.git("log", "-1", "--format=%an", BRANCH)
    assert author == "github-actions[bot]"
    status, _, said = step(
        repository,
        "Open or update the pull request",
        GH_TOKEN="none",
        BRANCH=BRANCH,
        TITLE=outputs["title"],
    )
    assert status == 0, said
    asked = (repository.base / "runner/gh.log").read_text().splitlines()
    assert asked[-1].startswith(f"pr create --head {BRANCH} --title Regenerate stock")

    repository.git("reset", "-q", "--hard")
    repository.git("merge", "-q", "--ff-only", BRANCH)
    assert step(repository, "Check")[0] == 0


def test_the_hooks_stop_a_commit(repository: Repository) -> None:
    hooks = [
        {**hook, "language": "system", "entry": f"{sys.executable} -m {entry}"}
        for hook in HOOKS
        for entry in [hook["entry"].replace("naftiko-gen", "naftiko_gen", 1)]
    ]
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    repository.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generator"),
        "PRE_COMMIT_HOME": str(repository.base / "pre-commit"),
    }

    def hooked() -> subprocess.CompletedProcess[str]:
        repository.git("add", "-A")
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run"],
            cwd=repository.top,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert hooked().returncode == 0, hooked().stdout
    change(repository)
    stopped = hooked()
    assert stopped.returncode == 1
    assert "generated packages are up to date" in stopped.stdout
    assert "input stock.yaml changed" in stopped.stdout
    assert run(["build", "-q"]) == 0
    assert hooked().returncode == 0


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.gitlab-ci", "gitlab-ci.yml"),
    ],
)
def test_files_of_hosting_platforms_fit_their_schemas(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run(
        [*command, str(ROOT / file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_manifest_of_the_hooks_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest"]
    done = subprocess.run(
        [*command, str(ROOT / ".pre-commit-hooks.yaml")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
