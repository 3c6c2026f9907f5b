"""Markdown (CommonMark with tables) to JSON: front matter, tables and sections.

`{"frontMatter": {...}, "tables": [[row, ...], ...], "sections": [{"heading", "level",
"content"}, ...]}`. A section is what follows a heading, as text: code blocks, raw HTML
and tables are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .converted import Budget, Unreadable, converted, text_of
from .format_yaml import parse_yaml
from .reply import JsonObject, JsonValue, Reply

MAX_TEXT: Final = 524_288
# Brackets and their like can make a parser look at the rest of a paragraph for each.
_COSTLY: Final = "[]*_`<!&\\"
_MAX_COST: Final = 200_000_000

_PARSER: Final = MarkdownIt("commonmark").enable("table").disable("inline")


def convert_markdown(reply: Reply, heading: str = "") -> Reply:
    """The document of an answer in Markdown. Errors as in `converted`.

    With `heading`, only sections whose heading starts with it.
    """
    return converted(reply, "Markdown", lambda reply: _document(reply, heading))


def _document(reply: Reply, heading: str) -> JsonValue:
    text = text_of(reply).replace("\r\n", "\n")
    if len(text) > MAX_TEXT:
        raise Unreadable(f"it has more than {MAX_TEXT} characters")
    front: JsonValue = {}
    if text.startswith("---\n") and (end := text.find("\n---\n", 3)) >= 0:
        front, text = _front(text[4:end]), text[end + 5 :]
    links: dict[str, Any] = {}
    reader = _Reader(_PARSER.parse(text, links), links)
    found = reader.document()
    sections = [s for s in reader.sections if str(s["heading"]).startswith(heading)]
    return {"frontMatter": front, **found, "sections": [*sections]}


def _front(text: str) -> JsonValue:
    try:
        found = parse_yaml(text)
    except Unreadable:
        return {}
    return found if isinstance(found, dict) else {}


class _Reader:
    """Goes through the blocks of a text."""

    def __init__(self, tokens: Sequence[Token], links: dict[str, Any]) -> None:
        self._blocks = _blocks(tokens)
        self._links = links
        self._cost = Budget(_MAX_COST)
        self._size = Budget()
        self.sections: list[JsonObject] = []

    def document(self) -> JsonObject:
        """The tables; `sections` is filled on the way."""
        tables: list[JsonValue] = []
        content: list[str] = []
        for block in self._blocks:
            kind = block[0].type
            if kind == "heading_open":
                self._end(content)
                level = int(block[0].tag[1:])
                self.sections.append({"heading": self._text(block), "level": level})
                content = []
            elif kind == "table_open":
                rows = self._rows(block)
                tables += [] if rows is None else [rows]
            elif text := self._text(block):
                content.append(text)
        self._end(content)
        return {"tables": tables}

    def _end(self, content: list[str]) -> None:
        # What stands before the first heading belongs to none.
        if self.sections:
            self.sections[-1]["content"] = "\n".join(content)

    def _rows(self, block: Sequence[Token]) -> JsonValue:
        lines: list[list[str]] = []
        for token in block:
            if token.type == "tr_open":
                lines.append([])
            elif token.type == "inline":
                lines[-1].append(self._text([token]))
        names = lines[0]
        if not any(names):
            return None
        width = sum(len(name) + 6 for name in names)
        self._size.spend(width * len(lines))
        return [{**dict(zip(names, cells, strict=False))} for cells in lines[1:]]

    def _text(self, block: Sequence[Token]) -> str:
        """The texts of a block and of what is in it, without anything between them."""
        parts: list[str] = []
        for token in block:
            if token.type == "inline":
                special = sum(token.content.count(sign) for sign in _COSTLY)
                self._cost.spend(len(token.content) * (special + 1))
                found: list[Token] = []
                _PARSER.inline.parse(token.content, _PARSER, self._links, found)
                parts += _words(found)
        return "".join(parts).strip()


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "softbreak":
            yield " "
        elif token.type == "hardbreak":
            yield "\n"
        elif token.type in ("text", "text_special", "code_inline"):
            yield token.content
        elif token.type == "image":
            yield from _words(token.children or [])


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """The blocks that are in no other one."""
    start = 0
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : index + 1]
            start = index + 1
