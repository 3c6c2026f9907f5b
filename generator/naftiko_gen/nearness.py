"""Which of many names somebody most likely meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache


def closest(word: str, known: Iterable[str], near: float = 0.6) -> str | None:
    """The member of ``known`` that ``word`` most likely stands for, if any comes ``near``."""
    # As difflib.get_close_matches does it, but what cannot be the best is not compared: a document
    # may have a thousand names, and a thousand calls that miss them.
    matcher = difflib.SequenceMatcher(b=word)
    bits, length = _letters(word), len(word)
    bounds = [
        (2 * (bits & _letters(name)).bit_count() / (length + len(name)), name)
        for name in known
        if word or name
    ]
    best: tuple[float, str] | None = None
    for bound, name in sorted(bounds, reverse=True):
        if bound < (near if best is None else best[0]):
            break
        matcher.set_seq1(name)
        found = (matcher.ratio(), name)
        if found[0] >= near and (best is None or found > best):
            best = found
    return best and best[1]


@lru_cache(maxsize=16_384)
def _letters(word: str) -> int:
    """A bit for each letter of a word and each time it stands there.

    What two words have in common is at least what any alignment of them matches.
    """
    bits, seen = 0, [0] * 128
    for letter in word:
        place = ord(letter) % 128
        bits |= 1 << (place + 128 * seen[place])
        seen[place] += 1
    return bits
