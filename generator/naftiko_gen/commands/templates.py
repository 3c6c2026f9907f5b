"""``templates``: which templates can be replaced, what they are given, and their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

import click

from ..diagnostics import closest
from ..render_overrides import filters, functions
from ..template_list import Template, Variable, templates
from .answers import answer

_KINDS = {"Python": ".py.jinja", "other": ".jinja"}
_RULES = """\
A file of such a name in the folder of `--templates` takes the place of the template. What it
includes ({% include "project/README.md.jinja" %}) is the template of the generator. It prints
values of type Code as they are; a str goes through one of the filters."""


@dataclass(frozen=True, slots=True)
class Templates:
    """The options of ``templates``: the name of one, and the form of what is printed."""

    name: str | None
    form: str

    def run(self) -> int:
        """Print the list, or one template."""
        known = templates()
        if self.name is not None and self.name not in known:
            near = closest(self.name, known)
            hint = f"did you mean {near}?" if near else "`templates` lists them"
            raise click.UsageError(f"there is no template {self.name!r}: {hint}")
        chosen = list(known.values()) if self.name is None else [known[self.name]]
        if self.form == "json":
            answer(
                {
                    "templates": [{**asdict(one), "text": one.text} for one in chosen],
                    "filters": {kind: filters(end) for kind, end in _KINDS.items()},
                    "functions": {kind: functions(end) for kind, end in _KINDS.items()},
                }
            )
        elif self.name is not None:
            click.echo(chosen[0].text, nl=False)
        else:
            click.echo("\n".join(_listed(known)))
        return 0


def _listed(known: Mapping[str, Template]) -> Iterator[str]:
    yield _RULES
    for kind, end in _KINDS.items():
        yield ""
        yield f"Filters of {kind} files: {', '.join(filters(end))}"
        if functions(end):
            yield f"Functions: {', '.join(functions(end))}"
    told: dict[tuple[Variable, ...], str] = {}
    for template in known.values():
        yield ""
        yield f"{template.name}: {template.prints}"
        if template.variables in told:
            yield f"  the variables of {told[template.variables]}"
        else:
            told[template.variables] = template.name
            yield from _rows(template.variables, "")


def _rows(variables: tuple[Variable, ...], within: str) -> Iterator[str]:
    for variable in variables:
        name = within + variable.name
        yield f"  {name} ({variable.type}): {variable.meaning}"
        yield from _rows(variable.members, f"{name}.")
