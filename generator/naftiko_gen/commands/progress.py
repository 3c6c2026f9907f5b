"""A progress bar on the terminal of whoever watches a run over many specs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

import click

from ..diagnostics import Report

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

_NAME = 24
_CLEAR = "\r\x1b[2K"


class Progress:
    """Files, time to go, what has just been done, warnings and errors; nothing without a terminal."""

    def __init__(self, length: int, wanted: bool) -> None:
        self.warnings = self.errors = 0
        self._bar: ProgressBar[str] | None = None
        if wanted and sys.stderr.isatty():
            self._bar = click.progressbar(
                length=length,
                file=sys.stderr,
                show_pos=True,
                width=20,
                item_show_func=lambda text: text,
            )

    def __enter__(self) -> Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    @contextmanager
    def past(self, name: str, report: Report) -> Iterator[None]:
        """Around what is printed about one more spec: above the bar, which then moves on."""
        if self._bar is None:
            yield
            return
        click.echo(_CLEAR, nl=False, file=sys.stderr)
        yield
        self.warnings += len(report.warnings)
        self.errors += report.faults
        shown = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        self._bar.update(1, f"{shown} ({self.errors} errors, {self.warnings} warnings)")
