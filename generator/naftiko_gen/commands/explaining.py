"""``explain``: what a code means, or how one call of a spec is signed, as click sees it."""

from __future__ import annotations

from typing import Any

import click

from .options import formats, single


class _Codes(click.Group):
    """A group whose commands may also be the code that is asked about."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {*self.commands, *ctx.help_option_names}
        if args and args[0] not in known:
            args = ["code", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Codes, subcommand_metavar="CODE | signing [SPEC]")
def explain() -> None:
    """Say what a diagnostic code means, such as E202, or how a call is signed."""


@explain.command(hidden=True)
@formats
@click.argument("code")
def code(code: str, form: str) -> int:
    """Say what a diagnostic code means, such as E202, and how to mend it."""
    from .answers import answer
    from .explain import document, explanation

    if form == "json":
        answer(document(code))
    else:
        click.echo(explanation(code))
    return 0


@explain.command()
@click.option(
    "--operation",
    metavar="NAME",
    help="The operation to sign.  [default: the first signed one]",
)
@formats
@single
def signing(**options: Any) -> int:
    """Sign one call of SPEC with made-up credentials, and show every step.

    The code that build emits makes the request and signs it, at a fixed time. Nothing is
    sent, and no setting is read: compare what you see with the provider's documentation.
    """
    from .explain_signing import ExplainSigning

    return ExplainSigning(**options).run()
