"""CSS selectors, which cssselect and lxml read as the emitted package does."""

from __future__ import annotations

from .needed import Broken, library


def check(text: str) -> None:
    """Raises Broken for what is no selector, Absent without the libraries."""
    library("lxml")
    library("cssselect")
    found = library("lxml.cssselect")
    try:
        found.CSSSelector(text, translator="html")
    except SyntaxError as error:
        # Both kinds of errors that there are derive from it.
        raise Broken(f"`{text}` is no CSS selector: {error}") from None
