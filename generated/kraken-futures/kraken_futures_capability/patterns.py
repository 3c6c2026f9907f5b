"""Forms that texts of callers must have.

The engine behind it (Rust's regex, as pydantic uses it) takes time in proportion to the
text, whatever the pattern is: no text of a caller can make a match take long.
"""

from __future__ import annotations

from functools import cache

from pydantic_core import SchemaValidator, core_schema

from .faults import Faults
from .reply import JsonValue


def check_pattern(faults: Faults, value: JsonValue, at: str, pattern: str) -> None:
    """A text in which the pattern matches somewhere, as in JSON Schema; others pass."""
    if isinstance(value, str) and not _matcher(pattern).isinstance_python(value):
        faults.add(at, f"must match the pattern {pattern}")


@cache
def _matcher(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern))
