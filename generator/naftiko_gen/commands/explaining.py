"""``explain``: what a code means, or how one call of a spec is signed, as click sees it."""

from __future__ import annotations

from typing import Any

import click

from .options import choices


class _Codes(click.Group):
    """A group whose commands may also be the code that is asked about."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "code", self.commands["code"], args


@click.group(cls=_Codes, subcommand_metavar="CODE | signing SPEC")
def explain() -> None:
    """Say what a diagnostic code means, such as E202, or how a call is signed."""


@explain.command(hidden=True)
@click.argument("code")
def code(code: str) -> int:
    """Say what a diagnostic code means, such as E202, and how to mend it."""
    from .explain import explanation

    click.echo(explanation(code))
    return 0


@explain.command()
@click.option(
    "--operation",
    metavar="NAME",
    help="The operation to sign.  [default: the first signed one]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is printed.",
)
@click.option(
    "--overlay",
    "overlays",
    metavar="FILE",
    multiple=True,
    help="Lay FILE (OpenAPI Overlay 1.0) over the spec; may be repeated.",
)
@choices
@click.argument("spec", metavar="SPEC")
def signing(**options: Any) -> int:
    """Sign one call of SPEC with made-up credentials, and show every step.

    The code that build emits makes the request and signs it, at a fixed time. Nothing is
    sent, and no setting is read: compare what you see with the provider's documentation.
    """
    from .explain_signing import ExplainSigning

    return ExplainSigning(**options).run()
