"""Whether a text says more than a name does."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ENDING = re.compile(r"(?<=..)(?:ing|ed|es|s|e)\Z")
# What a description may add to a name without saying anything more.
_EMPTY = """
    a an the this that it its of for to from in on by with and or via using all your
    tool operation function method endpoint api call request get fetch retrieve return read
"""


def _stem(word: str) -> str:
    # Rough, but the same for both sides: lists, listed and listing become one.
    return re.sub(r"y\Z", "i", _ENDING.sub("", word.casefold()))


def _stems(of: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(_CAPITAL.sub(" ", of))}


_IGNORED = _stems(_EMPTY)


def says_no_more(text: str, *names: str) -> bool:
    """Whether ``text`` has no word that carries meaning beside those of ``names``."""
    known = _IGNORED.union(*map(_stems, names))
    return _stems(text) <= known
