"""Templates of a project's own to text, under the rules that hold for those of the generator.

They come with a repository, and whoever proposes a change of it is no one to run code: a build
looks at them from inside Jinja's sandbox. What they include is always a template of the generator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache as once
from functools import lru_cache

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .diagnostics import Report, closest
from .overrides import Faulty, Override
from .quoted import quoted
from .render import PICKING, Refused, StrictEnvironment, environment_of

_LONGEST = 300
_UNKNOWN = re.compile(r"'(\w+)' is undefined")
_QUOTED = (
    "an expression stands inside quotes or a comment, where a text could become code"
)
_WHOLE = "print all of it with `literal`, `docstring` or `comment`, and write no quotes around"


class _Sandboxed(StrictEnvironment, ImmutableSandboxedEnvironment):
    pass


@once
def _environment(kind: str) -> jinja2.Environment:
    return environment_of(kind, _Sandboxed)


@lru_cache(maxsize=64)
def _compiled(override: Override) -> jinja2.Template:
    """The template. Raises Faulty (E713)."""
    environment = _environment(_kind(override.name))
    for line in quoted(override.text) if _is_python(override) else ():
        raise Faulty("E713", _QUOTED, override.span(line), _WHOLE)
    try:
        code = environment.compile(override.text, override.name, override.file)
    except jinja2.TemplateSyntaxError as error:
        said = error.message or "this is not a template"
        span = override.span(error.lineno, said)
        raise Faulty("E713", said, span, _see(override)) from error
    except Exception as error:
        # Constants are computed while it is compiled.
        said = f"{type(error).__name__}: {error}"[:_LONGEST]
        raise Faulty("E713", said, override.span(1), _see(override)) from error
    return environment.template_class.from_code(
        environment, code, environment.make_globals(None)
    )


def prepare(overrides: Iterable[Override], report: Report) -> None:
    """Compile all of them; what is no template goes to ``report``."""
    for override in overrides:
        try:
            _compiled(override)
        except Faulty as error:
            error.tell(report)


def render(override: Override, context: Mapping[str, object]) -> str:
    """The text that it makes of ``context``, with a line feed at its end.

    Raises Faulty (E713, E714) with the line of the override.
    """
    template = _compiled(override)
    try:
        text = template.render(context)
        text.encode("utf-8")
    except Exception as error:
        raise _fault(override, error, context) from error
    return text if text.endswith("\n") or not text else f"{text}\n"


def _fault(
    override: Override, error: Exception, context: Mapping[str, object]
) -> Faulty:
    line = 1
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == override.file:
            line = step.tb_lineno
        step = step.tb_next
    hint = _see(override)
    if isinstance(error, Refused):
        said = str(error).partition("an undefined name: ")[2]
        if not said:
            said = f"this prints {error}"
            hint = f"pass it through a filter: {', '.join(filters(override.name))}"
    elif isinstance(error, jinja2.UndefinedError):
        said = error.message or "something is undefined"
    else:
        said = f"{type(error).__name__}: {error}"
    unknown = _UNKNOWN.search(said)
    if unknown and (near := closest(unknown[1], context)):
        hint = f"did you mean `{near}`?"
    said = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    return Faulty("E714", said, override.span(line, said), hint)


def filters(template: str) -> list[str]:
    """The filters that make text which a template like the one of this name may print."""
    return sorted(_environment(_kind(template)).filters.keys() - {*PICKING})


def functions(template: str) -> list[str]:
    """The functions that it may call."""
    return sorted(_environment(_kind(template)).globals)


def _kind(template: str) -> str:
    return ".py.jinja" if template.endswith(".py.jinja") else ".jinja"


def _is_python(override: Override) -> bool:
    return _kind(override.name) == ".py.jinja"


def _see(override: Override) -> str:
    return (
        f"`naftiko-gen templates {override.name}` prints the template that it replaces"
    )
