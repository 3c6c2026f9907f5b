"""What a YAML parser's complaint means, in our words.

libyaml and PyYAML's own parser word the same problem differently, and for a parser's
author rather than for somebody who writes a capability.
"""

import re
from dataclasses import dataclass

__all__ = ["Complaint", "in_our_words"]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One kind of problem: how the parsers word it, and how we do."""

    wording: str  # a regular expression that finds the problem in either parser's words
    message: str
    hint: str
    # Whether the beginning of the construct is the place to show, not where the parser
    # gave up: a quote that is never closed ends with the file.
    at_beginning: bool = False


_INDENT = "check the indentation and the quotes of this line and of the one above it"
_QUOTE = "put the text in quotes"

_COMPLAINTS = (
    Complaint(
        r"mapping values are not",
        "`:` cannot start a value here",
        "put a text that holds `: ` in quotes, and check the indentation",
    ),
    Complaint(
        r"entries are not",
        "a list cannot start here",
        "start the list on a line of its own",
    ),
    Complaint(
        r"keys are not", "a key cannot start with `? ` here", "write `key: value`"
    ),
    Complaint(
        r"find expected ':'",
        "this key is not followed by `:`",
        "write `key: value`; a text of several lines needs quotes or `|`",
        at_beginning=True,
    ),
    Complaint(
        r"of stream$|document (indicator|separator)",
        "the quote that opens here is never closed",
        "add the closing quote; inside '…' a quote is written twice",
        at_beginning=True,
    ),
    Complaint(
        r"',' or '\]'",
        "`,` or `]` is missing here",
        "put a text that holds one of `,:[]{}` in quotes",
    ),
    Complaint(
        r"',' or '\}'",
        "`,` or `}` is missing here",
        "put a text that holds one of `,:[]{}` in quotes",
    ),
    Complaint(
        r"expected key|'-' indicator|block end",
        "this does not continue what stands above it",
        _INDENT,
    ),
    Complaint(
        r"URI|octet|start byte|'[>!]'|whitespace or",
        "this tag is not complete",
        "remove it",
    ),
    Complaint(
        r"escape|hexdecimal|Unicode char",
        "double quotes do not know this escape",
        r"write `\\` for a backslash, or use single quotes",
    ),
    Complaint(r"node content", "a value is missing here", _QUOTE),
    Complaint(
        r"document start",
        "this stands after the end of the document",
        "remove it, or check the brackets and quotes before it",
    ),
    Complaint(
        r"alphabetic or numeric",
        "a name is missing after `&` or `*`",
        "put a text that starts with `&` or `*` in quotes",
    ),
    Complaint(r"tab character", "a tab cannot indent a line", "indent with spaces"),
    Complaint(
        r"comment or line break|indentation indicator",
        "this cannot follow on the same line",
        "a text after `|` or `>` begins on the next line",
    ),
    Complaint(
        r"tag handle", "the prefix of this tag is not declared", "remove the tag"
    ),
    Complaint(r"whitespace|' '", "a space is missing here", "add it"),
    Complaint(
        r"YAML|direct|alphabetical|a line",
        "this directive cannot be used",
        "remove the line",
    ),
)
_TAB = Complaint("", "a tab cannot indent a line", "indent with spaces")


def in_our_words(problem: str, character: str) -> Complaint:
    """The complaint that ``problem`` is; ``character`` stands where the parser gave up.

    A problem that is not known keeps the parser's words, which are better than none.
    """
    if "cannot start any token" in problem:
        if character == "\t":
            return _TAB
        return Complaint("", f"a value cannot start with `{character}`", _QUOTE)
    for complaint in _COMPLAINTS:
        if re.search(complaint.wording, problem):
            return complaint
    return Complaint("", f"the text is not YAML here: {problem}", _INDENT)
