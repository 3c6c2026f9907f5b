"""``watch``: builds what has changed, as soon as it was saved, until it is told to stop."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import click

from .. import watching
from ..pipeline import Job, count
from .answers import event
from .jobs import select
from .run import Run
from .server import Server

#: Seconds between two looks at the files; longer when a look takes long.
_PAUSE = 0.1
_SHARE = 20
#: Seconds in which nothing may change before a build, and how often that is waited for.
_CALM = 0.03
_PATIENCE = 50


@dataclass(slots=True)
class Watch:
    """The options of ``watch``; ``options`` are those of ``build``. JSON is one event a line.

    ``inputs`` has the paths that decide about each job, and ``others`` those that decide which
    jobs there are. ``failed`` are those that are wrong at present; ``lost`` says that what there
    is to do is not known. ``setting`` is where packages go and whether warnings count.
    """

    serve: bool
    options: Mapping[str, Any]
    inputs: dict[Job, frozenset[str]] = field(default_factory=dict)
    failed: set[Job] = field(default_factory=set)
    lost: bool = False
    setting: tuple[str, bool] = ("", False)
    others: frozenset[str] = frozenset()
    seen: watching.State = field(default_factory=dict)
    server: Server = field(default_factory=Server)

    def run(self) -> int:
        """Build and watch; it ends with an interrupt."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupted)
        if self._machine:
            # What the server prints is no event.
            self.server.output = sys.stderr.fileno()
        try:
            changed: Set[str] | None = None
            while True:
                self._round(changed)
                # Collecting is switched off as good as altogether while a build runs.
                gc.collect()
                changed = self._next()
        finally:
            self.server.stop()

    def _next(self) -> Set[str]:
        """Wait until files have changed, and are left alone again; their paths."""
        pause = _PAUSE
        while True:
            time.sleep(pause)
            self._ended()
            begin = time.perf_counter()
            now = self._look()
            pause = max(_PAUSE, _SHARE * (time.perf_counter() - begin))
            if now != self.seen:
                break
        for _ in range(_PATIENCE):
            time.sleep(_CALM)
            before, now = now, self._look()
            if now == before:
                break
        before, self.seen = self.seen, now
        paths = before.keys() | now.keys()
        return {path for path in paths if before.get(path) != now.get(path)}

    def _ended(self) -> None:
        """Say so when the server has ended by itself."""
        status = self.server.ended()
        if status is None:
            return
        if self._machine:
            event({"event": "ended", "status": status})
        said = f"error: the server has ended with status {status}"
        click.echo(f"{said}; the next build starts it again", err=True)

    @property
    def _machine(self) -> bool:
        return bool(self.options["form"] == "json")

    def _look(self) -> watching.State:
        return watching.state(set().union(*self.inputs.values()), self.others)

    def _round(self, changed: Set[str] | None) -> None:
        """Build what the changed files are inputs of; everything when that is None."""
        begin = time.time_ns()
        form = "events" if self._machine else self.options["form"]
        run = Run(profile=False, **{**self.options, "form": form})
        try:
            jobs = self._jobs(run)
        except click.UsageError as error:
            if changed is None:
                raise
            self.lost = True
            self._head(run, changed)
            message = error.format_message()
            click.echo(f"error: {message}", err=True)
            if self._machine:
                files = _files(changed)
                event({"event": "stuck", "changed": files, "message": message})
            self._tail(run)
            return
        setting = (str(run.folder), run.printer.strict)
        everything = changed is None or self.lost or setting != self.setting
        todo = {
            job
            for job in jobs
            if everything
            or job not in self.inputs
            or watching.touches(changed or (), self.inputs[job])
        }
        self.lost = run.project is None
        gone = [] if self.lost else self._gone(jobs)
        shown = bool(todo or gone) or everything
        if shown:
            self._head(run, changed)
            if sys.stdout.isatty():
                # The screen shows everything that is wrong, not only what is new.
                todo |= self.failed & set(jobs)
            run.only = frozenset(todo)
            run.build()
        if run.project is not None:
            self.setting = setting
            for job in gone:
                stays = run.folder / job.name
                run.printer.notes([f"{job.spec} is gone; {stays} stays as it is"])
        self._learn(run, begin)
        if shown:
            if self._machine:
                self._tell(run, changed, gone)
            self._serve(run)
            self._tail(run)

    def _tell(self, run: Run, changed: Set[str] | None, gone: list[Job]) -> None:
        """The event of a round."""
        event(
            {
                "event": "built",
                "changed": None if changed is None else _files(changed),
                **run.printer.document(),
                "gone": [job.spec for job in gone],
                "watching": len(self.inputs),
            }
        )

    def _jobs(self, run: Run) -> list[Job]:
        """The jobs of a run; none while the configuration is wrong. Raises click.UsageError."""
        if run.project is None:
            return []
        jobs = select(run.project, run.specs, run.name, run.overlays, run.chosen)
        if self.serve and len(jobs) > 1:
            raise click.UsageError("--serve is for one SPEC")
        return jobs

    def _head(self, run: Run, changed: Set[str] | None) -> None:
        """Begin the screen anew, or a section of lines; say what was saved."""
        if run.form != "text":
            return
        if sys.stdout.isatty():
            click.clear()
        files = _files(changed or ())
        if files and not run.quiet:
            more = f" and {len(files) - 3} more" if len(files) > 3 else ""
            names = ", ".join(map(click.format_filename, files[:3]))
            click.echo(f"changed: {names}{more}")

    def _tail(self, run: Run) -> None:
        if run.form == "text" and not run.quiet:
            click.echo(f"watching {count(len(self.inputs), 'spec')}, Ctrl-C ends")

    def _gone(self, jobs: list[Job]) -> list[Job]:
        """Forget the jobs that there are no more; those whose spec has none any more."""
        old = self.inputs.keys() - set(jobs)
        for job in old:
            del self.inputs[job]
            self.failed.discard(job)
        specs = {job.spec for job in jobs}
        return sorted(
            (job for job in old if job.spec not in specs), key=lambda j: j.spec
        )

    def _learn(self, run: Run, begin: int) -> None:
        """Note what the results depend on; ``begin`` is when the build began."""
        for outcome in run.printer.outcomes if run.project else ():
            job = outcome.job
            report = run.printer.reports.get(job)
            named = report.outside if report else ()
            self.inputs[job] = watching.inputs(job, run.folder / job.name, named)
            wrong = outcome.status in ("failed", "internal")
            (self.failed.add if wrong else self.failed.discard)(job)
        patterns = run.specs or run.patterns
        places = (*watching.places(patterns), *watching.configurations(run.config))
        others = frozenset(map(os.path.abspath, places))
        # While the configuration is wrong, what it names may be there only in part.
        self.others = others if run.project else self.others | others
        # What nobody has looked at before may have changed while it was built.
        self.seen = {
            path: self.seen[path] if path in self.seen else _before(stamp, begin)
            for path, stamp in self._look().items()
        }

    def _serve(self, run: Run) -> None:
        """Serve what was built now, if it differs from what is served."""
        for outcome in run.printer.outcomes if self.serve else ():
            folder = run.folder / outcome.job.name
            idle = outcome.status == "unchanged" and not self.server.runs
            if idle or outcome.status == "written":
                self.server.restart(folder)
                if self._machine:
                    event({"event": "served", "package": str(folder)})


def _files(paths: Iterable[str]) -> list[str]:
    return sorted(os.path.relpath(path) for path in paths if not os.path.isdir(path))


def _before(stamp: tuple[int, ...] | None, begin: int) -> tuple[int, ...] | None:
    """The state of a file when a build began; one that nothing equals when it changed since."""
    return stamp if stamp is None or max(stamp[:2]) < begin else ()


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
