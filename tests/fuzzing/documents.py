"""The strategy: a document, changed in a few ways, and where it has to stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from .capabilities import capabilities
from .edits import copied, edit
from .printed import Style, printed
from .seeds import Seed
from .texts import damaged, encoded


@dataclass(frozen=True)
class Document:
    """The bytes of a file, and the folder with the files that it may name."""

    folder: str
    raw: bytes = field(repr=False)

    def __repr__(self) -> str:
        return f"Document({self.folder!r}, {self.raw.decode('utf-8', 'replace')!s})"


_STYLES = st.builds(
    Style,
    step=st.sampled_from([2, 4, 3]),
    flow=st.sampled_from([99, 99, 6, 4, 2, 0]),
    ascii=st.booleans(),
    quote=st.sampled_from(['"', "'"]),
)


@st.composite
def documents(draw: Any, seeds: Sequence[Seed]) -> Document:
    """A document made of one of the ``seeds``."""
    seed = draw(st.sampled_from(seeds))
    text, data = seed.text, seed.data
    if draw(st.sampled_from([False] * 6 + [True])):
        data = draw(capabilities(operations=3))
        text = printed(data, Style())
    kind = draw(st.sampled_from(["data"] * 9 + ["text", "both"]))
    if kind != "text":
        data = copied(data)
        for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2, 2, 3, 6]))):
            edit(draw, data)
        text = printed(data, draw(_STYLES))
    if kind != "data":
        for _ in range(draw(st.sampled_from([1, 1, 2, 4]))):
            text = damaged(draw, text)
    return Document(seed.folder, encoded(draw, text))
