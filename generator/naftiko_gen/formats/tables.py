"""Samples in CSV and its relatives."""

from __future__ import annotations

import csv
import io

from naftiko_gen.ir import JsonValue

from .texts import rows_of

_SEPARATORS = {"csv": ",", "tsv": "\t", "psv": "|"}


def encode(wanted: JsonValue, kind: str) -> tuple[JsonValue, bytes]:
    """A list of rows, and the table with a header (RFC 4180) that holds them."""
    rows = rows_of(wanted)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=_SEPARATORS[kind])
    writer.writerow(rows[0])
    writer.writerows(row.values() for row in rows)
    return [{**row} for row in rows], stream.getvalue().encode()
