"""The options that several commands share, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

SPECS = click.argument("specs", metavar="[SPEC]...", nargs=-1)

ALLOW_SCRIPTS = click.option(
    "--allow-scripts",
    is_flag=True,
    help="Let scripts that the spec names run on the server.",
)


def findings(command: Callable[..., Any]) -> Callable[..., Any]:
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
        SPECS,
    ):
        command = option(command)
    return command


def common(command: Callable[..., Any]) -> Callable[..., Any]:
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
        ALLOW_SCRIPTS,
        findings,
    ):
        command = option(command)
    return command


def output(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-o",
        "--output",
        metavar="FOLDER",
        default="generated",
        show_default=True,
        help="Folder that holds the packages, one folder each.",
    )(command)
