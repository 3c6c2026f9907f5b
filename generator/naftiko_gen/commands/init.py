"""``init`` and ``completion``: what one runs once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from ..errors import OutputError
from ..names import kebab, words
from ..project_file import FILE
from ..shipped import templates_dir
from .answers import answer
from .writing import write

_EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Init:
    """The options of ``init``."""

    folder: str
    name: str
    form: str

    def run(self) -> int:
        """Write a commented capability and a configuration; never over what is there."""
        if not words(self.name):
            raise click.UsageError(f"no name can be made of {self.name!r}")
        name, base = kebab(self.name), Path(self.folder)
        spec = base / "specs" / f"{name}.yaml"
        package = f"{name.replace('-', '_')}_capability"
        source = (templates_dir() / "init" / "capability.yaml").read_text("utf-8")
        text = source.replace(f"{_EXAMPLE}_capability", package)
        text = text.replace(f"generated/{_EXAMPLE}", f"generated/{name}")
        if self.name != _EXAMPLE:
            label = json.dumps(self.name, ensure_ascii=False)
            text = text.replace("label: Example\n", f"label: {label}\n")
        files: dict[Path, bytes | None] = {spec: text.encode()}
        configuration = base / FILE
        if not configuration.exists():
            files[configuration] = (templates_dir() / "init" / FILE).read_bytes()
        if spec.exists():
            raise OutputError(f"{spec} is there already")
        write(files, force=False)
        if self.form == "json":
            answer({"spec": str(spec), "files": [str(path) for path in files]})
            return 0
        for path in files:
            click.echo(f"{path}: written")
        where = "" if base == Path() else f" in {base}"
        click.echo(f"next: edit {spec}, then run `naftiko-gen build`{where}")
        return 0


def completion(group: click.Command, shell: str) -> str:
    """The script that makes a shell complete our command line."""
    kind = get_completion_class(shell)
    assert kind is not None, f"click does not know {shell}"
    return kind(group, {}, "naftiko-gen", "_NAFTIKO_GEN_COMPLETE").source()
