"""The command line: the only part that prints, colours or sets the exit status.

Exit status: 0 all is well, 1 a spec or the output folder has an error, 2 ``check`` found a
difference, 64 the command line is wrong, 70 the generator is. Modules that a command needs are
imported when it runs, so that ``--help`` stays quick.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from . import __version__, stamps
from .cli_explain import explain
from .errors import ERROR, INTERNAL, INTERRUPTED, USAGE, InternalError, OutputError

_SPECS = click.argument("specs", metavar="[SPEC]...", nargs=-1)

_ALLOW_SCRIPTS = click.option(
    "--allow-scripts",
    is_flag=True,
    help="Let scripts that the spec names run on the server.",
)


def _findings(command: Callable[..., Any]) -> Callable[..., Any]:
    """The specs of a command, and how it tells what it finds in them."""
    for option in (
        click.option("--strict", is_flag=True, help="Treat warnings as errors."),
        click.option("--profile", is_flag=True, help="Print where the time went."),
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json"]),
            default="text",
            show_default=True,
            help="How findings are printed.",
        ),
        _SPECS,
    ):
        command = option(command)
    return command


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that takes a spec together with its overlays."""
    for option in (
        click.option(
            "--overlay",
            "overlays",
            metavar="FILE",
            multiple=True,
            help="Lay FILE (OpenAPI Overlay 1.0) over the spec; may be repeated.",
        ),
        click.option(
            "--name",
            metavar="NAME",
            help="Name of the package, instead of the spec's file name.",
        ),
        _ALLOW_SCRIPTS,
        _findings,
    ):
        command = option(command)
    return command


def _output(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-o",
        "--output",
        metavar="FOLDER",
        default="generated",
        show_default=True,
        help="Folder that holds the packages, one folder each.",
    )(command)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without SPEC, every capability in specs/ is taken.",
)
@click.version_option(
    __version__, prog_name="naftiko-gen", message="%(prog)s %(version)s"
)
def group() -> None:
    """Compile Naftiko capabilities into native REST and MCP server packages."""


@group.command()
@_common
def validate(**options: Any) -> int:
    """Report every problem of the specs, each with its place."""
    from .commands import Run

    return Run(**options).validate()


@group.command()
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Apply the rules of taste too, and estimate the size of tools/list.",
)
@_findings
def lint(everything: bool, **options: Any) -> int:
    """Say what in the specs could be better, as their author wrote them."""
    from .commands import Run

    return Run(**options).lint(everything)


@group.command()
@_common
@_output
def build(**options: Any) -> int:
    """Write the package of each spec; write nothing for one with an error."""
    from .commands import Run

    return Run(**options).build()


@group.command()
@_common
@_output
def check(**options: Any) -> int:
    """Say whether the packages are what the specs give; exit 2 when not."""
    from .commands import Run

    return Run(**options).check()


@group.command()
@_common
@_output
def diff(**options: Any) -> int:
    """Print what build would change, as a unified diff."""
    from .commands import Run

    return Run(**options).diff()


@group.command()
@click.option(
    "--version",
    type=click.Choice(list(stamps.KEYS)),
    help="Version of the format that documents are written for.  [default: 1.0.0-alpha2, or that of SPEC]",
)
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
def schema(**options: Any) -> int:
    """Print the JSON Schema of the format, with our extension keys."""
    from .commands.schema import Schema

    return Schema(**options).run()


group.add_command(explain)


@group.group(name="import")
def import_() -> None:
    """Make a capability of a document in another format."""


@import_.command(name="openapi")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("--force", is_flag=True, help="Replace a spec that is there already.")
@click.option(
    "--modeline",
    is_flag=True,
    help="Write the JSON Schema beside SPEC, and let SPEC begin with the line that makes "
    "yaml-language-server use it.",
)
@click.option(
    "--namespace",
    "-n",
    metavar="NAME",
    help="Namespace of the API, instead of the words of its title.",
)
@click.option(
    "-o",
    "--output",
    metavar="SPEC",
    help="The capability to write.  [default: specs/NAMESPACE.yaml]",
)
@click.argument("file", metavar="FILE")
def import_openapi(**options: Any) -> int:
    """Write a capability that consumes and exposes what the OpenAPI document FILE has.

    OpenAPI 2.0, 3.0 and 3.1, YAML or JSON. What a capability cannot say, such as the schemas
    of bodies, goes to an overlay beside SPEC, which build lays over it.
    """
    from .commands.openapi import Import

    return Import(**options).run()


@group.group()
def export() -> None:
    """Print a capability in another format."""


@export.command(name="openapi")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--quiet", "-q", is_flag=True, help="Print errors only.")
@click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="Lay FILE (OpenAPI Overlay 1.0) over the spec; may be repeated.",
)
@_ALLOW_SCRIPTS
@click.option(
    "--adapter", metavar="NAMESPACE", help="The REST adapter, if there are several."
)
@click.option(
    "-o", "--output", metavar="FILE", help="Write FILE instead of printing it."
)
@click.argument("spec", metavar="SPEC")
def export_openapi(**options: Any) -> int:
    """Print the OpenAPI 3.1 document of the REST adapter of SPEC, as build emits it."""
    from .commands.openapi import Export

    return Export(**options).run()


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
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        return ERROR
    except BrokenPipeError:
        # The reader had enough (``| head``). Nothing must be flushed to it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except Exception as error:
        if os.environ.get("NAFTIKO_GEN_TRACEBACK"):
            raise
        _explain(error)
        return INTERNAL


def _explain(error: Exception) -> None:
    kind = "" if isinstance(error, InternalError) else f"{type(error).__name__}: "
    text = " ".join(str(error).split())[:400]
    click.echo(
        f"internal error: {kind}{text}\n"
        "This is a fault of naftiko-gen, not of the spec; nothing was written for it."
        " NAFTIKO_GEN_TRACEBACK=1 shows the traceback.",
        err=True,
    )
