"""Common lines of two texts: of long ones too, and always lines that are the same."""

from __future__ import annotations

import difflib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naftiko_gen import alignment
from naftiko_gen.alignment import aligned
from naftiko_gen.unified import unified

_LINES = st.lists(st.sampled_from([f"{c}\n" for c in "abcdefg"]), max_size=30)


@given(_LINES, _LINES)
def test_short_texts_are_compared_as_difflib_does(
    old: list[str], new: list[str]
) -> None:
    ours = unified("x", "".join(old).encode(), "".join(new).encode())
    theirs = difflib.unified_diff(old, new, "a/x", "b/x")
    assert "".join(ours) == "".join(theirs) or not (old or new)


@given(_LINES, _LINES, st.sampled_from([0, 4, 10_000]))
def test_what_is_matched_is_the_same(old: list[str], new: list[str], gap: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alignment, "_TEXTS", -1)
        patch.setattr(alignment, "_GAP", gap)
        matcher = aligned(old, new)
        assert type(matcher) is not difflib.SequenceMatcher
        made: list[str] = []
        at = there = 0
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            assert (i, j) == (at, there)
            at, there = i_end, j_end
            if tag == "equal":
                assert old[i:i_end] == new[j:j_end]
            made += old[i:i_end] if tag == "equal" else new[j:j_end]
        assert (at, there) == (len(old), len(new))
        assert made == new


def test_a_few_changes_of_a_long_text_are_all_that_is_shown() -> None:
    chance = random.Random(1)
    old = [f"{chance.choice('abcdef')}{n if n % 3 else ''}\n" for n in range(9000)]
    new = [*old[:100], "new\n", *old[100:5000], *old[5003:8000], "x\n", *old[8001:]]
    changed = [op for op in aligned(old, new).get_opcodes() if op[0] != "equal"]
    assert [(tag, i) for tag, i, *_ in changed] == [
        ("insert", 100),
        ("delete", 5000),
        ("replace", 8000),
    ]


def test_texts_that_have_nothing_in_common_take_no_time() -> None:
    old = [f"{n % 50}\n" for n in range(40_000)]
    new = [f"{n % 50}x\n" for n in range(40_000)]
    assert [op[0] for op in aligned(old, new).get_opcodes()] == ["replace"]
