"""Which lines two texts have in common, at a cost that grows with their length."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher

#: Pairs of lines up to which difflib compares whole texts, and what is left between anchors.
_TEXTS = 4_000_000
_GAP = 10_000

_Range = tuple[int, int, int, int]


def aligned(
    old: Sequence[str], new: Sequence[str], *, autojunk: bool = True
) -> SequenceMatcher[str]:
    """difflib's matcher of the lines; for long texts one that does not compare all with all."""
    if len(old) * len(new) <= _TEXTS:
        return SequenceMatcher(None, old, new, autojunk)
    return _Anchored(old, new)


class _Anchored(SequenceMatcher[str]):
    """Lines that stand once in both texts are matched first, then what is between them."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._old, self._new = old, new

    def get_matching_blocks(self) -> list[Match]:
        """Match what is alike, as difflib does; the last block is empty."""
        found: list[tuple[int, int, int]] = []
        for i, j, size in sorted(_blocks(self._old, self._new)):
            if found and (sum(found[-1][::2]), found[-1][1] + found[-1][2]) == (i, j):
                i, j, before = found.pop()
                size += before
            found.append((i, j, size))
        return [
            Match(*block) for block in (*found, (len(self._old), len(self._new), 0))
        ]


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    todo: list[_Range] = [(0, len(old), 0, len(new))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        size = 0
        while i + size < i_end and j + size < j_end and old[i + size] == new[j + size]:
            size += 1
        if size:
            yield i, j, size
        i, j, size = i + size, j + size, 0
        while i < i_end - size and j < j_end - size:
            if old[i_end - size - 1] != new[j_end - size - 1]:
                break
            size += 1
        i_end, j_end = i_end - size, j_end - size
        if size:
            yield i_end, j_end, size
        if (i_end - i) * (j_end - j) <= _GAP:
            rest = SequenceMatcher(None, old[i:i_end], new[j:j_end], False)
            for block in rest.get_matching_blocks():
                if block.size:
                    yield i + block.a, j + block.b, block.size
            continue
        # Without an anchor the whole part is replaced.
        anchors = _anchors(old, new, (i, i_end, j, j_end))
        for at, there in anchors:
            todo.append((i, at, j, there))
            i, j = at, there
        if anchors:
            todo.append((i, i_end, j, j_end))


def _anchors(
    old: Sequence[str], new: Sequence[str], part: _Range
) -> list[tuple[int, int]]:
    """The longest row of lines that stand once in both parts, in the order of both."""
    i, i_end, j, j_end = part
    often, there = Counter(old[i:i_end]), Counter(new[j:j_end])
    places = {new[at]: at for at in range(j, j_end) if there[new[at]] == 1}
    pairs = [
        (at, places[old[at]])
        for at in range(i, i_end)
        if often[old[at]] == 1 and old[at] in places
    ]
    # Patience: the least end of a row of each length, and what comes before each pair.
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]
