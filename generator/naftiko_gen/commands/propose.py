"""``propose``: regenerated packages as one commit on a branch of their own, with a description.

The working tree, the index and the current branch stay as they are, apart from the packages that
are built: the commit is made beside them. The branch belongs to this command: what was on it is
replaced.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..changes import gravest
from ..changes.text import Changelog
from ..errors import OutputError
from ..lock import NAME as LOCK
from ..pipeline import Job
from .answers import answer, failure
from .changes import changelog
from .git import git, line
from .jobs import select
from .output import Printer
from .run import Run
from .writing import write

_COPY = "capability.yaml"
_SEARCHED = 200


@dataclass(frozen=True, slots=True)
class Propose:
    """The options of ``propose``; ``options`` are those of ``build``."""

    branch: str
    remote: str | None
    body: str | None
    form: str
    options: Mapping[str, Any]

    def run(self) -> int:
        """Build, and put what changed on the branch; prints what came of it."""
        top = os.path.realpath(line("rev-parse", "--show-toplevel"))
        run = Run(specs=(), form="text", quiet=True, profile=False, **self.options)
        self._refuse(top, run)
        status = run.build()
        if status or run.project is None:
            if self.form == "json":
                failure(status, run.printer.problem, run.printer.reports.values())
            return status
        jobs = select(run.project, (), None, run.overlays, run.chosen)
        found = _Proposal(top, run.folder, jobs)
        commit = found.commit(self.branch)
        if self.body is not None and commit is not None:
            write({Path(self.body): found.body.encode()}, force=True)
        if commit is not None and self.remote is not None:
            self._push(commit)
        gravity = gravest([c for log in found.logs.values() for c in log.changes])
        document = {
            "changed": commit is not None,
            "branch": self.branch if commit else None,
            "commit": commit,
            "title": found.title if commit else None,
            "gravity": gravity.value if gravity else None,
            "packages": sorted(found.packages),
        }
        if self.form == "json":
            answer(document)
        elif commit is None:
            click.echo("nothing changed")
        else:
            said = f" ({gravity.value})" if gravity else ""
            click.echo(f"{self.branch}: {commit[:12]} {found.title}{said}")
        return 0

    def _refuse(self, top: str, run: Run) -> None:
        """Refuse what would make a commit that says something else than its parent."""
        git("check-ref-format", f"refs/heads/{self.branch}")
        if line("rev-parse", "--abbrev-ref", "HEAD") == self.branch:
            raise OutputError(
                f"{self.branch} is checked out; propose replaces what is on its branch"
            )
        output = os.path.relpath(os.path.realpath(run.folder), top)
        if output.startswith(os.pardir):
            raise OutputError(f"{run.folder} is not in this repository")
        for path in _status(top):
            if not f"{path}/".startswith(f"{output}/"):
                raise OutputError(f"{path} is not committed; commit or stash it first")

    def _push(self, commit: str) -> None:
        remote, reference = self.remote or "", f"refs/heads/{self.branch}"
        known = line("ls-remote", remote, reference).partition("\t")[0]
        if known == commit:
            return
        # The lease is what was seen now: who pushed in between is not overwritten.
        lease = f"--force-with-lease={reference}:{known}"
        git("push", "--quiet", lease, remote, f"{commit}:{reference}")


@dataclass(slots=True)
class _Proposal:
    """What a build changed below ``output`` since the last commit."""

    top: str
    output: Path
    jobs: list[Job]
    packages: dict[str, str] = field(init=False)
    logs: dict[str, Changelog] = field(init=False)

    def __post_init__(self) -> None:
        self.logs = {}
        self.packages = {}
        base = os.path.relpath(os.path.realpath(self.output), self.top)
        names = {
            path.removeprefix("" if base == "." else f"{base}/").split("/")[0]
            for path in _status(self.top, base)
        }
        jobs = {job.name: job for job in self.jobs}
        for name in sorted(names):
            self.packages[name] = self._section(name, jobs.get(name), base)

    @property
    def title(self) -> str:
        """What the commit and the pull request are called."""
        names = list(self.packages)
        listed = ", ".join(names[:3]) + (
            f" and {len(names) - 3} more" if len(names) > 3 else ""
        )
        return f"Regenerate {listed}"

    @property
    def body(self) -> str:
        """The description of the pull request, in Markdown."""
        parts = [f"## {name}\n\n{text}" for name, text in self.packages.items()]
        parts.append(
            f"Made by naftiko-gen {__version__} from the specs of this commit.\n"
        )
        return "\n".join(parts)

    def commit(self, branch: str) -> str | None:
        """Put the packages on the branch, on top of the current commit; None without changes."""
        if not self.packages:
            return None
        head = line("rev-parse", "HEAD")
        with tempfile.TemporaryDirectory(prefix="naftiko-gen-") as folder:
            index = {"GIT_INDEX_FILE": os.path.join(folder, "index")}
            git("read-tree", head, cwd=self.top, environment=index)
            place = os.path.realpath(self.output)
            git("add", "--all", "--", place, cwd=self.top, environment=index)
            tree = git("write-tree", cwd=self.top, environment=index).decode().strip()
        reference = f"refs/heads/{branch}"
        if (same := _same(reference, head, tree)) is not None:
            return same
        commit = line("commit-tree", tree, "-p", head, "-m", self.title)
        git("update-ref", reference, commit)
        return commit

    def _section(self, name: str, job: Job | None, base: str) -> str:
        before = _show(f"HEAD:{base}/{name}/{_COPY}", self.top)
        if job is None:
            return "Removed: no spec gives this package.\n"
        if before is None:
            return "A new package.\n"
        if before == Path(job.spec).read_bytes():
            lock = _show(f"HEAD:{base}/{name}/{LOCK}", self.top) or b"{}"
            return _regenerated(lock)
        with _before(job.spec, before) as old:
            log = changelog(old, job, None, Printer("text", True, False))
        if log is None:
            return "The spec before this change could not be read by this version.\n"
        self.logs[name] = log
        return log.markdown()


def _regenerated(lock: bytes) -> str:
    try:
        was = str(json.loads(lock)["generator"])
    except (ValueError, KeyError, TypeError):
        was = "an unknown version"
    if was == __version__:
        return (
            "The spec is the same: files were edited, or overlays or options changed.\n"
        )
    return f"The spec is the same; naftiko-gen was {was}, now {__version__}.\n"


class _before:
    """The spec that a package was built from: in git with all that it names, or its copy."""

    def __init__(self, spec: str, content: bytes) -> None:
        self._spec, self._content = spec, content
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> str:
        for commit in self._commits():
            if _show(f"{commit}:./{os.path.basename(self._spec)}", self._home) == (
                self._content
            ):
                return f"git:{commit}:{self._spec}"
        self._folder = tempfile.TemporaryDirectory(prefix="naftiko-gen-")
        copy = Path(self._folder.name) / os.path.basename(self._spec)
        copy.write_bytes(self._content)
        return str(copy)

    @property
    def _home(self) -> str:
        return os.path.dirname(self._spec) or "."

    def _commits(self) -> Iterator[str]:
        limit = f"--max-count={_SEARCHED}"
        yield from line("log", limit, "--format=%H", "--", self._spec).split()

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()


def _same(reference: str, head: str, tree: str) -> str | None:
    """The commit that the branch has already, if it is what would be made now."""
    try:
        found = line("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}")
        known = line("rev-parse", f"{found}^", f"{found}^{{tree}}").split()
    except OutputError:
        return None
    return found if known == [head, tree] else None


def _show(what: str, cwd: str) -> bytes | None:
    try:
        return git("show", what, cwd=cwd)
    except OutputError:
        return None


def _status(top: str, *paths: str) -> list[str]:
    """The paths that differ from the last commit, or are not in it, from the top."""
    arguments = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
    found = git(*arguments, "--", *paths, cwd=top).decode("utf-8", "surrogateescape")
    return [entry[3:] for entry in found.split("\0") if entry]
