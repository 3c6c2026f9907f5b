"""Wire names to Python identifiers, one scope for each emitted file or class."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import lru_cache

# The tables of one version of Unicode, whatever Python runs the generator.
from unicodedata import ucd_3_2_0 as unicode_3_2

_BOUNDARIES = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^A-Za-z0-9]+")

# Written out, because the lists of the running interpreter differ between versions and with -S,
# and a name must not. Identifiers made here have no capital, so no others are needed.
_KEYWORDS = """
    and as assert async await break case class continue def del elif else except
    finally for from global if import in is lambda match nonlocal not or pass raise
    return try while with yield
"""
_BUILTINS = """
    abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr
    classmethod compile complex copyright credits delattr dict dir divmod enumerate
    eval exec exit filter float format frozenset getattr globals hasattr hash help
    hex id input int isinstance issubclass iter len license list locals map max
    memoryview min next object oct open ord pow print property quit range repr
    reversed round set setattr slice sorted staticmethod str sum super tuple type
    vars zip
"""
#: Names that no emitted function, parameter or field may take from what every file may use.
RESERVED = frozenset(f"{_KEYWORDS} {_BUILTINS}".split())


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The ASCII words of a wire name in lower case: ``getOpenOrders`` → get, open, orders.

    Accents are dropped; letters that have no ASCII form separate words.
    """
    if not text.isascii():
        folded = unicode_3_2.normalize("NFKD", text)
        text = "".join(c for c in folded if not unicode_3_2.combining(c))
    spaced = _BOUNDARIES.sub(" ", _OTHER.sub(" ", text))
    return tuple(word.lower() for word in spaced.split())


def plain(text: str) -> str:
    """The letters and digits of a wire name, whatever their case: ``orderId`` → orderid."""
    return "".join(words(text))


def alike(one: str, other: str) -> bool:
    """Whether two wire names are the same but for case and punctuation."""
    return one == other or (plain(one) == plain(other) and bool(plain(one)))


def identifier(text: str, *, fallback: str = "unnamed") -> str:
    """A snake-case identifier for ``text``; never a keyword, a builtin or one that starts with ``_``."""
    name = "_".join(words(text)) or fallback
    if name[0].isdigit():
        name = f"n{name}"
    return f"{name}_" if name in RESERVED else name


def kebab(text: str, *, fallback: str = "unnamed") -> str:
    """The words of ``text`` joined by ``-``: a distribution name, a command."""
    return "-".join(words(text)) or fallback


def constant(text: str, *, fallback: str = "UNNAMED") -> str:
    """The words of ``text`` as an environment variable: upper case, joined by ``_``."""
    name = "_".join(words(text)).upper() or fallback
    return f"N{name}" if name[0].isdigit() else name


class Scope:
    """The names of one emitted file or class."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._taken: dict[str, str] = dict.fromkeys(reserved, "")

    def claim(self, text: str, *, fallback: str = "unnamed") -> tuple[str, str | None]:
        """The identifier for ``text``, and the text that already has it (None when it is free).

        A name that the emitted file itself uses gets a trailing ``_`` instead.
        """
        name = identifier(text, fallback=fallback)
        while self._taken.get(name) == "":
            name += "_"
        before = self._taken.get(name)
        if before is None:
            self._taken[name] = text
        return name, before

    def numbered(self, text: str) -> str:
        """The identifier for ``text``, the same each time; it has a number if another has it."""
        for count in itertools.count(1):
            name, before = self.claim(text if count == 1 else f"{text} {count}")
            if before in (None, text):
                break
        self._taken[name] = text
        return name
