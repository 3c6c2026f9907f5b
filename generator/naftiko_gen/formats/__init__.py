"""Sample answers in the formats of upstreams: JSON documents, written in each.

Not every document can be read from every format: CSV has only texts, XML no list of one.
``encode`` therefore gives two things: the document nearest to the wanted one that can,
and the bytes that it is read from.
"""

from __future__ import annotations

from naftiko_gen.ir import Format, JsonValue

from . import tables, xml

__all__ = ["encode"]


def encode(wanted: JsonValue, form: Format) -> tuple[JsonValue, bytes]:
    """A document like ``wanted``, and the answer that it is read from."""
    if form.kind == "xml":
        return xml.encode(wanted)
    return tables.encode(wanted, form.kind)
