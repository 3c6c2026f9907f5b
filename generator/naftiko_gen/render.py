"""Templates to text, deny by default. The only module that imports jinja2.

Both environments print only what carries a marker: text that the template itself wrote (Jinja's
Markup), or ``Code`` in a Python template, ``Escaped`` in any other. Plain text of a capability has
neither, so a forgotten filter is an error that names the template and the line, never output.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache as once
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from . import cache, pycode, shipped, textcode
from .errors import InternalError
from .pycode import Code

#: Filters that pick and order things; none of them makes text.
PICKING = (
    "first",
    "last",
    "length",
    "list",
    "sort",
    "groupby",
    "selectattr",
    "rejectattr",
)


class Refused(Exception):
    """A template tried to print something that has no marker."""


class _StrictGenerator(CodeGenerator):
    """Jinja's compiler without the constructs that could put a marker on foreign text."""

    def _refuse(self, node: nodes.Node, *_: Any, **__: Any) -> NoReturn:
        self.fail(f"{type(node).__name__} is not allowed in a template", node.lineno)

    # Sums, products and formats of marked text would be marked, whatever else is in them.
    visit_Add = visit_Mul = visit_Mod = _refuse
    visit_ScopedEvalContextModifier = visit_EvalContextModifier = _refuse

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        # Jinja's own join would mark the result as soon as one part of it is marked.
        self.write("str_join((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> None:
        marks = isinstance(node.node, nodes.Name) and node.node.name == "code"
        if marks and ([type(arg) for arg in node.args] != [nodes.Const] or node.kwargs):
            self.fail("code() takes one constant", node.lineno)
        super().visit_Call(node, *args, **kwargs)


class StrictEnvironment(jinja2.Environment):
    """Prints what has a marker, and gives no part of a text that has none."""

    code_generator_class = _StrictGenerator

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, str):
            raise Refused(f"the method {attribute!r} of a text")
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, str):
            raise Refused("a part of a text")
        return super().getitem(obj, argument)


class _CompiledTemplates(BytecodeCache):
    """Compiled templates in the user's cache folder; Jinja checks the source's digest."""

    def _name(self, bucket: Bucket) -> str:
        return f"templates/{jinja2.__version__}-{shipped.digest()[:16]}/{bucket.key}"

    def load_bytecode(self, bucket: Bucket) -> None:
        content = cache.read(self._name(bucket))
        if content is not None:
            try:
                bucket.bytecode_from_string(content)
            except Exception:  # Whatever is wrong with it, the source is at hand.
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        cache.write(self._name(bucket), bucket.bytecode_to_string())


def _finalizer(allowed: Callable[[object], bool]) -> Callable[[object], object]:
    def finalize(value: object) -> object:
        if isinstance(value, Markup) or allowed(value):
            return value
        if isinstance(value, jinja2.Undefined):
            raise Refused(f"an undefined name: {_unknown(value)}")
        raise Refused(f"a value of type {type(value).__name__}")

    return finalize


def _unknown(value: jinja2.Undefined) -> str:
    try:
        return str(value)
    except jinja2.UndefinedError as error:
        return str(error.message)


def _environment(
    kind: type[StrictEnvironment],
    cached: BytecodeCache | None,
    allowed: Callable[[object], bool],
) -> StrictEnvironment:
    environment = kind(
        loader=jinja2.FileSystemLoader(shipped.templates_dir()),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        auto_reload=False,
        bytecode_cache=cached,
        finalize=_finalizer(allowed),
        keep_trailing_newline=True,
        lstrip_blocks=True,
        trim_blocks=True,
    )
    environment.filters = {name: environment.filters[name] for name in PICKING}
    environment.globals = {}
    return environment


def environment_of(
    template: str, kind: type[StrictEnvironment], cached: BytecodeCache | None = None
) -> StrictEnvironment:
    """A new environment for templates like the one of this name."""
    if template.endswith(".py.jinja"):
        return _for_python(kind, cached)
    environment = _environment(kind, cached, textcode.means_itself)
    environment.filters.update(textcode.ESCAPERS)
    return environment


def _for_python(
    kind: type[StrictEnvironment], cached: BytecodeCache | None
) -> StrictEnvironment:
    environment = _environment(kind, cached, lambda value: isinstance(value, Code))
    for name in pycode.__all__:
        if name not in ("LINE_LENGTH", "Code", "Value"):
            environment.globals[name] = getattr(pycode, name)
    for name in ("annotation", "comment", "docstring", "ident", "literal", "url"):
        environment.filters[name] = getattr(pycode, name)
    return environment


@once
def python_environment() -> jinja2.Environment:
    """For ``*.py.jinja``: prints ``Code`` only; the helpers of ``pycode`` are its functions."""
    return environment_of(".py.jinja", StrictEnvironment, _CompiledTemplates())


@once
def text_environment() -> jinja2.Environment:
    """For every other ``*.jinja``: prints plain words, whole numbers and what an escaper made."""
    return environment_of(".jinja", StrictEnvironment, _CompiledTemplates())


def prepare() -> None:
    """Load every template, which the first use of each would do otherwise."""
    for name in shipped.templates():
        python = name.endswith(".py.jinja")
        (python_environment() if python else text_environment()).get_template(name)


def render(template: str, context: Mapping[str, object]) -> str:
    """The text that ``template`` (a name below the template folder) makes of ``context``.

    Raises InternalError, with the template's name and line, for anything that goes wrong: no
    input can be the cause.
    """
    python = template.endswith(".py.jinja")
    environment = python_environment() if python else text_environment()
    try:
        return environment.get_template(template).render(context)
    except jinja2.TemplateSyntaxError as error:
        raise InternalError(f"{error.name}:{error.lineno}: {error.message}") from error
    except Exception as error:
        what = (
            f"prints {error}"
            if isinstance(error, Refused)
            else f"{type(error).__name__}: {error}"
        )
        raise InternalError(f"{_place(error, template)}: {what}") from error


def _place(error: BaseException, template: str) -> str:
    """``template:line`` of the innermost template line of a traceback."""
    place, step = template, error.__traceback__
    base = f"{shipped.templates_dir()}/"
    while step is not None:
        filename = step.tb_frame.f_code.co_filename
        if filename.endswith(".jinja"):
            place = f"{filename.removeprefix(base)}:{step.tb_lineno}"
        step = step.tb_next
    return place
