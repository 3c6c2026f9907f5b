"""The server of a package that was just built, as a process of our own."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

#: Seconds that a server has to finish the calls that it is at.
_GRACE = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Server:
    """``serve --sandbox`` of one package; it never lives longer than this process."""

    process: subprocess.Popen[bytes] | None = None
    #: Where what the server prints goes; None is where our own output goes.
    output: int | None = None

    def restart(self, folder: Path) -> None:
        """Serve the package in ``folder``, once the server before has freed its ports."""
        self.stop()
        main = next(folder.glob("*/__main__.py"))
        # Modules that are built twice in a second must not be taken from a cache.
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", main.parent.name, "serve", "--sandbox"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            # An interrupt of the terminal is for us, who then stop the server in good order.
            start_new_session=True,
            preexec_fn=_dies_with_its_parent(),
        )

    def ended(self) -> int | None:
        """The exit status of a server that has ended by itself, once."""
        if self.process is None or self.process.poll() is None:
            return None
        status, self.process = self.process.returncode, None
        return status

    @property
    def runs(self) -> bool:
        """Whether there is a server."""
        return self.process is not None

    def stop(self) -> None:
        """End the server and wait until it is gone."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


def _dies_with_its_parent() -> Callable[[], None] | None:
    """What a child runs first, so that Linux ends it when we are killed; prctl(2)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def prepare() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    return prepare
