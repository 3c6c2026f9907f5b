"""An emitted package, imported from memory with some of its libraries replaced.

Nothing is written, and nothing outside of the package sees the replacements: they reach its
modules through the ``__import__`` of their own builtins.
"""

from __future__ import annotations

import builtins
import sys
from collections.abc import Mapping, Sequence
from types import ModuleType, TracebackType
from typing import Any

from naftiko_gen.errors import OutputError


class Loaded:
    """The modules of ``sources``, by name; each is run when it is first asked for.

    ``replaced`` are modules that the package gets in place of installed ones. Of libraries
    that are not installed it gets stand-ins, except for those in ``needed``: then OutputError
    says what to install. A context, since dataclasses look their modules up in ``sys.modules``.
    """

    def __init__(
        self,
        name: str,
        sources: Mapping[str, str],
        replaced: Mapping[str, ModuleType],
        needed: Sequence[str] = (),
    ) -> None:
        self.name = f"{name}:rehearsed"
        self._sources = sources
        self._replaced = replaced
        self._needed = needed
        self._root = ModuleType(self.name)
        self._modules: dict[str, ModuleType] = {}
        self._builtins = {**vars(builtins), "__import__": self._import}

    def __enter__(self) -> Loaded:
        sys.modules[self.name] = self._root
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for name in (self.name, *(f"{self.name}.{key}" for key in self._modules)):
            sys.modules.pop(name, None)

    def module(self, name: str) -> Any:
        """The module ``name`` of the package."""
        found = self._modules.get(name)
        if found is not None:
            return found
        dotted = f"{self.name}.{name}"
        made = self._modules[name] = ModuleType(dotted)
        vars(made).update(__package__=self.name, __builtins__=self._builtins)
        sys.modules[dotted] = made
        setattr(self._root, name, made)
        exec(compile(self._sources[name], dotted, "exec"), vars(made))  # noqa: S102
        return made

    def _import(
        self,
        name: str,
        module_globals: Mapping[str, object] | None = None,
        module_locals: Mapping[str, object] | None = None,
        wanted: Sequence[str] | None = (),
        level: int = 0,
    ) -> ModuleType:
        if level and name:
            found: ModuleType = self.module(name)
            return found
        if level:
            for one in wanted or ():
                self.module(one)
            return self._root
        if name in self._replaced:
            return self._replaced[name]
        try:
            return builtins.__import__(
                name, module_globals, module_locals, wanted or ()
            )
        except ModuleNotFoundError as error:
            library = (error.name or name).partition(".")[0]
            if library in self._needed:
                raise OutputError(
                    f"the signer needs the library {library}: pip install {library}"
                ) from None
            return _StandIn(name)


class _Text(str):
    """A text that takes whatever else the class that it stands for takes."""

    def __new__(cls, text: object = "", **others: object) -> _Text:
        return super().__new__(cls, text)


class _StandIn(ModuleType):
    """A library that is not installed, for modules that import it and do not use it here.

    Its classes are texts: those of header names and URLs, which a request is made of, are.
    """

    def __getattr__(self, name: str) -> type[_Text]:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (_Text,), {})
