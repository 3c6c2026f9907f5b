"""``init``, ``skill``, ``templates``, ``watch``, ``changes`` and ``propose``: a project in its repository, as click sees it."""

from __future__ import annotations

from typing import Any

import click

from .options import choices, formats, output, watched


@click.command()
@click.option(
    "--name",
    metavar="NAME",
    default="example",
    show_default=True,
    help="Name of the capability.",
)
@formats
@click.argument("folder", metavar="[FOLDER]", default=".")
def init(**options: Any) -> int:
    """Begin a project: a commented capability that builds, and a configuration."""
    from .init import Init

    return Init(**options).run()


@click.command()
@click.option("--llms", is_flag=True, help="Print the short llms.txt instead.")
def skill(llms: bool) -> int:
    """Print the SKILL.md that teaches an agent to write and build capabilities."""
    from ..shipped import templates_dir

    file = templates_dir() / "skill" / ("llms.txt" if llms else "SKILL.md")
    click.echo(file.read_text(encoding="utf-8"), nl=False)
    return 0


@click.command()
@formats
@click.argument("name", metavar="[NAME]", required=False)
def templates(name: str | None, form: str) -> int:
    """List the templates that --templates can replace, or print NAME to begin with.

    naftiko-gen templates project/Dockerfile.jinja > templates/project/Dockerfile.jinja
    """
    from .templates import Templates

    return Templates(name, form).run()


@click.command()
@click.option(
    "--serve",
    is_flag=True,
    help="Serve the package of SPEC against its sandbox, as it was last built.",
)
@watched
@output
def watch(serve: bool, **options: Any) -> int:
    """Build, and build again whenever a spec or a file that it needs is saved.

    What is wrong is told, and leaves package and server as they are. Ctrl-C ends both.
    """
    from .watch import Watch

    return Watch(serve, options).run()


@click.command()
@click.option(
    "--branch",
    metavar="NAME",
    default="naftiko-gen/regenerate",
    show_default=True,
    help="Branch for the commit; what is on it is replaced.",
)
@click.option(
    "--remote", metavar="NAME", help="Push the branch there, unless somebody else did."
)
@click.option(
    "--body", metavar="FILE", help="Write the description, in Markdown, to FILE."
)
@click.option("--config", metavar="FILE", help="The project's configuration.")
@click.option("--strict/--no-strict", default=None, help="Treat warnings as errors.")
@click.option("--prune", is_flag=True, help="Remove packages whose spec is gone.")
@formats
@choices
@output
def propose(
    branch: str, remote: str | None, body: str | None, form: str, **options: Any
) -> int:
    """Build, and put what changed as one commit on a branch, for a pull request.

    The current branch stays where it is. The description says what changed for callers
    and operators, and whether it breaks them.
    """
    from .propose import Propose

    return Propose(branch, remote, body, form, options).run()


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How the changes are printed.",
)
@click.option(
    "--version", metavar="VERSION", help="Version of the package before the changes."
)
@click.option(
    "--fail-on",
    type=click.Choice(["breaking", "additive", "internal"]),
    help="Exit 2 when there is a change of this kind or a graver one.",
)
@choices
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
def changes(**options: Any) -> int:
    """Say what differs between the capabilities OLD and NEW, and for whom it matters.

    Each is a file or git:REF:PATH. Routes, tools, resources, prompts, who may call, variables of
    the environment and consumed operations are compared, not the text.
    """
    from .changes import Changes

    return Changes(**options).run()
