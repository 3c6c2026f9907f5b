"""HTML to JSON: the tables of a page, as `{"tables": [[row, ...], ...]}`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from lxml import etree, html
from lxml.cssselect import CSSSelector

from .converted import Budget, Unreadable, converted, text_of
from .reply import JsonValue, Reply

_BREAKS: Final = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "caption",
            "center",
            "dd",
            "details",
        ),
        *(
            "div",
            "dl",
            "dt",
            "fieldset",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ),
        *(
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "table",
            "tbody",
            "td",
        ),
        *("tfoot", "th", "thead", "tr", "ul"),
    )
)
_UNSEEN: Final = frozenset(("script", "style", "template", "noscript"))
# Tables in tables are read many times: looking at an element costs this much.
_VISIT: Final = 100

Element = Any


def convert_html(reply: Reply, selector: str = "") -> Reply:
    """The tables of a page, or those that a CSS selector finds. Errors as in `converted`.

    The columns are the `th` of the first row (of `thead`, if there is one). Rows with a
    `th` and tables without named columns are left out, and so are cells without a
    column; where a row is short its cells are "".
    """
    return converted(reply, "HTML", lambda reply: _tables(reply, selector))


def _tables(reply: Reply, selector: str) -> JsonValue:
    root = _page(reply)
    if root is None:
        return {"tables": []}
    budget = Budget()
    found: dict[Element, None] = {}
    for element in _chosen(selector)(root) if selector else (root,):
        if element.tag == "table":
            found[element] = None
        else:
            found.update(dict.fromkeys(element.iter("table")))
    read = (_rows(table, budget) for table in found)
    return {"tables": [rows for rows in read if rows is not None]}


def _page(reply: Reply) -> Element:
    """The root element; None for a page without any."""
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    # Half of a surrogate pair, which some charsets let through, is no character.
    body = text_of(reply).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    for problem in parser.error_log:
        if "xcessive depth" in problem.message or problem.level_name == "FATAL":
            place = f" at line {problem.line} column {problem.column}"
            raise Unreadable(f"too many elements in one another{place}")
    return root


@lru_cache(maxsize=64)
def _chosen(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")


def _rows(table: Element, budget: Budget) -> JsonValue:
    lines = list(table.iter("tr"))
    budget.spend(_VISIT * len(lines))
    heads = [line for line in lines if _under(line, table, "thead") and _first(line)]
    names = _texts((th for line in heads for th in line.iter("th")), budget)
    if not names:
        firsts = (line for line in lines if _first(line))
        names = _texts((th for line in firsts for th in line.iter("th")), budget)
    if not any(names):
        return None
    bodies = [
        line
        for line in lines
        if line.getparent().tag == "table" or _under(line, table, "tbody")
    ]
    rows: list[JsonValue] = []
    for line in bodies or lines:
        if line.find(".//th") is not None:
            continue
        cells = _texts(line.iter("td"), budget)
        if cells:
            budget.spend(sum(len(name) + 6 for name in names))
            cells += [""] * (len(names) - len(cells))
            rows.append(dict(zip(names, cells, strict=False)))
    return rows


def _first(line: Element) -> bool:
    return next(line.itersiblings("tr", preceding=True), None) is None


def _under(line: Element, table: Element, section: str) -> bool:
    for parent in line.iterancestors():
        if parent.tag == section:
            return True
        if parent is table:
            break
    return False


def _texts(cells: Iterable[Element], budget: Budget) -> list[str]:
    return [_text(cell, budget) for cell in cells]


def _text(cell: Element, budget: Budget) -> str:
    """What a reader sees: blanks are one, blocks and line breaks divide words."""
    parts: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        budget.spend(_VISIT)
        if event == "start":
            hidden += element.tag in _UNSEEN
            text = element.text
        else:
            hidden -= element.tag in _UNSEEN
            text = element.tail if element is not cell else None
        if element.tag in _BREAKS:
            parts.append(" ")
        if text and not hidden:
            parts.append(text)
            budget.spend(len(text))
    return " ".join("".join(parts).split())
