"""Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

from .. import __version__
from ..codes import CODES
from ..diagnostics import Diagnostic, Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """One run with a rule for each code that was found, as JSON."""
    found = list(diagnostics)
    codes = sorted({one.code for one in found})
    document = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "naftiko-gen",
                        "version": __version__,
                        "rules": [_rule(code) for code in codes],
                    }
                },
                # Columns are counted in characters, as in our messages.
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, codes) for one in found],
            }
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, object]:
    info = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": info.title},
        "fullDescription": {"text": info.explanation},
        "help": {"text": info.explanation},
        "defaultConfiguration": {"level": _LEVELS[info.severity]},
    }


def _result(found: Diagnostic, codes: list[str]) -> dict[str, object]:
    start, end = found.span.start, found.span.end
    text = found.message + (f" (hint: {found.hint})" if found.hint else "")
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(found.span.file)},
                    "region": region,
                }
            }
        ],
    }


def _uri(file: str) -> str:
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
