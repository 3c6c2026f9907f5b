"""The options that several commands share, each declared once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from .. import options
from ..diagnostics import closest
from ..options import Choice

config = click.option(
    "--config",
    metavar="FILE",
    help="The project's configuration, instead of the nearest naftiko-gen.toml.",
)
_overlays = click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="Lay FILE (OpenAPI Overlay 1.0) over the spec; may be repeated.",
)
SPECS = click.argument("specs", metavar="[SPEC]...", nargs=-1)


def choices(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a package; the command is given those that were chosen, by field."""
    known = list(options.choices())

    @functools.wraps(command)
    def collected(**given: Any) -> Any:
        found = {choice.field: given.pop(choice.field) for choice in known}
        chosen = {k: v for k, v in found.items() if v is not None and v != ()}
        return command(chosen=chosen, **given)

    for choice in reversed(known):
        names = f"--{choice.name}"
        if choice.kind is bool:
            option = click.option(
                f"{names}/--no-{choice.name}", default=None, help=choice.help
            )
        else:
            option = click.option(
                names,
                choice.field,
                multiple=choice.kind is tuple,
                metavar=choice.metavar,
                type=_Given(choice),
                help=choice.help,
            )
        collected = option(collected)
    return collected


class _Given(click.ParamType[str]):
    """What an option of a package takes: a text that the option says nothing against."""

    name = "text"

    def __init__(self, choice: Choice) -> None:
        self.choice = choice

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        text = str(value)
        wrong = self.choice.wrong(text)
        if wrong is not None:
            near = closest(text, self.choice.values)
            self.fail(
                f"{wrong}{f'; did you mean `{near}`?' if near else ''}", param, ctx
            )
        return text

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        if self.choice.folder:
            return [CompletionItem(incomplete, type="dir")]
        known = self.choice.values
        return [CompletionItem(name) for name in known if name.startswith(incomplete)]


def _report(context: click.Context, option: click.Parameter, given: Any) -> Any:
    from .reports import checked

    return checked(given)


def _shard(context: click.Context, option: click.Parameter, given: Any) -> Any:
    from .jobs import Shard

    return given and Shard.parse(given)


def formats(command: Callable[..., Any]) -> Callable[..., Any]:
    """The form of what a command prints once: for people or, as one document, for programs."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How the result is printed; json has a schema (schema --result).",
    )(command)


def findings(command: Callable[..., Any]) -> Callable[..., Any]:
    """The specs of a command that runs once, and how it tells what it finds in them."""
    for option in (
        click.option("--profile", is_flag=True, help="Print where the time went."),
        click.option(
            "--report",
            metavar="FILE",
            callback=_report,
            help="Write what came of every spec to FILE: .json, or .html for people.",
        ),
        click.option(
            "--shard",
            metavar="I/N",
            callback=_shard,
            help="Take the I-th of N parts of the specs, for N runs side by side.",
        ),
        _specs,
    ):
        command = option(command)
    return command


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that takes a spec together with its overlays."""
    return findings(_package(command))


def single(command: Callable[..., Any]) -> Callable[..., Any]:
    """What a command about one package takes: its spec, with what the configuration has for it."""
    for option in (
        choices,
        _overlays,
        config,
        click.argument("spec", metavar="[SPEC]", required=False),
    ):
        command = option(command)
    return command


def watched(command: Callable[..., Any]) -> Callable[..., Any]:
    """Those of a command that goes on until it is told to stop."""
    return _specs(_package(command))


def _specs(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        config,
        click.option(
            "--strict/--no-strict", default=None, help="Treat warnings as errors."
        ),
        click.option(
            "--jobs",
            "-j",
            metavar="N",
            type=click.IntRange(min=1),
            help="Processes to use at most.  [default: as many as there are cores]",
        ),
        click.option("--quiet", "-q", is_flag=True, help="Print errors only."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["text", "json", "github", "sarif"]),
            default="text",
            show_default=True,
            help="How findings are printed.",
        ),
        SPECS,
    ):
        command = option(command)
    return command


def _package(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        _overlays,
        click.option(
            "--name",
            metavar="NAME",
            help="Name of the package, instead of the spec's file name.",
        ),
        choices,
    ):
        command = option(command)
    return command


def output(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "-o",
        "--output",
        metavar="FOLDER",
        help="Folder that holds the packages, one folder each.  [default: generated]",
    )(command)
