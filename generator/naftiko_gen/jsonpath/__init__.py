"""JSONPath as output mappings write it: read at build time, never at run time."""

from .evaluate import evaluate
from .reader import PathError
from .syntax import parse

__all__ = ["PathError", "evaluate", "parse"]
