"""What a project is configured to build: its specs, and what was chosen for each package.

``project_file`` reads it from ``naftiko-gen.toml`` or ``pyproject.toml``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .options import Choice, choices

_COMMON = {
    "overlays": Choice(
        "overlays", tuple, "Overlays (OpenAPI Overlay 1.0), in their order."
    ),
    **{choice.name: choice for choice in choices()},
}
#: The keys of the configuration.
PROJECT: Mapping[str, Choice] = {
    "specs": Choice("specs", tuple, "Files, folders or patterns, such as specs/*.yaml"),
    "output": Choice("output", str, "Folder that holds the packages."),
    "strict": Choice("strict", bool, "Treat warnings as errors."),
    **_COMMON,
}
#: The keys of a table ``[packages.NAME]``.
PACKAGE: Mapping[str, Choice] = {
    "spec": Choice("spec", str, "The spec of this package."),
    **_COMMON,
}


#: A package's name, as a regular expression.
NAME = "[a-z0-9]+(?:-[a-z0-9]+)*"

_TEXT: Mapping[str, object] = {"type": "string", "minLength": 1}
_SCHEMAS: Mapping[object, Mapping[str, object]] = {
    bool: {"type": "boolean"},
    str: _TEXT,
    tuple: {"type": "array", "items": _TEXT},
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says of one package; ``options`` by field of ``Options``."""

    spec: str | None = None
    overlays: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A configuration; paths are relative to the current folder.

    ``specs`` are files that exist, in order, and ``patterns`` what they were found with; ``file``
    is None where nothing is configured.
    """

    file: str | None = None
    specs: tuple[str, ...] = ()
    output: str = "generated"
    strict: bool = False
    common: Settings = Settings()
    packages: Mapping[str, Settings] = field(default_factory=dict)
    patterns: tuple[str, ...] = ()

    def of(self, spec: str) -> tuple[str | None, Settings]:
        """The name and the settings that the configuration has for a spec."""
        real = os.path.realpath(spec)
        for name, settings in self.packages.items():
            if settings.spec is not None and os.path.realpath(settings.spec) == real:
                return name, settings
        return None, Settings()


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of the configuration, for editors."""
    package = {
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(PACKAGE),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of naftiko-gen",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **_properties(PROJECT),
            "packages": {
                "type": "object",
                "description": "What is chosen for one package, by its name.",
                "additionalProperties": False,
                "patternProperties": {f"^{NAME}$": package},
            },
        },
    }


def _properties(keys: Mapping[str, Choice]) -> dict[str, object]:
    return {
        key: {**_schema_of(choice), "description": choice.help}
        for key, choice in keys.items()
    }


def _schema_of(choice: Choice) -> Mapping[str, object]:
    known = _SCHEMAS[choice.kind]
    if choice.values:
        return {**known, "items": {"enum": list(choice.values)}}
    return {**known, "pattern": f"^{choice.pattern}$"} if choice.pattern else known
