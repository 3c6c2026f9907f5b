"""What the commands ask git, in its own words when it refuses."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping

from ..errors import OutputError


def git(
    *arguments: str,
    cwd: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What git prints. Raises OutputError when it fails."""
    try:
        done = subprocess.run(
            ["git", *arguments],
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise OutputError(f"git cannot be run: {error.strerror}") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        # A push says more in other lines; what matters is why it was rejected.
        said = next((line for line in lines if "rejected" in line), "") or (
            lines[0] if lines else f"ended with {done.returncode}"
        )
        raise OutputError(f"git {arguments[0]}: {said.strip()}")
    return done.stdout


def succeeds(*arguments: str) -> bool:
    """Whether git says yes."""
    try:
        git(*arguments)
    except OutputError:
        return False
    return True


def line(*arguments: str, cwd: str | None = None) -> str:
    """The one line that git prints."""
    return git(*arguments, cwd=cwd).decode("utf-8", "surrogateescape").strip()
