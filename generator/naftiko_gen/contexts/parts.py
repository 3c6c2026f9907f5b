"""What several templates are given alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from naftiko_gen.pycode import Code


class Function(TypedDict):
    """A function."""

    signature: Annotated[Code, "its first line, or lines, with the colon"]
    doc: Annotated[Code, "its docstring"]
    lines: Annotated[Sequence[Code], "its body; the template indents it"]


class Module(TypedDict):
    """A module."""

    doc: Annotated[Code, "its docstring"]


class Importing(Module):
    """A module that imports others."""

    imports: Annotated[Sequence[Code], "the lines that import modules of the package"]
