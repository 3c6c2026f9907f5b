"""What a build would change, with what it adds to files of the user's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..pipeline import Job, Package

if TYPE_CHECKING:
    from ..tree import Changes


def compared(job: Job, folder: Path, package: Package) -> tuple[Package, Changes]:
    """The package as it goes into ``folder``, and what that changes there. Raises OutputError."""
    from .. import tree

    if "changelog" in job.options.extras:
        from ..history import continued

        package = continued(job, folder, package)
    return package, tree.compare(folder, package.files, package.lock, package.grown)
