"""Whether `hooks.py` has the functions that it should have, told before anything starts."""

from __future__ import annotations

import importlib
import inspect
import traceback
from collections.abc import Callable
from typing import Any, Final

from .environment import SettingsError
from .hooks_protocol import Hooks

_PROTOCOL: Final = "hooks_protocol.py"
_HOOKS: Final[tuple[Callable[..., Any], ...]] = (
    Hooks.on_start,
    Hooks.before_request,
    Hooks.after_response,
    Hooks.on_error,
)


def check_hooks() -> None:
    """Raise SettingsError, with the line of the Protocol, for each hook that is wrong."""
    try:
        module = importlib.import_module(".hooks", __package__)
    # Whatever its first lines do: it is code of somebody else.
    except Exception as error:
        raise SettingsError([f"hooks.py cannot be imported: {_said(error)}"]) from error
    problems = [
        f"hooks.py: {problem}; {_PROTOCOL}:{_line(wanted)} asks for {_shown(wanted)}"
        for wanted in _HOOKS
        if (problem := _problem(getattr(module, wanted.__name__, None), wanted))
    ]
    if problems:
        raise SettingsError(problems)


def _problem(hook: object, wanted: Callable[..., Any]) -> str:
    name = wanted.__name__
    if hook is None:
        return f"{name} is missing"
    if not inspect.iscoroutinefunction(hook):
        return f"{name} is not an async function"
    line = hook.__code__.co_firstlineno if inspect.isfunction(hook) else 1
    count = len(_parameters(wanted))
    try:
        inspect.signature(hook).bind(*range(count))
    except TypeError:
        arguments = "1 argument" if count == 1 else f"{count or 'no'} arguments"
        return f"{name} (line {line}) cannot be called with {arguments}"
    return ""


def _parameters(wanted: Callable[..., Any]) -> list[inspect.Parameter]:
    # Without `self`: the module is the object.
    return list(inspect.signature(wanted).parameters.values())[1:]


def _line(wanted: Callable[..., Any]) -> int:
    line: int = wanted.__code__.co_firstlineno
    return line


def _shown(wanted: Callable[..., Any]) -> str:
    signature = inspect.signature(wanted)
    arguments = ", ".join(str(parameter) for parameter in _parameters(wanted))
    answer = signature.return_annotation
    return f"`async def {wanted.__name__}({arguments}) -> {answer}`"


def _said(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {error.msg}"
    if isinstance(error, ImportError):
        return str(error)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in line {last.lineno} of {last.filename}"
