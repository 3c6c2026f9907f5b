"""The command line: the only part that prints, colours or sets the exit status.

Exit status: 0 all is well, 1 a spec or the output folder has an error, 2 ``check`` found a
difference, 64 the command line is wrong, 70 the generator is. Modules that a command needs are
imported when it runs, so that ``--help`` stays quick.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from . import __version__, results, stamps
from .commands import repository
from .commands.explaining import explain
from .commands.interchange import export, graph, import_
from .commands.options import choices, common, findings, formats, output
from .errors import ERROR, INTERNAL, INTERRUPTED, USAGE, OutputError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without SPEC, every capability that the configuration names is taken, or all in specs/.",
)
@click.version_option(
    __version__, prog_name="naftiko-gen", message="%(prog)s %(version)s"
)
def group() -> None:
    """Compile Naftiko capabilities into native REST and MCP server packages."""


@group.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the script that completes commands and options in SHELL.

    For bash: naftiko-gen completion bash > ~/.local/share/bash-completion/completions/naftiko-gen
    """
    from .commands.init import completion as script

    click.echo(script(group, shell))
    return 0


@group.command()
@common
def validate(**options: Any) -> int:
    """Report every problem of the specs, each with its place."""
    from .commands.run import Run

    return Run(**options).validate()


@group.command()
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Apply the rules of taste too, and estimate the size of tools/list.",
)
@findings
def lint(everything: bool, **options: Any) -> int:
    """Say what in the specs could be better, as their author wrote them."""
    from .commands.run import Run

    return Run(**options).lint(everything)


@group.command()
@click.option(
    "--prune",
    is_flag=True,
    help="Remove packages whose spec was renamed or deleted.",
)
@common
@output
def build(**options: Any) -> int:
    """Write the package of each spec; write nothing for one with an error."""
    from .commands.run import Run

    return Run(**options).build()


@group.command()
@common
@output
def check(**options: Any) -> int:
    """Say whether the packages are what the specs give; exit 2 when not."""
    from .commands.run import Run

    return Run(**options).check()


@group.command()
@common
@output
def diff(**options: Any) -> int:
    """Print what build would change, as a unified diff."""
    from .commands.run import Run

    return Run(**options).diff()


@group.command()
@click.option(
    "--version",
    type=click.Choice(list(stamps.KEYS)),
    help="Version of the format that documents are written for.  [default: 1.0.0-alpha2, or that of SPEC]",
)
@click.option(
    "--report", is_flag=True, help="The schema of reports (build --report FILE.json)."
)
@click.option(
    "--result",
    metavar="COMMAND",
    type=click.Choice(results.COMMANDS),
    help="The schema of what COMMAND prints with --format json, such as check or import-openapi.",
)
@click.option("--lock", "locks", is_flag=True, help="The schema of naftiko-gen.lock.")
@click.option(
    "-o", "--output", metavar="FILE", help="Write FILE instead of printing it."
)
@click.option(
    "--modeline",
    metavar="SPEC",
    multiple=True,
    help="Write the schema beside SPEC (or to FILE), and let SPEC begin with the line that makes "
    "yaml-language-server use it; may be repeated.",
)
@click.option(
    "--config",
    "configuration",
    is_flag=True,
    help="Print the schema of naftiko-gen.toml instead.",
)
def schema(**options: Any) -> int:
    """Print the JSON Schema of the format, with our extension keys."""
    from .commands.schema import Schema

    return Schema(**options).run()


@group.command()
@click.option(
    "--max-problems", type=int, metavar="N", help="Fail with more problems than N."
)
@click.option("--max-tools", type=int, metavar="N", help="Fail with more tools than N.")
@click.option(
    "--max-tokens",
    type=int,
    metavar="N",
    help="Fail when tools/list of an adapter costs more tokens than N.",
)
@formats
@click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="Lay FILE (OpenAPI Overlay 1.0) over the spec; may be repeated.",
)
@choices
@click.argument("spec", metavar="SPEC")
def tools(**options: Any) -> int:
    """Say what the tools of SPEC cost an agent, and what is wrong with them.

    A token is estimated as four bytes of the JSON of tools/list; limits hold for each adapter.
    """
    from .commands.tools import Tools

    return Tools(**options).run()


@group.command()
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing; exit 2 when SPEC is not canonical.",
)
@click.option("--in-place", is_flag=True, help="Write SPEC itself.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write FILE, and its overlay beside it, instead of printing the document.",
)
@formats
@click.argument("spec", metavar="SPEC")
def normalize(**options: Any) -> int:
    """Print SPEC as the format wants it: every accepted deviation written as what it means."""
    from .commands.normalize import Normalize

    return Normalize(**options).run()


for _command in (
    repository.init,
    repository.skill,
    repository.templates,
    repository.watch,
    repository.changes,
    repository.propose,
):
    group.add_command(_command)
group.add_command(explain)
group.add_command(import_)
group.add_command(export)
group.add_command(graph)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (without the program's name) and give its exit status."""
    # A run is short and keeps almost all it makes: collecting often is lost time.
    gc.set_threshold(2_000_000, 50, 100)
    try:
        status = group.main(
            None if arguments is None else list(arguments),
            prog_name="naftiko-gen",
            standalone_mode=False,
        )
        return status if isinstance(status, int) else 0
    except click.UsageError as error:
        error.show()
        return _failed(arguments, USAGE, error.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return _failed(arguments, ERROR, str(error))
    except BrokenPipeError:
        # The reader had enough (``| head``). Nothing must be flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except Exception as error:
        if os.environ.get("NAFTIKO_GEN_TRACEBACK"):
            raise
        from .commands.output import described, fault

        click.echo(fault(described(error)), err=True)
        return _failed(arguments, INTERNAL, described(error))


def _failed(arguments: Sequence[str] | None, status: int, message: str) -> int:
    """The exit status; programs that asked for JSON are told in JSON."""
    from .commands.answers import asked_for, failure

    if asked_for(sys.argv[1:] if arguments is None else arguments):
        failure(status, message)
    return status
