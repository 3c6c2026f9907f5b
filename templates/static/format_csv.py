"""Tables of separated values (RFC 4180) to JSON: a list of rows, all values texts."""

from __future__ import annotations

import csv
import io
from typing import Final

from .converted import Budget, Unreadable, converted, text_of
from .reply import JsonValue, Reply

_SEPARATORS: Final = {"CSV": ",", "TSV": "\t", "PSV": "|"}


def convert_csv(reply: Reply) -> Reply:
    """Values separated by commas. Errors as in `converted`, with the line."""
    return _convert(reply, "CSV")


def convert_tsv(reply: Reply) -> Reply:
    """Values separated by tabs. Errors as in `converted`, with the line."""
    return _convert(reply, "TSV")


def convert_psv(reply: Reply) -> Reply:
    """Values separated by vertical bars. Errors as in `converted`, with the line."""
    return _convert(reply, "PSV")


def _convert(reply: Reply, name: str) -> Reply:
    return converted(reply, name, lambda reply: _rows(reply, _SEPARATORS[name]))


def _rows(reply: Reply, separator: str) -> JsonValue:
    """The first line names the columns; a short row lacks its last members.

    Names are trimmed, values are not; of columns with one name the last one counts.
    Lines with nothing in them are no rows.
    """
    stream = io.StringIO(text_of(reply), newline="")
    lines = csv.reader(stream, delimiter=separator, strict=True)
    names: list[str] | None = None
    # What the names take up in every row, with quotes, colons and commas.
    width = 0
    budget = Budget()
    rows: list[JsonValue] = []
    first = 1
    try:
        for values in lines:
            if not values:
                pass
            elif names is None:
                names = [name.strip() for name in values]
                width = sum(len(name) + 6 for name in names)
            elif len(values) > len(names):
                raise Unreadable(
                    f"the row at line {first} has {len(values)} values for"
                    f" {len(names)} columns"
                )
            else:
                budget.spend(width)
                rows.append(dict(zip(names, values, strict=False)))
            first = lines.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"{error}, in the row at line {first}") from None
    return rows
