"""The text of a path while it is read, and the pieces that paths and filters share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

_SPACE = re.compile(r"\s*")
_ESCAPE = re.compile(r"u([0-9A-Fa-f]{4})|([bfnrt/\\'\"])")
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CALL = re.compile(r"[A-Za-z_][\w-]*\([^()]*\)?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)(?![0-9A-Za-z_.])")
#: What a member may be called without quotes. Many real names hold more than letters, as in
#: `@odata.count` (two members), `xml:lang` or `first-name`.
_NAME = re.compile(r"[^\s.\[\]()'\"*,?!&|<>={}]+")
# Exact in every JSON reader (RFC 9535, section 2.1).
_LARGEST = 2**53 - 1


class PathError(ValueError):
    """A path that is not compiled: why, and the part of its text that is to blame."""

    def __init__(self, message: str, start: int, end: int, hint: str | None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint


@dataclass(slots=True)
class Reader:
    """A text and a place in it."""

    text: str
    at: int = 0

    def fail(
        self,
        message: str,
        start: int | None = None,
        end: int | None = None,
        hint: str | None = None,
    ) -> NoReturn:
        """Raise PathError for the characters from ``start`` (here) to ``end`` (the next one)."""
        start = self.at if start is None else start
        start = min(start, max(len(self.text) - 1, 0))
        raise PathError(message, start, max(end or 0, start + 1), hint)

    def space(self) -> None:
        """Pass over blanks."""
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, text: str) -> bool:
        """Pass over ``text`` if it stands here."""
        if not self.text.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def match(self, pattern: re.Pattern[str]) -> str | None:
        """Pass over what ``pattern`` matches here, and give it."""
        found = pattern.match(self.text, self.at)
        if found is None:
            return None
        self.at = found.end()
        return found[0]

    @property
    def next(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def need(self, text: str, where: str) -> None:
        """Pass over ``text``, which must stand here."""
        if not self.take(text):
            found = f"`{self.next}` stands" if self.next else "the path ends"
            self.fail(f"{found} where `{text}` should, {where}")

    def refuse_call(self) -> None:
        """Refuse a function."""
        found = _CALL.match(self.text, self.at)
        if found is not None:
            self.fail(
                f"the function `{found[0]}` cannot be compiled",
                end=found.end(),
                hint="map the values themselves; what is computed of them is left to the caller",
            )

    def name(self) -> str | None:
        """A member's name without quotes."""
        self.refuse_call()
        return self.match(_NAME)

    def integer(self) -> int | None:
        """An index, or a part of a slice."""
        start, found = self.at, self.match(_INTEGER)
        if found is None:
            return None
        if len(found) > 17 or abs(int(found)) > _LARGEST:
            self.fail("the number is too large", start, self.at)
        return int(found)

    def quoted(self) -> str | None:
        """A text in single or double quotes."""
        quote, start = self.next, self.at
        if quote not in ("'", '"'):
            return None
        self.at += 1
        parts: list[str] = []
        while not self.take(quote):
            if not self.next:
                self.fail("the quote is never closed", start, len(self.text))
            parts.append(self._character())
        text = "".join(parts)
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            self.fail("an escape stands for half of a character", start, self.at)

    def _character(self) -> str:
        if not self.take("\\"):
            self.at += 1
            return self.text[self.at - 1]
        found = _ESCAPE.match(self.text, self.at)
        if found is None:
            self.fail("this is no escape", self.at - 1, self.at + 1)
        self.at = found.end()
        if found[1]:
            return chr(int(found[1], 16))
        return _ESCAPED.get(found[2], found[2])
