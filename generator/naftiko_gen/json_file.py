"""JSON as it stands in files: two spaces for each level, every character as itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring as _quoted
from json.encoder import encode_basestring_ascii as _quoted_ascii


def json_bytes(document: object, *, sort_keys: bool = False) -> bytes:
    """What ``json.dumps(document, indent=2, ensure_ascii=False)`` gives, and a line feed.

    The standard encoder is ten times as slow with an indentation as without, and contracts,
    locks and samples are a good part of a package.
    """
    return _Writer("  ", _quoted, sort_keys).text(document).encode()


def ascii_bytes(document: object) -> bytes:
    """What ``json.dumps(document, indent=1)`` gives, and a line feed."""
    return _Writer(" ", _quoted_ascii, False).text(document).encode("ascii")


class _Writer:
    def __init__(
        self, step: str, quoted: Callable[[str], str], sort_keys: bool
    ) -> None:
        self._step, self._quoted, self._sort_keys = step, quoted, sort_keys
        self._parts: list[str] = []

    def text(self, document: object) -> str:
        self._write(document, "\n")
        return "".join((*self._parts, "\n"))

    def _write(self, value: object, margin: str) -> None:
        """Add the text of ``value``; ``margin`` begins a line at its level."""
        put, quoted = self._parts.append, self._quoted
        if isinstance(value, str):
            put(quoted(value))
        elif isinstance(value, dict) and value:
            deeper = margin + self._step
            before = f"{{{deeper}"
            for key, member in (
                sorted(value.items()) if self._sort_keys else value.items()
            ):
                if not isinstance(key, str):
                    raise TypeError(f"a member's name is a text, not {key!r}")
                if isinstance(member, str):
                    put(f"{before}{quoted(key)}: {quoted(member)}")
                else:
                    put(f"{before}{quoted(key)}: ")
                    self._write(member, deeper)
                before = f",{deeper}"
            put(f"{margin}}}")
        elif isinstance(value, list | tuple) and value:
            deeper = margin + self._step
            before = f"[{deeper}"
            for item in value:
                put(before)
                self._write(item, deeper)
                before = f",{deeper}"
            put(f"{margin}]")
        else:
            put(json.dumps(value))
